// A message: one step of one flow to one recipient for one order. It is a row from the moment it is scheduled, is asked
// again at its moment, is claimed before it is sent, and ends in one final state. Of each order, flow, step and recipient
// there is at most one, ever.

import { addOnFlows } from './add-on-news.ts'
import { DAY_MS } from './instant.ts'
import type { Medium } from './recipient.ts'

/** Computed by the renderer from what it rendered, never chosen: requirement C1. */
export const messageClasses = [
  'transactional',
  'transactional_with_offer',
  'marketing_email',
  'marketing_sms',
] as const
export type MessageClass = (typeof messageClasses)[number]

export function isMarketing(one: MessageClass): boolean {
  return one === 'marketing_email' || one === 'marketing_sms'
}

/**
 * scheduled ──claim──► claimed ──► sent | rejected | ambiguous | (try later) scheduled | dead
 *     └──────────────► cancelled
 */
export const openMessageStates = ['scheduled', 'claimed'] as const
export const finalMessageStates = ['sent', 'rejected', 'ambiguous', 'cancelled', 'dead'] as const
export type MessageState = (typeof openMessageStates)[number] | (typeof finalMessageStates)[number]

export const cancelReasons = [
  'order-cancelled',
  'order-refunded',
  'bought-meanwhile',
  'offered-twice',
  'held-out',
  /** An experiment asks what becomes of customers without follow-ups. */
  'tested-without',
  'nothing-fits',
  'moment-passed',
  'flow-off',
  'flow-paused',
  'suppressed',
  'no-consent',
  'unreachable',
  'erased',
  'too-many-messages',
  'domain-unfit',
] as const
export type CancelReason = (typeof cancelReasons)[number]

/** Of the flow that sends order confirmations. */
export const CONFIRMATION_FLOW = 'confirmation'
/** A purchase within so long after a click on the product is the message's. */
export const CLICK_COUNTS_MS = 7 * DAY_MS

/** What belongs to something that was bought: no suppression but a dead address holds it back. All other flows are marketing. */
export const transactionalFlows = [CONFIRMATION_FLOW, ...addOnFlows] as const

export type Message = {
  /** At least 128 random bits; also the Message-ID of a mail and the idempotency key of a provider. */
  readonly id: string
  readonly orderId: string
  readonly flow: string
  /** From 0. */
  readonly step: number
  readonly medium: Medium
  readonly recipientHash: string
  readonly state: MessageState
  /** Moves with each change; a change names the one that it started from. */
  readonly version: number
  readonly scheduledAtMs: number
  /** When it is to be looked at next; `null` once it is final. */
  readonly dueAtMs: number | null
  /** Later than this it is of no use, and is cancelled. */
  readonly lastUsefulAtMs: number
  /** While claimed: until when the claim is another worker's. */
  readonly leaseUntilMs: number
  /** Times that it was handed to a channel. */
  readonly attempts: number
  readonly claimedAtMs: number | null
  readonly settledAtMs: number | null
  /** Known once it was rendered. */
  readonly class: MessageClass | null
  /** Why it was cancelled, rejected or put off; a `CancelReason`, or the channel's words. */
  readonly reason: string | null
  /** The products that it shows, one or two, and where each leads; known once it was rendered. */
  readonly shown: readonly { readonly product: string; readonly url: string | null }[]
  readonly channel: string | null
  /** The provider's own id of what was sent. */
  readonly providerRef: string | null
}

/** A row as it is when it is scheduled. */
export function scheduledMessage(
  planned: Pick<
    Message,
    'id' | 'orderId' | 'flow' | 'step' | 'medium' | 'recipientHash' | 'lastUsefulAtMs'
  > & { readonly dueAtMs: number },
  nowMs: number,
): Message {
  return {
    ...planned,
    dueAtMs: Math.max(nowMs, planned.dueAtMs),
    ...{ state: 'scheduled', version: 1, scheduledAtMs: nowMs, leaseUntilMs: 0, attempts: 0 },
    ...{ claimedAtMs: null, settledAtMs: null, class: null, reason: null, shown: [] },
    ...{ channel: null, providerRef: null },
  }
}

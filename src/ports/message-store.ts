// The part of the store that messages stand on: recipients, consents, suppressions, scheduled messages. What has resolved
// survives `kill -9`. A suppression and a claim of the same recipient never run at once: after `suppress` has resolved no
// claim succeeds.

import type { ClaimFacts, ClaimVerdict } from '../domain/claim.ts'
import type { ConsentEvent } from '../domain/consent.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { CancelReason, Message } from '../domain/message.ts'
import type { Order } from '../domain/order.ts'
import type { Medium, Recipient } from '../domain/recipient.ts'
import type { Suppression } from '../domain/suppression.ts'

export type { ClaimFacts, ClaimVerdict } from '../domain/claim.ts'

/** A recipient as it is stored: addresses sealed by an adapter of secrets, opaque here. */
export type StoredRecipient = Omit<Recipient, 'email' | 'phone' | 'name'> & { readonly sealed: string }

/** What happened to an order, as far as messages care. */
export type OrderFate = {
  readonly deliveredAtMs: number | null
  readonly cancelledAtMs: number | null
  readonly refundedAtMs: number | null
}

export type MessageStore = {
  /** The latest counts. */
  putRecipient(orderId: string, recipient: StoredRecipient, receivedAtMs: number): Promise<void>
  getRecipient(orderId: string): Promise<StoredRecipient | null>
  /** The orders whose latest recipient has this address, the latest received first. */
  ordersOfRecipient(medium: Medium, recipientHash: string, limit: number): Promise<Order[]>
  /** Of each kind the first counts. */
  setOrderFate(orderId: string, fate: Partial<OrderFate>): Promise<void>
  getOrderFate(orderId: string): Promise<OrderFate>

  /** Each key once. */
  addConsents(events: readonly ConsentEvent[]): Promise<void>
  /** Oldest first. */
  listConsents(recipientHash: string): Promise<ConsentEvent[]>

  /**
   * Kept, and every message to the recipient on the medium that is scheduled is cancelled, in one transaction. What
   * belongs to something that was bought is not (a confirmation goes without its offers), unless the address is dead or
   * erased.
   */
  suppress(suppression: Suppression, entries: readonly LedgerEntry[]): Promise<{ readonly cancelled: number }>
  /** Takes back suppressions of these reasons that were last said before: a person asked for messages again then. */
  liftSuppressions(
    recipientHash: string,
    medium: Medium,
    reasons: readonly Suppression['reason'][],
    beforeMs: number,
  ): Promise<void>
  findSuppressions(recipientHash: string): Promise<Suppression[]>
  /**
   * All of them, by hash; for export, page after page: `after` is the last hash of the page before. `limit` counts
   * recipients, so that no page ends within one.
   */
  listSuppressions(page: { readonly after: string | null; readonly limit: number }): Promise<Suppression[]>
  /** Times of soft bounces, oldest first, since the last delivery. */
  noteSoftBounce(recipientHash: string, atMs: number): Promise<readonly number[]>
  forgetSoftBounces(recipientHash: string): Promise<void>
  /** The shop sent this person something itself. */
  reportOther(recipientHash: string, medium: Medium, atMs: number): Promise<void>

  /** Stores those whose slot (order, flow, step, recipient) is free; how many that were. */
  planMessages(messages: readonly Message[]): Promise<number>
  getMessage(id: string): Promise<Message | null>
  /** Oldest first. */
  messagesOfOrder(orderId: string): Promise<Message[]>
  /** By settling or due time, newest first. */
  listMessages(filter: {
    readonly state?: Message['state'] | undefined
    readonly flow?: string | undefined
    readonly limit: number
  }): Promise<Message[]>
  /** Scheduled and due, or claimed with a lease that ran out; the longest due first. */
  messagesDue(nowMs: number, limit: number): Promise<Message[]>
  /**
   * The same, and until then they are due for nobody else: workers that ask at once are given different ones. What is not
   * claimed or saved by then is due again as before. It spares work; who sends is decided by the claim.
   */
  reserveMessages(nowMs: number, limit: number, untilMs: number): Promise<Message[]>
  /** When the next message is due; `null` where none is open. */
  nextMessageDue(): Promise<number | null>
  /**
   * One transaction: the facts are read, judged, and where the verdict is `send`, `next` is written by compare and set on
   * its version. `lost`: somebody else was first, and nothing was asked.
   */
  claimMessage(
    next: Message,
    judge: (facts: ClaimFacts) => ClaimVerdict,
    nowMs: number,
  ): Promise<ClaimVerdict | { readonly kind: 'lost' }>
  /** Compare and set on the version before `next.version`, with its ledger entries. False where it is not. */
  saveMessage(next: Message, entries: readonly LedgerEntry[]): Promise<boolean>
  /** All that is scheduled of the order, but for mails that tell what became of an add-on: they are true all the same. */
  cancelMessages(orderId: string, reason: CancelReason, nowMs: number): Promise<number>
  /** Of a flow, marketing sent since: how many, and how many recipients complained or unsubscribed by them. */
  countOutcomes(
    flow: string,
    sinceMs: number,
  ): Promise<{ readonly sent: number; readonly complaints: number; readonly unsubscribes: number }>

  /** On or off, or paused by a guardrail, over what the settings say; the latest word of each flow. */
  setFlow(flow: string, state: FlowState): Promise<void>
  listFlows(): Promise<ReadonlyMap<string, FlowState>>
}

export type FlowState = {
  readonly on: boolean
  /** Why it stands still, in a sentence; `null` where it does not. */
  readonly pausedBecause: string | null
  readonly atMs: number
}

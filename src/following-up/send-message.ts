// One message that is due: asked again, rendered, claimed, handed over once, settled. Comes in: the row. Goes out: how it
// went. It may run in several processes at once and be killed between any two lines: the claim is on the disk before the
// channel is asked, so that a marketing message whose worker died is never sent by another, and what is known of it is
// settled by compare and set. Who comes second stops.

import type { ClaimFacts, ClaimVerdict } from '../domain/claim.ts'
import type { Pick as DecidedPick } from '../domain/decision.ts'
import { judgeClaim } from '../domain/judge-claim.ts'
import { type CancelReason, CONFIRMATION_FLOW, isMarketing, type Message } from '../domain/message.ts'
import type { Order } from '../domain/order.ts'
import { type Recipient, recipientHash } from '../domain/recipient.ts'
import type { Channel, Outgoing, SendOutcome } from '../ports/channel.ts'
import type { RenderedMessage } from '../ports/message-renderer.ts'
import { afterSending, LEASE_RAN_OUT, ONCE_MORE } from './after-sending.ts'
import { type AskEffects, type Asked, askAgain } from './ask-again.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { messageEntry } from './message-entry.ts'
import { suppressAddress } from './suppress-address.ts'
import { titlesOf } from './titles-of.ts'

/** A channel answers within a minute; a claim that is older is nobody's. */
export const LEASE_MS = 60_000

/** `lost`: another worker was first. `put-off`: to be asked again later, without having been handed over. */
export type Sending = 'cancelled' | 'put-off' | 'lost' | SendOutcome['kind']

type Claiming = Pick<FollowingUpEffects, 'store' | 'clock' | 'settings' | 'sendingDomain'>
type Rendering = Pick<FollowingUpEffects, 'plan' | 'clock' | 'render'>
type Settling = Pick<FollowingUpEffects, 'store' | 'clock' | 'random'>

export type SendEffects = AskEffects &
  Claiming &
  Rendering &
  Settling &
  Pick<FollowingUpEffects, 'channels' | 'openRecipient'>

export async function sendMessage(row: Message, effects: SendEffects): Promise<Sending> {
  if (row.state === 'claimed') {
    const unheard = await settle(row, { kind: 'ambiguous', reason: LEASE_RAN_OUT }, effects)
    return unheard ? 'ambiguous' : 'lost'
  }
  const { store, channels } = effects
  const channel = channels[row.medium]
  const [order, stored] = await Promise.all([store.getOrder(row.orderId), store.getRecipient(row.orderId)])
  // The latest address of an order counts; a row for another one is for nobody.
  const isReached =
    channel !== null && stored !== null && recipientHash(stored, row.medium) === row.recipientHash
  if (order === null || !isReached) return cancel(row, 'unreachable', effects)
  const asked = await askAgain(row, { order, recipient: stored }, effects)
  if (asked.kind === 'cancel') return cancel(row, asked.reason, effects)
  const recipient = effects.openRecipient(stored)
  const claim = await claimWith({ row, order, recipient, channel }, asked, effects)
  if (claim.kind === 'lost') return 'lost'
  if (claim.kind === 'never') return cancel(row, claim.reason, effects)
  if (claim.kind === 'later') return putOff(row, claim, effects)
  return handOver(claim, { order, recipient, channel, asked }, effects)
}

type Case = {
  readonly row: Message
  readonly order: Order
  readonly recipient: Recipient
  readonly channel: Channel
}

type Claimed = { readonly kind: 'claimed'; readonly row: Message; readonly rendered: RenderedMessage }
type Claim = Claimed | Exclude<ClaimVerdict, { kind: 'send' }> | { readonly kind: 'lost' }

/** A confirmation that may not go with offers goes without them. */
async function claimWith(one: Case, asked: Shown, effects: Claiming & Rendering): Promise<Claim> {
  const first = renderWith(one, asked, effects)
  const isConfirmation = one.row.flow === CONFIRMATION_FLOW
  const mayGo = !isConfirmation || !isMarketing(first.class)
  const claim = mayGo ? await claimRendered(one, first, effects) : null
  if (claim !== null && (claim.kind === 'claimed' || claim.kind === 'lost')) return claim
  if (claim !== null && (!isConfirmation || first.class === 'transactional')) return claim
  return claimRendered(one, renderWith(one, { picks: [] }, effects), effects)
}

type Shown = Extract<Asked, { kind: 'show' }>

function renderWith(
  { row, order, recipient }: Case,
  { picks, addOn }: Pick<Shown, 'picks' | 'addOn'>,
  { plan, clock, render }: Rendering,
): RenderedMessage {
  const titles = titlesOf(order, picks, plan.get())
  const { id: messageId, flow, medium } = row
  return render({ messageId, flow, medium, order, titles, picks, addOn, recipient, atMs: clock.nowMs() })
}

async function claimRendered(
  { row, recipient, channel }: Case,
  rendered: RenderedMessage,
  { store, clock, settings, sendingDomain }: Claiming,
): Promise<Claim> {
  // Asked before the claim: the transaction waits for no name server.
  const hold = rendered.class === 'marketing_email' ? await sendingDomain.hold() : null
  const nowMs = clock.nowMs()
  const next: Message = {
    ...row,
    state: 'claimed',
    version: row.version + 1,
    attempts: row.attempts + 1,
    claimedAtMs: nowMs,
    leaseUntilMs: nowMs + LEASE_MS,
    dueAtMs: nowMs + LEASE_MS,
    class: rendered.class,
    shown: rendered.shown,
    channel: channel.name,
  }
  const { country, timeZones } = recipient
  const question = { ...next, class: rendered.class, country, timeZones, hold }
  const judge = (facts: ClaimFacts) => judgeClaim(facts, question, settings.messaging, nowMs)
  const verdict = await store.claimMessage(next, judge, nowMs)
  return verdict.kind === 'send' ? { kind: 'claimed', row: next, rendered } : verdict
}

async function handOver(
  { row, rendered }: Claimed,
  to: Omit<Case, 'row'> & { readonly asked: Shown },
  effects: Settling,
): Promise<Sending> {
  const { order, recipient, channel, asked } = to
  const { clock } = effects
  const address = row.medium === 'email' ? recipient.email : recipient.phone
  const outgoing: Outgoing = {
    id: row.id,
    medium: row.medium,
    class: rendered.class,
    content: rendered.content,
    to: { name: recipient.name, address: address ?? '' },
    moment: rendered.moment,
  }
  let thrown: { readonly error: unknown } | null = null
  const outcome: SendOutcome =
    address === null
      ? { kind: 'rejected', reason: 'there is no address', isAddress: false }
      : await channel.send(outgoing).catch((error: unknown) => {
          thrown = { error }
          return { kind: 'ambiguous', reason: 'the channel failed; the log has its words' }
        })
  if (outcome.kind === 'rejected' && outcome.isAddress)
    await suppressAddress(
      {
        recipientHash: row.recipientHash,
        medium: row.medium,
        reason: 'hard-bounce',
        atMs: clock.nowMs(),
        untilMs: null,
        message: row,
        eventKey: row.id,
      },
      effects,
    )
  const sent = asked.picks.flatMap((pick): SentPick[] =>
    rendered.shown.some((one) => one.product === pick.product)
      ? [{ pick, place: pick.product === asked.drawn ? 1 : 2 }]
      : [],
  )
  await settle(row, outcome, effects, { order, sent, planVersion: asked.planVersion })
  if (thrown !== null) throw (thrown as { readonly error: unknown }).error
  return outcome.kind
}

/** False where somebody else has taken the row for one of a dead worker, and what is now heard changes nothing. */
async function settle(
  row: Message,
  outcome: SendOutcome,
  { store, clock, random }: Settling,
  shown?: { readonly order: Order; readonly sent: readonly SentPick[]; readonly planVersion: number },
): Promise<boolean> {
  const nowMs = clock.nowMs()
  const next = afterSending(row, outcome, { nowMs, random })
  const entries =
    outcome.kind !== 'sent' || shown === undefined
      ? []
      : shown.sent.map((one) => sentEntry(row, one, { ...shown, nowMs }))
  if (await store.saveMessage(next, entries)) return true
  const other = outcome.kind === 'sent' ? await store.getMessage(row.id) : null
  // It answered later than a minute. That it went out is known now, and keeps it from going out again.
  if (other === null || other.version !== next.version || other.attempts !== row.attempts) return false
  return await store.saveMessage({ ...next, version: next.version + 1 }, entries)
}

/** 1: the one that the choice among pairings drew, and what it learns from. */
type SentPick = { readonly pick: DecidedPick; readonly place: 1 | 2 }

/** With what a later estimate needs: which plan chose it, with what probability, and where in the message it stood. */
function sentEntry(
  row: Message,
  { pick: { product, anchor, relation, propensity }, place }: SentPick,
  {
    order,
    planVersion,
    nowMs,
  }: { readonly order: Order; readonly planVersion: number; readonly nowMs: number },
) {
  const detail = JSON.stringify({ place, flow: row.flow, relation, planVersion, propensity })
  return messageEntry('message-sent', row, order, {
    key: `message-sent:${row.id}:${product}`,
    atMs: nowMs,
    product,
    pairing: { anchor, relation },
    detail,
  })
}

async function cancel(
  row: Message,
  reason: CancelReason,
  { store, clock }: Pick<FollowingUpEffects, 'store' | 'clock'>,
): Promise<Sending> {
  const nowMs = clock.nowMs()
  const end = { dueAtMs: null, leaseUntilMs: 0, settledAtMs: nowMs } as const
  const next: Message = { ...row, ...end, state: 'cancelled', version: row.version + 1, reason }
  return (await store.saveMessage(next, [])) ? 'cancelled' : 'lost'
}

async function putOff(
  row: Message,
  { dueAtMs, reason }: { readonly dueAtMs: number; readonly reason: string },
  effects: Pick<FollowingUpEffects, 'store'>,
): Promise<Sending> {
  // What may have gone out once stays marked; else the latest reason counts, which is the one that can be mended.
  const next = {
    ...row,
    version: row.version + 1,
    dueAtMs,
    reason: row.reason === ONCE_MORE ? ONCE_MORE : reason,
  }
  return (await effects.store.saveMessage(next, [])) ? 'put-off' : 'lost'
}

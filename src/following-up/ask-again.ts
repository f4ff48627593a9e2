// A message at its moment: is it still wanted, and still right? Comes in: the row and its order. Goes out: what it shows,
// by the plan of today, or why it is cancelled. Nothing is written here; whether it may be sent at all is judged in the
// transaction that claims it.

import { isAddOnFlow } from '../domain/add-on-news.ts'
import type { Pick as DecidedPick, DropRule } from '../domain/decision.ts'
import { DAY_MS } from '../domain/instant.ts'
import { type CancelReason, CONFIRMATION_FLOW, type Message } from '../domain/message.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import { firstPicks, type Picks } from '../domain/placement.ts'
import type { Settings } from '../domain/settings.ts'
import { HOLD_OUT, unitOf } from '../domain/trial.ts'
import { withAddOns } from '../domain/with-add-ons.ts'
import { choosePicks, type Reorder } from '../next/choose-picks.ts'
import { flowBaseMs } from '../next/flow-moments.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import type { FlowQuestion } from '../next/heed-flow.ts'
import { type TestedChoice, takePart, trialsOf } from '../next/take-part.ts'
import { testTiming } from '../next/test-flow.ts'
import type { Testing } from '../next/testing.ts'
import type { AddOnFacts } from '../ports/message-renderer.ts'
import type { OrderFate, StoredRecipient } from '../ports/message-store.ts'
import { askAboutAddOn } from './ask-about-add-on.ts'
import { confirmationNow, type FlowNow, type FlowStanding, flowsNow } from './flows-now.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { purchasesOf } from './purchases-of.ts'

export type Asked =
  | {
      readonly kind: 'show'
      readonly picks: Picks<DecidedPick>
      /** The one that the choice among pairings drew, and learns from; `null` where it is not shown. */
      readonly drawn: string | null
      readonly planVersion: number
      readonly addOn?: AddOnFacts
    }
  | { readonly kind: 'cancel'; readonly reason: CancelReason }

/** A product that two messages have brought to a customer is not brought by a third; a refill serves a new need each time. */
const OFFERED_MAX = 2

export type AskEffects = Pick<
  FollowingUpEffects,
  'store' | 'plan' | 'settings' | 'clock' | 'testing' | 'decideConfirmation'
>

export async function askAgain(
  message: Message,
  { order, recipient }: { readonly order: Order; readonly recipient: StoredRecipient },
  effects: AskEffects,
): Promise<Asked> {
  if (isAddOnFlow(message.flow)) {
    const addOn = await askAboutAddOn(message, effects)
    if (addOn === null) return { kind: 'cancel', reason: 'moment-passed' }
    return { kind: 'show', picks: [], drawn: null, planVersion: 0, addOn }
  }
  const { store, settings, clock } = effects
  const nowMs = clock.nowMs()
  const [fate, states] = await Promise.all([store.getOrderFate(order.id), store.listFlows()])
  const plan = effects.plan.get()
  const isConfirmation = message.flow === CONFIRMATION_FLOW
  const flow = isConfirmation ? null : (flowsNow(settings.messaging, states).get(message.flow) ?? null)
  const standing = isConfirmation
    ? confirmationNow(settings.messaging, states)
    : (flow?.standing ?? ('off' as const))
  const reason = whyUnwanted(message, fate, standing, nowMs)
  if (reason !== null) return { kind: 'cancel', reason }
  if (isConfirmation) {
    const { picks, planVersion } = await effects.decideConfirmation(order)
    const lines = (await asItStands(order, effects)).lines.map(({ productId }) => productId)
    return {
      kind: 'show',
      picks: stillWanted(picks, lines, plan),
      drawn: picks[0]?.product ?? null,
      planVersion,
    }
  }
  if (plan === null || flow === null) return { kind: 'cancel', reason: 'nothing-fits' }
  const customer = await purchasesOf(order, recipient, store)
  const [shownNow, shownBefore] = await Promise.all([
    shownToOrder(message, effects),
    flow.settings.relation === 'refill' ? [] : shownToCustomer(order, customer, effects),
  ])
  const testing = effects.testing.get()
  const shiftDays = testTiming(unitOf(order), message.flow, testing).days
  const stands = await asItStands(order, effects)
  const facts = {
    order: stands,
    fate,
    flow,
    customer,
    shownNow,
    shownBefore,
    plan,
    settings,
    nowMs,
    shiftDays,
  }
  const choice = chooseNow(facts, testing)
  // Recorded for who gets nothing and for who does, at the moment at which there is something to show.
  const trials = trialsOf(order, choice, { placement: 'follow-up', atMs: nowMs })
  if (trials.length > 0) await store.addTrials(trials)
  return answerOf(choice, plan)
}

/** What concerns the row and its order, whatever it would show. */
export function whyUnwanted(
  { lastUsefulAtMs }: Pick<Message, 'lastUsefulAtMs'>,
  { cancelledAtMs, refundedAtMs }: OrderFate,
  standing: FlowStanding,
  nowMs: number,
): CancelReason | null {
  if (cancelledAtMs !== null) return 'order-cancelled'
  if (refundedAtMs !== null) return 'order-refunded'
  if (standing === 'off') return 'flow-off'
  if (standing === 'paused') return 'flow-paused'
  return nowMs > lastUsefulAtMs ? 'moment-passed' : null
}

export type ChoosingFacts = {
  readonly order: Order
  readonly fate: OrderFate
  readonly flow: FlowNow
  /** With what they bought since the order. */
  readonly customer: CustomerPurchases | null
  /** Products that this order was offered, wherever. */
  readonly shownNow: readonly string[]
  /** Products that messages about other orders brought to the customer, as often as they did. */
  readonly shownBefore: readonly string[]
  readonly plan: GuidedPlan
  readonly settings: Settings
  readonly nowMs: number
  /** By how many days an experiment moved the message. */
  readonly shiftDays?: number
}

export function chooseNow(facts: ChoosingFacts, testing: Testing | null): TestedChoice {
  const { order, fate, flow, customer, plan, settings, nowMs } = facts
  const { relation } = flow.settings
  const baseMs = flowBaseMs(relation, order.placedAtMs, fate.deliveredAtMs, settings)
  const question: FlowQuestion = {
    relation,
    against: whatIsAgainst(facts),
    // By the day that it would have come: else an experiment on timing would be one on what is offered.
    day: Math.floor((nowMs - baseMs) / DAY_MS) - (facts.shiftDays ?? 0),
  }
  const hand = { guide: plan.guide, nowMs }
  const choose = (reorder?: Reorder) =>
    choosePicks(order, customer, 'follow-up', plan, settings, hand, question, reorder)
  return takePart(order, 'follow-up', testing, choose, plan)
}

export function answerOf({ picks, dropped, withheld, trials }: TestedChoice, plan: GuidedPlan): Asked {
  const [first] = picks
  if (first !== undefined) return { kind: 'show', picks, drawn: first.product, planVersion: plan.version }
  if (withheld.length > 0) {
    const isHeldOut = trials.some(
      ({ experiment, variation }) => experiment === HOLD_OUT && variation === 'held-out',
    )
    return { kind: 'cancel', reason: isHeldOut ? 'held-out' : 'tested-without' }
  }
  const by = (rule: DropRule): boolean => dropped.some((one) => one.rule === rule)
  if (by('bought-meanwhile')) return { kind: 'cancel', reason: 'bought-meanwhile' }
  return { kind: 'cancel', reason: by('offered-already') ? 'offered-twice' : 'nothing-fits' }
}

function whatIsAgainst({ order, customer, shownNow, shownBefore }: ChoosingFacts): FlowQuestion['against'] {
  const against = new Map<string, { readonly rule: DropRule; readonly detail: string }>()
  const times = Map.groupBy(shownBefore, (product) => product)
  for (const [product, shown] of times)
    if (shown.length >= OFFERED_MAX)
      against.set(product, {
        rule: 'offered-already',
        detail: `${shown.length} messages brought it to this customer`,
      })
  for (const product of shownNow)
    against.set(product, { rule: 'offered-already', detail: 'this order was offered it already' })
  for (const later of customer?.orders ?? [])
    if (later.orderId !== order.id && later.placedAtMs >= order.placedAtMs)
      for (const product of later.productIds)
        against.set(product, { rule: 'bought-meanwhile', detail: 'this customer has bought it since' })
  return against
}

/** It was decided a while ago: what sold out since, or was added with one click, is left out. */
function stillWanted(
  picks: readonly DecidedPick[],
  lines: readonly string[],
  plan: GuidedPlan | null,
): Picks<DecidedPick> {
  const isBuyable = (product: string) => plan === null || plan.products.get(product)?.buyable === true
  return firstPicks(
    picks.filter(
      ({ product, relation }) => isBuyable(product) && (relation === 'refill' || !lines.includes(product)),
    ),
    2,
  )
}

async function asItStands(order: Order, { store }: AskEffects): Promise<Order> {
  const acceptances = await store.listAcceptances(order.id)
  return acceptances.length === 0 ? order : withAddOns(order, await store.listOffers(order.id), acceptances)
}

async function shownToOrder({ id, orderId }: Message, { store }: AskEffects): Promise<readonly string[]> {
  const [thanks, confirmation, messages] = await Promise.all([
    store.getDecision(orderId, 'thank-you'),
    store.getDecision(orderId, 'confirmation-email'),
    store.messagesOfOrder(orderId),
  ])
  const decided = [thanks, confirmation].flatMap((one) => one?.picks ?? [])
  const others = messages.filter((one) => one.id !== id)
  return [...decided.map(({ product }) => product), ...others.flatMap(productsOf)]
}

async function shownToCustomer(
  order: Order,
  customer: CustomerPurchases | null,
  { store }: AskEffects,
): Promise<readonly string[]> {
  const others = (customer?.orders ?? []).filter(({ orderId }) => orderId !== order.id)
  const messages = await Promise.all(others.map(({ orderId }) => store.messagesOfOrder(orderId)))
  return messages.flat().flatMap(productsOf)
}

/** Of what went out, or may have. */
function productsOf({ state, shown }: Message): readonly string[] {
  if (state !== 'sent' && state !== 'claimed' && state !== 'ambiguous') return []
  return shown.map(({ product }) => product)
}

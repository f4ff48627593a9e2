// Order → decision. Comes in: an order, or the id of one that was received, and a placement. Goes out: zero to two
// picks with reasons. A decision is stored before it is answered, so asking again (a reload, a second tab, a retry, a
// second server) gets the same picks, whatever plan is current by then. Without a plan the answer is the helpful page.

import type { Decision } from '../domain/decision.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { Settings } from '../domain/settings.ts'
import { withAddOns } from '../domain/with-add-ons.ts'
import { choosePicks, type Reorder } from '../next/choose-picks.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import { takePart, trialsOf } from '../next/take-part.ts'
import type { Testing } from '../next/testing.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { receiveOrder } from './receive-order.ts'

export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'order-unknown' }
  | { readonly kind: 'order-conflict' }

export type DecidingEffects = {
  readonly store: Pick<
    Store,
    | 'putOrder'
    | 'getOrder'
    | 'putDecision'
    | 'getDecision'
    | 'getCustomerPurchases'
    | 'listOffers'
    | 'listAcceptances'
  >
  readonly plan: GuidedPlan | null
  readonly settings: Settings
  readonly clock: Clock
  /** What is tested; `null` where nothing is, and nobody held out. */
  readonly testing: Testing | null
}

export async function decideOffer(
  request: { readonly order: Order | string; readonly placement: Placement },
  effects: DecidingEffects,
): Promise<DecisionOutcome> {
  const { store } = effects
  const { placement } = request
  const orderId = typeof request.order === 'string' ? request.order : request.order.id
  if (typeof request.order !== 'string') {
    const reception = await receiveOrder(request.order, effects)
    if (reception === 'conflict') return { kind: 'order-conflict' }
  }
  const known = await store.getDecision(orderId, placement)
  if (known !== null) return { kind: 'decided', decision: known }
  const order = typeof request.order === 'string' ? await store.getOrder(orderId) : request.order
  if (order === null) return { kind: 'order-unknown' }
  return { kind: 'decided', decision: await decideAnew(order, placement, effects) }
}

/** For an order that was read from the store. */
export async function decideForOrder(
  order: Order,
  placement: Placement,
  effects: DecidingEffects,
): Promise<Decision> {
  const known = await effects.store.getDecision(order.id, placement)
  return known ?? (await decideAnew(order, placement, effects))
}

async function decideAnew(order: Order, placement: Placement, effects: DecidingEffects): Promise<Decision> {
  const { store } = effects
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  const decision = makeDecision(await asItStands(order, placement, store), customer, placement, effects)
  const trials = trialsOf(order, decision, { placement, atMs: decision.decidedAtMs })
  return await store.putDecision(decision, trials)
}

/** With what its shopper added since; on the thank-you page nobody can have added anything yet. */
export async function asItStands(
  order: Order,
  placement: Placement,
  store: Pick<Store, 'listOffers' | 'listAcceptances'>,
): Promise<Order> {
  if (placement === 'thank-you') return order
  const acceptances = await store.listAcceptances(order.id)
  return acceptances.length === 0 ? order : withAddOns(order, await store.listOffers(order.id), acceptances)
}

/** What a decision of this moment stands on. */
export function decidingNow(held: {
  readonly store: DecidingEffects['store']
  readonly settings: Settings
  readonly clock: Clock
  readonly plan: { get(): GuidedPlan | null }
  readonly testing: { get(): Testing | null }
}): DecidingEffects {
  const { store, settings, clock } = held
  return { store, settings, clock, plan: held.plan.get(), testing: held.testing.get() }
}

/** The decision itself, without storing it: for trying out and for replays, which take part in no test. */
export function makeDecision(
  order: Order,
  customer: CustomerPurchases | null,
  placement: Placement,
  effects: Pick<DecidingEffects, 'plan' | 'settings' | 'clock'> & { readonly testing?: Testing | null },
): Decision {
  const { plan, settings, clock, testing = null } = effects
  const decidedAtMs = clock.nowMs()
  if (plan === null) {
    return {
      orderId: order.id,
      placement,
      decidedAtMs,
      planVersion: 0,
      picks: [],
      fallback: 'helpful-page',
      ladderTrail: [{ step: 'pairing', reason: 'no plan has been published yet' }],
      dropped: [],
      droppedUntold: 0,
      withheld: [],
      trials: [],
    }
  }
  const hand = { guide: plan.guide, nowMs: decidedAtMs }
  const choose = (reorder?: Reorder) =>
    choosePicks(order, customer, placement, plan, settings, hand, null, reorder)
  const choice = takePart(order, placement, testing, choose, plan)
  return { orderId: order.id, placement, decidedAtMs, planVersion: plan.version, ...choice }
}

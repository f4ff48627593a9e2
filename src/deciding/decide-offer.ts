// Order → decision. Comes in: an order, or the id of one that was received, and a placement. Goes out: zero to two
// picks with reasons. A decision is stored before it is answered, so asking again (a reload, a second tab, a retry, a
// second server) gets the same picks, whatever plan is current by then. Without a plan the answer is the helpful page.

import type { Decision } from '../domain/decision.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { Settings } from '../domain/settings.ts'
import { choosePicks } from '../next/choose-picks.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
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
    'putOrder' | 'getOrder' | 'putDecision' | 'getDecision' | 'getCustomerPurchases'
  >
  readonly plan: GuidedPlan | null
  readonly settings: Settings
  readonly clock: Clock
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
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  const decision = makeDecision(order, customer, placement, effects)
  return { kind: 'decided', decision: await store.putDecision(decision) }
}

/** The decision itself, without storing it: for trying out and for replays. */
export function makeDecision(
  order: Order,
  customer: CustomerPurchases | null,
  placement: Placement,
  { plan, settings, clock }: Pick<DecidingEffects, 'plan' | 'settings' | 'clock'>,
): Decision {
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
    }
  }
  const choice = choosePicks(order, customer, placement, plan, settings, {
    guide: plan.guide,
    nowMs: decidedAtMs,
  })
  return { orderId: order.id, placement, decidedAtMs, planVersion: plan.version, ...choice }
}

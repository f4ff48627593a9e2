// Upsells stand apart from cross-sells: a better version, a bigger size or a service plan is kept aside with a moment of
// its own, and offered only there, only where the shop turned upsells on (settings), as one pick of a follow-up that has
// no cross-sell to offer. Comes in: what kind of step up it is, the anchor. Goes out: the moment, the sentence, candidates.
//
//   bigger size, premium tier   when the anchor is used up, and not before half of its median interval; a thing that
//                               does not run out has proven itself once the time of follow-ups is over
//   service plan                within days after the order of its anchor

import type { CustomerPurchases, Order } from '../domain/order.ts'
import { type Evidence, provingOrders, type Window } from '../domain/pairing.ts'
import type { Plan, PlanProduct } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { Candidate } from './candidate.ts'
import { boughtLater, standsOut } from './label-relation.ts'
import { giveReason, titleInSentence } from './name-need.ts'
import { type BoughtOn, predictRunOut, purchasesOf } from './predict-run-out.ts'
import { type StepUp, stepUpOf } from './step-up.ts'
import { refillWindows } from './time-window.ts'

/** Days for which a service plan, and a better version of what does not run out, may be offered. */
const SERVICE_PLAN_DAYS = 7
const PROVEN_DAYS = 60
/** Share of the median interval before which nobody can say how they like a product. */
const PROVEN_INTERVAL_SHARE = 0.5

const needs: Readonly<Record<StepUp, string>> = {
  'premium-tier': 'A step up from your {anchor}.',
  'bigger-size': 'The larger size of your {anchor}.',
  'service-plan': 'A plan to go with your {anchor}.',
}

type UpsellSettings = Pick<Settings, 'followUpFromDay' | 'followUpToDay' | 'deliveryDays'>

export function upsellNeed(kind: StepUp, anchor: PlanProduct): string {
  return needs[kind].replace('{anchor}', titleInSentence(anchor.title))
}

/** None where no customers show that they take the step. */
export function upsellWindows(
  kind: StepUp,
  anchor: PlanProduct,
  evidence: Evidence,
  settings: UpsellSettings,
  bought: readonly BoughtOn[] = [{ day: 0, quantity: 1 }],
): readonly Window[] {
  const together = kind === 'service-plan' && standsOut(provingOrders(evidence), evidence.expected)
  if (!together && !boughtLater(evidence)) return []
  const { followUpFromDay, followUpToDay } = settings
  if (kind === 'service-plan') {
    const toDay = Math.min(followUpToDay, followUpFromDay + SERVICE_PLAN_DAYS)
    return [{ placement: 'follow-up', fromDay: followUpFromDay, toDay }]
  }
  if (anchor.refill === null)
    return [{ placement: 'follow-up', fromDay: followUpToDay, toDay: followUpToDay + PROVEN_DAYS }]
  const proven = Math.ceil(PROVEN_INTERVAL_SHARE * anchor.refill.medianDays)
  return refillWindows(predictRunOut(anchor.refill, bought, settings)).map((window) => {
    const fromDay = Math.max(window.fromDay, proven)
    return { ...window, fromDay, toDay: Math.max(fromDay, window.toDay) }
  })
}

/** What was kept aside for the lines of an order, with the moment of this order. */
export function proposeUpsells(
  order: Order,
  customer: CustomerPurchases | null,
  plan: Pick<Plan, 'pairings' | 'products'>,
  settings: UpsellSettings,
): readonly Candidate[] {
  return order.lines.flatMap(({ productId }) => {
    const anchor = plan.products.get(productId)
    if (anchor === undefined) return []
    return (plan.pairings.get(productId) ?? []).flatMap(({ addOn, verdict, evidence, need, score }) => {
      const product = plan.products.get(addOn)
      if (verdict.relation !== 'upsell' || product === undefined) return []
      const kind = stepUpOf(anchor, product)
      if (kind === null) return []
      const bought = purchasesOf(anchor.id, order, customer)
      const windows = upsellWindows(kind, anchor, evidence, settings, bought)
      const shownBy = boughtLater(evidence) ? 'extend' : 'complete'
      const reason = giveReason({ relation: shownBy, anchor, evidence })
      return [{ product, anchor, relation: 'upsell', need, reason, evidence, score, windows, set: false }]
    })
  })
}

// From the counts of one ordered pair to a pairing: evidence, verdict, need sentence, score and windows.
// Pure; the miner calls it for each pair that survived counting, the backtest for each pair it replays.

import { type Evidence, type Pairing, type PairingVerdict, provingOrders } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { rootLogLikelihoodRatio } from '../stats/log-likelihood-ratio.ts'
import { shrunkConfidence } from '../stats/shrunk-confidence.ts'
import { shrunkLift } from '../stats/shrunk-lift.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import { boughtLater, labelRelation } from './label-relation.ts'
import { nameNeed } from './name-need.ts'
import { priceRatio, stepUpOf } from './step-up.ts'
import { windowsOf } from './time-window.ts'
import { upsellNeed, upsellWindows } from './upsell.ts'
import type { WithinCustomers } from './within-customers.ts'

/** Counts of one ordered pair, as the kernel gives them (definitions in docs/methods.md). */
export type CountedPair = {
  readonly ordersTogether: number
  readonly togetherWeight: number
  /** Of the orders together, those that prove nothing; `expectedTogether` speaks of the others. */
  readonly ordersBulk: number
  readonly expectedTogether: number
  /** What the kinds of the two explain beyond popularity (kind-lift.ts), at least 1. */
  readonly kindLift: number
  /** Where the customers who bought both took the add-on first (within-customers.ts). */
  readonly within: WithinCustomers
  readonly customersFollowed: number
  readonly customersLaterFollowed: number
  readonly customersLater: number
  readonly customersLaterExpected: number
}

export type Totals = {
  readonly orders: number
  /** Sum of the weights of all orders: decayed by age, down-weighted for large baskets. */
  readonly ordersWeight: number
}

/** Orders' worth of evidence that draw a confidence towards the add-on's popularity; docs/methods.md, ranking. */
export const CONFIDENCE_SHRINKAGE = 5

export function weighEvidence(
  anchor: PlanProduct,
  addOn: PlanProduct,
  counts: CountedPair,
  totals: Totals,
): Evidence {
  const together = counts.ordersTogether
  const proving = provingOrders({ ...counts, ...counts.within })
  const lift = shrunkLift(proving, counts.expectedTogether)
  return {
    orders: anchor.orders,
    ordersTogether: together,
    ordersBulk: counts.ordersBulk,
    expected: counts.expectedTogether,
    kindLift: counts.kindLift,
    ...counts.within,
    lift: counts.expectedTogether > 0 ? proving / counts.expectedTogether : 0,
    liftLow: lift.low,
    liftHigh: lift.high,
    confidence: anchor.orders > 0 ? together / anchor.orders : 0,
    confidenceLow: wilsonInterval(together, anchor.orders).low,
    rootLogLikelihoodRatio: rootLogLikelihoodRatio(
      together,
      anchor.orders - together,
      addOn.orders - together,
      Math.max(0, totals.orders - anchor.orders - addOn.orders + together),
    ),
    togetherWeight: counts.togetherWeight,
    ordersWeight: anchor.ordersWeight,
    customersFollowed: counts.customersFollowed,
    customersLaterFollowed: counts.customersLaterFollowed,
    customersLater: counts.customersLater,
    customersLaterExpected: counts.customersLaterExpected,
    customersEarlier: 0,
    laterDaysLow: 0,
    laterDaysMedian: 0,
    laterDaysHigh: 0,
  }
}

export function evaluatePairing(
  anchor: PlanProduct,
  addOn: PlanProduct,
  counts: CountedPair,
  totals: Totals,
  settings: Settings,
): Pairing {
  const evidence = weighEvidence(anchor, addOn, counts, totals)
  const verdict = labelRelation(anchor, addOn, evidence)
  const live = verdict.status === 'live'
  const popularity = totals.ordersWeight > 0 ? addOn.ordersWeight / totals.ordersWeight : 0
  const facts = { rhythm: anchor.refill, boughtLater: boughtLater(evidence) }
  const set = isSet(anchor, addOn)
  const step = verdict.relation === 'upsell' ? stepUpOf(anchor, addOn) : null
  return {
    anchor: anchor.id,
    addOn: addOn.id,
    verdict,
    need: live
      ? nameNeed({ relation: verdict.relation, anchor, addOn, set, evidence }, settings.needTemplates)
      : step === null
        ? ''
        : upsellNeed(step, anchor),
    evidence,
    score: scoreOf(anchor, evidence, popularity, verdict.relation),
    priceRatio: priceRatio(anchor, addOn),
    windows: live
      ? windowsOf(verdict.relation, facts, settings)
      : step === null
        ? []
        : upsellWindows(step, anchor, evidence, settings),
    source: 'mined',
  }
}

/** Forms of one product; a live pairing between them is a set. */
export function isSet(anchor: PlanProduct, addOn: PlanProduct): boolean {
  return anchor.id !== addOn.id && anchor.variantGroup !== null && anchor.variantGroup === addOn.variantGroup
}

/** Each relation has its own clock: refills by who comes back, next steps by who came later, the rest by orders. */
function scoreOf(
  anchor: PlanProduct,
  evidence: Evidence,
  popularity: number,
  relation: PairingVerdict['relation'],
): number {
  if (relation === 'refill') return anchor.refill?.rebuyShare ?? 0
  if (relation === 'extend' || (relation === 'upsell' && boughtLater(evidence))) {
    return shrunkConfidence(
      evidence.customersLaterFollowed,
      evidence.customersFollowed,
      popularity,
      CONFIDENCE_SHRINKAGE,
    )
  }
  return shrunkConfidence(evidence.togetherWeight, evidence.ordersWeight, popularity, CONFIDENCE_SHRINKAGE)
}

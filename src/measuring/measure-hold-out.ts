// What the hold-out says: what the offers caused, whatever was accepted. Comes in: the moments of both arms over a window
// after each customer's first trial (ports/measure-store.ts). Goes out: differences, intention to treat: per customer, told per
// eligible order of the offered arm, with intervals that may be looked at any day. What a customer had paid before anything was offered is taken out of the
// spend (stats/cuped.ts): it is most of the noise and none of the effect. What can go wrong: too few customers, which is an
// outcome: nothing is claimed below 150 in each arm.

import { DAY_MS } from '../domain/instant.ts'
import { HOLD_OUT } from '../domain/trial.ts'
import type { MeasureStore, MetricSums, UnitMoments, VariationSums } from '../ports/measure-store.ts'
import { alwaysValidCritical, confidenceSequence } from '../stats/confidence-sequence.ts'
import { type ArmWithPast, covarianceOfSums, estimateCupedEffect } from '../stats/cuped.ts'
import { type Effect, estimateEffect } from '../stats/mean-difference.ts'
import { momentsOfSums, type SampleMoments } from '../stats/sample-moments.ts'
import { testSampleRatio } from '../stats/sample-ratio.ts'
import type { Estimate } from './estimate.ts'
import type { Caused } from './figures.ts'

/** As in GrowthBook: the intervals are asymptotic. */
export const CUSTOMERS_PER_ARM_MIN = 150
/** Further ahead nobody knows the pace. */
const DAYS_AHEAD_MAX = 3650

export type HoldOutQuestion = {
  readonly windowDays: Caused['windowDays']
  readonly untilMs: number
  readonly currency: string
  readonly term: Caused['term']
  /** `null`: margin is taken to be revenue. */
  readonly marginShare: number | null
}

export async function measureHoldOut(
  question: HoldOutQuestion,
  { store }: { readonly store: Pick<MeasureStore, 'unitMoments'> },
): Promise<Caused> {
  const { windowDays, currency, term } = question
  const moments = await store.unitMoments({
    ...{ experiment: HOLD_OUT, windowDays, currency, fromMs: term.fromMs ?? undefined },
    // What came after belongs to another share.
    untilMs: term.untilMs ?? question.untilMs,
  })
  return causedBy(moments, question)
}

export function causedBy(moments: UnitMoments, question: HoldOutQuestion): Caused {
  const { windowDays, term, marginShare } = question
  const [offered, heldOut] = [armOf(moments, 'offered'), armOf(moments, 'held-out')]
  const ratio = testSampleRatio([offered.assigned, heldOut.assigned], [1 - term.share, term.share])
  const outcome = ({ units, eligible }: VariationSums) => ({ customers: units, eligibleOrders: eligible.sum })
  const base = {
    windowDays,
    term,
    sinceMs: moments.sinceMs,
    offered: outcome(offered),
    heldOut: outcome(heldOut),
    sampleRatioPValue: ratio.kind === 'tested' ? ratio.pValue : null,
    sampleRatioAlarm: ratio.kind === 'tested' && ratio.alarm,
    attributedMinor: offered.addOnsMinor,
  }
  const nothing = {
    perOrder: null,
    revenueMinor: null,
    marginMinor: null,
    incrementality: null,
    moreDays: null,
  }
  if (Math.min(offered.units, heldOut.units) < CUSTOMERS_PER_ARM_MIN) return { ...base, ...nothing }
  const compare = (metric: 'bought' | 'orders') =>
    estimateEffect(countsOf(heldOut, metric), countsOf(offered, metric))
  const [attach, orders] = [compare('bought'), compare('orders')]
  const spend = estimateCupedEffect(spendWithPast(heldOut), spendWithPast(offered))
  if ('kind' in attach || 'kind' in orders || 'kind' in spend) return { ...base, ...nothing }
  // Compared per customer, told per order: how many orders a customer places may itself be caused.
  const perOrder = offered.units / offered.eligible.sum
  const revenueMinor = times(intervalOf(spend), offered.units)
  const share = marginShare ?? 1
  return {
    ...base,
    perOrder: {
      attach: times(intervalOf(attach), perOrder),
      orders: times(intervalOf(orders), perOrder),
      revenueMinor: times(intervalOf(spend), perOrder),
      marginMinor: times(intervalOf(spend), perOrder * share),
    },
    revenueMinor,
    marginMinor: times(revenueMinor, share),
    incrementality: incrementality(revenueMinor, offered.addOnsMinor),
    moreDays: moreDays(spend, moments, question),
  }
}

/** Caused ÷ attributed; what was attributed is a sum, not an estimate. `null` where nothing is. */
function incrementality(causedMinor: Estimate, attributedMinor: number): Estimate | null {
  return attributedMinor > 0 ? times(causedMinor, 1 / attributedMinor) : null
}

function armOf(moments: UnitMoments, variation: string): VariationSums {
  const none: MetricSums = { sum: 0, squares: 0, withEligible: 0, withBefore: 0 }
  return (
    moments.variations.find((one) => one.variation === variation) ?? {
      ...{ variation, assigned: 0, units: 0, addOnsMinor: 0 },
      ...{ eligible: none, bought: none, orders: none, spend: none, spendUncapped: none, before: none },
    }
  )
}

/** What everybody did alike may still differ for the next: its spread is taken as if one customer had done otherwise. */
function countsOf(arm: VariationSums, metric: 'bought' | 'orders'): SampleMoments {
  const { sum, squares } = arm[metric]
  const found = momentsOfSums(arm.units, sum, squares)
  return found.variance > 0 ? found : { ...found, variance: 1 / arm.units }
}

function spendWithPast({ units, spend, before }: VariationSums): ArmWithPast {
  return {
    after: momentsOfSums(units, spend.sum, spend.squares),
    before: momentsOfSums(units, before.sum, before.squares),
    covariance: covarianceOfSums(units, before.sum, spend.sum, spend.withBefore),
  }
}

function intervalOf(found: Effect): Estimate {
  const { low, high } = confidenceSequence(found)
  return { value: found.effect, low, high }
}

function times({ value, low, high }: Estimate, factor: number): Estimate {
  return { value: value * factor, low: low * factor, high: high * factor }
}

/** Where the interval holds 0: the days until it would not, if the effect is what it seems and customers come as until now. */
function moreDays(
  { effect, standardError, units }: Effect,
  { sinceMs }: UnitMoments,
  { untilMs, windowDays, term }: HoldOutQuestion,
): number | null {
  // Nobody else comes into a term that ended.
  if (term.untilMs !== null) return null
  const reach = (of: number) => alwaysValidCritical(of) * standardError * Math.sqrt(units / of)
  if (Math.abs(effect) > reach(units)) return 0
  if (sinceMs === null || effect === 0) return null
  const days = (untilMs - sinceMs) / DAY_MS - windowDays
  const perDay = units / Math.max(1, days)
  const isEnough = (more: number) => Math.abs(effect) > reach(units + more * perDay)
  if (!isEnough(DAYS_AHEAD_MAX)) return null
  let [low, high] = [0, DAYS_AHEAD_MAX]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}

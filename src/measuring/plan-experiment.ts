// How large must an experiment be, and how long does that take? Comes in: the experiment, what the shop's customers did lately.
// Goes out: customers per variation, days at the pace of the last weeks, and both in a sentence with a warning where it
// takes too long. Where the shop has no figures yet the usual ones are taken, and that is said. Nothing can go wrong.
// Source of the usual ones: revenue per customer varies about twice as much as its mean (docs/methods.md).

import type { Experiment } from '../domain/experiment.ts'
import { effectOfAmounts, effectOfRates, requiredPerArm } from '../stats/required-sample.ts'
import { usualJudge } from './judge-experiment.ts'

/** Of customers who were offered something, over the window in which an experiment counts. */
export type ShopBaseline = {
  /** Standard deviation of what a customer spends, over its mean; `null` while not known. */
  readonly spendVariation: number | null
  /** Share of customers who bought what they were offered; `null` while not known. */
  readonly attachRate: number | null
  /** Customers a day whom this experiment would meet; `null` while not known. */
  readonly customersPerDay: number | null
}

export type ExperimentPlan = {
  /** Customers. */
  readonly perVariation: number
  readonly customersPerDay: number | null
  readonly days: number | null
  /** Whether figures of other shops had to do. */
  readonly isAssumed: boolean
  readonly sentence: string
  readonly warning: string | null
}

export const DAYS_TOO_LONG = 90
const USUAL_VARIATION = 2
const USUAL_ATTACH_RATE = 0.05
/** What a customer spends in so many days counts: the order, its add-on, and what they come back for soon. */
export const EXPERIMENT_WINDOW_DAYS = 14

export function planExperiment(experiment: Experiment, baseline: ShopBaseline): ExperimentPlan {
  const { variations, primaryMetric, smallestEffect } = experiment
  const isRate = primaryMetric === 'attach-rate'
  const known = isRate ? baseline.attachRate : baseline.spendVariation
  const effect = isRate
    ? ofRate(known ?? USUAL_ATTACH_RATE, smallestEffect)
    : effectOfAmounts(known ?? USUAL_VARIATION, smallestEffect)
  const alpha = usualJudge.alpha / (variations.length - 1)
  const perVariation = Math.max(usualJudge.unitsMin, requiredPerArm(effect, { alpha, looks: 'daily' }))
  const { customersPerDay } = baseline
  const smallestShare = Math.min(...variations.map(({ share }) => share))
  const intake =
    customersPerDay === null || customersPerDay <= 0 ? null : perVariation / smallestShare / customersPerDay
  const days =
    intake === null ? null : Math.ceil(Math.max(usualJudge.daysMin, intake)) + EXPERIMENT_WINDOW_DAYS
  const found = { perVariation, customersPerDay, days, isAssumed: known === null }
  return { ...found, sentence: tell(found, smallestEffect), warning: warn(found) }
}

/** A rate that would pass 1 is planned for as it is found most easily. */
function ofRate(rate: number, relative: number) {
  const control = Math.min(0.99, Math.max(0.0001, rate))
  return effectOfRates(control, Math.min(0.999, control * (1 + relative)))
}

type Found = Pick<ExperimentPlan, 'perVariation' | 'customersPerDay' | 'days' | 'isAssumed'>

function tell({ perVariation, days, isAssumed }: Found, smallestEffect: number): string {
  const customers = perVariation.toLocaleString('en-GB')
  const effect = `${Number((smallestEffect * 100).toFixed(1))} %`
  const needs = `To find a difference of ${effect}, each variation needs about ${customers} customers`
  const takes =
    days === null
      ? 'how long that takes is not known yet'
      : `at the pace of the last weeks that takes about ${days.toLocaleString('en-GB')} days`
  const basis = isAssumed
    ? ' The shop has no figures of its own yet, so those of other shops stand in for them.'
    : ''
  return `${needs}; ${takes}.${basis}`
}

function warn({ days, customersPerDay }: Found): string | null {
  if (customersPerDay === 0)
    return 'No customer of the last weeks would have met it: it would never end. Test something that more of them see.'
  if (days === null || days <= DAYS_TOO_LONG) return null
  return `${days.toLocaleString('en-GB')} days are too long: seasons and prices change meanwhile. Look for a larger difference, take fewer variations, or test something that more customers see.`
}

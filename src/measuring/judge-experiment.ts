// What an experiment says today, in one word and with its interval. Comes in: sums per arm over its customers, the shares
// they were sent by, how many days it runs. Goes out: for each other arm against the first one *better*, *worse*, *no
// difference larger than X*, or *not enough yet* with the days that it still takes; or, of all arms, a *broken split*.
// May be asked every day: the intervals hold under every look (confidence-sequence.ts). An experiment ends when
// one answer has stood for three days, or at its planned size (`standingVerdict`); a later look may again be undecided. What can go wrong: nothing;
// arms that cannot be compared are "not enough yet" with the reason.

import { plannedSequence } from '../stats/confidence-sequence.ts'
import { type ArmWithPast, covarianceOfSums, estimateCupedEffect } from '../stats/cuped.ts'
import {
  type Effect,
  type EffectScale,
  estimateEffect,
  type NotComparable,
} from '../stats/mean-difference.ts'
import { unitsToFind } from '../stats/required-sample.ts'
import { momentsOfSums } from '../stats/sample-moments.ts'
import { testSampleRatio } from '../stats/sample-ratio.ts'

/** Over all customers of an arm, those who did nothing included; one value per customer, capped where the shop caps. */
export type ArmSums = {
  readonly units: number
  readonly sum: number
  readonly sumOfSquares: number
  /** Of the same customers before their first exposure; of all arms or of none. */
  readonly past?: {
    readonly sum: number
    readonly sumOfSquares: number
    /** Past times outcome. */
    readonly sumOfProducts: number
  }
}

export type RunningExperiment = {
  /** The first is the control. At least two. */
  readonly arms: readonly ArmSums[]
  /** What each arm was to receive, of any sum. */
  readonly shares: readonly number[]
  /** Since the first customer came in. */
  readonly days: number
}

export type JudgeSettings = {
  /** Chance that any arm is ever called different while it is not, over all looks and arms. */
  readonly alpha: number
  /** The smallest difference that matters to the owner, as a share of the control's mean. Above 0. */
  readonly matters: number
  /**
   * Customers of both arms that were planned for before the start (required-sample.ts): there the interval is narrowest.
   * The usual 28,000 find 6 % against 5 % in 83 % of experiments (bench/experiments.ts).
   */
  readonly plannedUnits: number
  /** No good news before so many days: a weekend is not a week, and what is new wears off. */
  readonly daysMin: number
  /**
   * In each arm; the intervals are asymptotic. With 500 they hold skewed spending at every look in 95 % of experiments, with
   * 150 (GrowthBook's least) in 93 % (bench/experiments.ts, a quarter spends, σ of the logarithm 1.5).
   */
  readonly unitsMin: number
  /** Whether more of the metric is good (revenue) or less (unsubscribes). */
  readonly good: 'more' | 'less'
}

export const usualJudge: JudgeSettings = {
  alpha: 0.05,
  matters: 0.1,
  plannedUnits: 28_000,
  daysMin: 14,
  unitsMin: 500,
  good: 'more',
}

export type Estimate = { readonly effect: number; readonly low: number; readonly high: number }

export type ArmEstimates = {
  /** Per customer, in the unit of the metric. */
  readonly absolute: Estimate
  /** As a share of the control's mean; `null` where that is 0. */
  readonly relative: Estimate | null
  /** In (0, 1]: that of the absolute effect, valid at every look. */
  readonly pValue: number
  /** Variance that the past left over, as a share; 1 without a past. */
  readonly varianceLeft: number
}

export type ArmVerdict =
  | ({ readonly kind: 'better' | 'worse' } & ArmEstimates)
  /** `largest`: no difference is larger than this, as a share of the control's mean. */
  | ({ readonly kind: 'no-difference'; readonly largest: number } & ArmEstimates)
  | {
      readonly kind: 'not-enough-yet'
      readonly reason: string
      /** About; whole, at least 1; `null` where nothing can be said about it. */
      readonly moreDays: number | null
      readonly soFar: ArmEstimates | null
    }

export type ExperimentVerdict =
  | { readonly kind: 'broken-split'; readonly pValue: number; readonly reason: string }
  /** One for each arm but the first. */
  | { readonly kind: 'judged'; readonly arms: readonly ArmVerdict[] }

export function judgeExperiment(
  { arms, shares, days }: RunningExperiment,
  settings: JudgeSettings = usualJudge,
): ExperimentVerdict {
  const [control, ...treated] = arms
  if (control === undefined || treated.length === 0) {
    throw new RangeError(`invalid experiment: it has ${arms.length} arms, two are needed`)
  }
  const split = testSampleRatio(
    arms.map(({ units }) => units),
    shares,
  )
  if (split.kind === 'tested' && split.alarm) {
    const counts = arms.map(({ units }) => units).join(' against ')
    const reason = `${counts} customers do not fit the shares they were sent by: assignment or logging is broken`
    return { kind: 'broken-split', pValue: split.pValue, reason }
  }
  // Several arms against one control: each gets its part of alpha (Bonferroni).
  const alpha = settings.alpha / treated.length
  return {
    kind: 'judged',
    arms: treated.map((arm) => judgeArm(control, arm, days, { ...settings, alpha })),
  }
}

/** What was said of one arm at one look; looks in the order of time. */
export type Look = {
  readonly days: number
  /** Of this arm and the control. */
  readonly units: number
  readonly kind: ArmVerdict['kind']
}

/** Days for which all looks must agree, before the planned size is reached. */
export const STANDS_DAYS = 3

/**
 * The answer that ends the experiment, or `null` while there is none: the same one at every look of the last three days, or
 * that of the look which finds the planned size reached. Chance needs no such wait, but figures do: in 14 of 197 series of
 * ASOS that end at nothing, orders of one arm were counted a little before those of the other, which looked like an
 * effect of up to six standard errors for up to three daily looks. With two days two of these were called, with three
 * none (bench/asos.ts, where the three were chosen).
 */
export function standingVerdict(
  looks: readonly Look[],
  plannedUnits: number,
): 'better' | 'worse' | 'no-difference' | null {
  const last = looks.at(-1)
  if (last === undefined || last.kind === 'not-enough-yet') return null
  if (last.units >= plannedUnits && (looks.at(-2)?.units ?? 0) < plannedUnits) return last.kind
  const other = looks.findLastIndex(({ kind }) => kind !== last.kind)
  const since = looks[other + 1]
  return since !== undefined && last.days - since.days >= STANDS_DAYS - 1e-9 ? last.kind : null
}

function judgeArm(control: ArmSums, treated: ArmSums, days: number, settings: JudgeSettings): ArmVerdict {
  const absolute = effectOf(control, treated, 'absolute')
  if ('kind' in absolute)
    return { kind: 'not-enough-yet', reason: absolute.reason, moreDays: null, soFar: null }
  const relative = effectOf(control, treated, 'relative')
  const { alpha, plannedUnits } = settings
  const found = plannedSequence(absolute, { alpha, plannedUnits })
  const share = 'kind' in relative ? null : plannedSequence(relative, { alpha, plannedUnits })
  const estimates: ArmEstimates = {
    absolute: { effect: absolute.effect, low: found.low, high: found.high },
    relative:
      'kind' in relative || share === null
        ? null
        : { effect: relative.effect, low: share.low, high: share.high },
    pValue: found.pValue,
    varianceLeft: absolute.varianceRatio,
  }
  const few = Math.min(control.units, treated.units)
  if (few < settings.unitsMin) {
    const moreDays = daysUntil(settings.unitsMin, few, days)
    const reason = `an arm has ${few} customers, ${settings.unitsMin} are needed before anything is said`
    return { kind: 'not-enough-yet', reason, moreDays, soFar: estimates }
  }
  return decide(estimates, { relative, days }, settings)
}

function decide(
  estimates: ArmEstimates,
  { relative, days }: { readonly relative: Effect | NotComparable; readonly days: number },
  settings: JudgeSettings,
): ArmVerdict {
  const side = sideOf(estimates.absolute)
  if (side !== 0) {
    const good = side > 0 === (settings.good === 'more')
    // A loss is said at once: nobody should go on losing for the sake of full weeks.
    if (!good) return { kind: 'worse', ...estimates }
    if (days >= settings.daysMin) return { kind: 'better', ...estimates }
  }
  const reached = estimates.relative === null ? Number.POSITIVE_INFINITY : largestOf(estimates.relative)
  if (side === 0 && reached <= settings.matters && days >= settings.daysMin) {
    return { kind: 'no-difference', largest: reached, ...estimates }
  }
  if (days < settings.daysMin && (side !== 0 || reached <= settings.matters)) {
    const moreDays = Math.ceil(settings.daysMin - days)
    const reason = `it has run for ${Math.floor(days)} days, ${settings.daysMin} are needed for full weeks`
    return { kind: 'not-enough-yet', reason, moreDays, soFar: estimates }
  }
  if ('kind' in relative) {
    return { kind: 'not-enough-yet', reason: relative.reason, moreDays: null, soFar: estimates }
  }
  const needed = unitsNeeded(relative, settings)
  const moreDays = Math.max(daysUntil(needed, relative.units, days) ?? 1, Math.ceil(settings.daysMin - days))
  const reason = 'the interval holds both nothing and a difference that matters'
  return { kind: 'not-enough-yet', reason, moreDays: days > 0 ? moreDays : null, soFar: estimates }
}

/** Where the interval lies: above 0, below it, or around it. */
function sideOf({ low, high }: Estimate): 1 | -1 | 0 {
  return low > 0 ? 1 : high < 0 ? -1 : 0
}

function largestOf({ low, high }: Estimate): number {
  return Math.max(Math.abs(low), Math.abs(high))
}

/** At which a difference that matters, or the larger one that it looks like, would be found in four of five cases. */
function unitsNeeded({ effect, standardError, units }: Effect, settings: JudgeSettings): number {
  return unitsToFind(Math.max(settings.matters, Math.abs(effect)), standardError ** 2 * units, {
    alpha: settings.alpha,
    looks: 'daily',
    plannedUnits: settings.plannedUnits,
  })
}

/** At the pace so far; whole, at least 1. */
function daysUntil(needed: number, units: number, days: number): number | null {
  if (!(units > 0 && days > 0)) return null
  return Math.max(1, Math.ceil(((needed - units) / units) * days))
}

function effectOf(
  control: ArmSums,
  treated: ArmSums,
  scale: EffectScale,
): (Effect & { readonly varianceRatio: number }) | NotComparable {
  if (control.past !== undefined && treated.past !== undefined) {
    return estimateCupedEffect(withPast(control, control.past), withPast(treated, treated.past), scale)
  }
  const [one, other] = [control, treated].map(({ units, sum, sumOfSquares }) =>
    momentsOfSums(units, sum, sumOfSquares),
  )
  if (one === undefined || other === undefined) throw new RangeError('invalid arms')
  const found = estimateEffect(one, other, scale)
  return 'kind' in found ? found : { ...found, varianceRatio: 1 }
}

function withPast(arm: ArmSums, past: NonNullable<ArmSums['past']>): ArmWithPast {
  return {
    after: momentsOfSums(arm.units, arm.sum, arm.sumOfSquares),
    before: momentsOfSums(arm.units, past.sum, past.sumOfSquares),
    covariance: covarianceOfSums(arm.units, past.sum, arm.sum, past.sumOfProducts),
  }
}

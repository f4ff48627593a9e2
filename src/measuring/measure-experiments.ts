// What experiments say today. Comes in: experiments that run or have ended, the store. Goes out: per variation its customers,
// the metric and the difference from the control with its interval, a verdict, and all of it in a sentence. One that ended
// is looked at as it stood then, and keeps the sentence that was written. Judging is judge-experiment.ts; this file fetches
// what it asks for and puts the answer into words.

import type { Experiment } from '../domain/experiment.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Settings } from '../domain/settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { MeasureStore, UnitMoments, VariationSums } from '../ports/measure-store.ts'
import type { TrialStore, VariationHarm } from '../ports/trial-store.ts'
import type { Estimate } from './estimate.ts'
import type { RunningVerdict, VariationFigures, Verdict } from './experiment-figures.ts'
import { type ArmSums, type ArmVerdict, judgeExperiment, usualJudge } from './judge-experiment.ts'
import { EXPERIMENT_WINDOW_DAYS, planExperiment } from './plan-experiment.ts'
import { tellVerdict } from './tell-verdict.ts'
import { watchGuardrails } from './watch-guardrails.ts'

export type MeasuringEffects = {
  readonly store: Pick<MeasureStore, 'unitMoments'> & Pick<TrialStore, 'sumHarm'>
  readonly settings: Pick<Settings, 'measuring'>
  readonly clock: Clock
  readonly currency: string
}

/** Customers who saw two variations, as a share of all: above it nothing can be believed. */
const IN_TWO_MAX = 0.01

export async function measureExperiments(
  experiments: readonly Experiment[],
  effects: MeasuringEffects,
): Promise<RunningVerdict[]> {
  const verdicts: RunningVerdict[] = []
  // One after the other: each reads much of the store.
  for (const experiment of experiments)
    if (experiment.startedAtMs !== null) verdicts.push(await measureOne(experiment, effects))
  return verdicts
}

async function measureOne(
  experiment: Experiment,
  { store, settings, clock, currency }: MeasuringEffects,
): Promise<RunningVerdict> {
  const untilMs = experiment.endedAtMs ?? clock.nowMs()
  const question = { experiment: experiment.id, currency, windowDays: EXPERIMENT_WINDOW_DAYS, untilMs }
  const [moments, harm] = await Promise.all([
    store.unitMoments(question),
    store.sumHarm(experiment.id, currency),
  ])
  const { marginShare } = settings.measuring
  return judgeMoments(experiment, { moments, harm, untilMs, marginShare })
}

export function judgeMoments(
  experiment: Experiment,
  found: {
    readonly moments: UnitMoments
    readonly harm: readonly VariationHarm[]
    readonly untilMs: number
    readonly marginShare: number | null
  },
): RunningVerdict {
  const { moments, harm, untilMs, marginShare } = found
  const sums = experiment.variations.map(({ id }) =>
    moments.variations.find(({ variation }) => variation === id),
  )
  const arms = experiment.variations.map((variation, i) => armOf(experiment, variation, sums[i], marginShare))
  // Customers who are judged came in until their window began to run.
  const days = moments.sinceMs === null ? 0 : (untilMs - moments.sinceMs) / DAY_MS - EXPERIMENT_WINDOW_DAYS
  const shares = experiment.variations.map(({ share }) => share)
  const judged = judgeExperiment(
    { arms, shares, days: Math.max(0, days) },
    { ...usualJudge, matters: experiment.smallestEffect, plannedUnits: plannedUnits(experiment) },
  )
  const broken =
    judged.kind === 'broken-split'
      ? judged.reason
      : whyBroken(moments, untilMs - EXPERIMENT_WINDOW_DAYS * DAY_MS)
  const harmed = watchGuardrails(experiment, harm)
  const variations = experiment.variations.map(({ id }, i): VariationFigures => {
    const arm = arms[i]
    const verdict = judged.kind === 'judged' ? judged.arms[i - 1] : undefined
    return {
      variation: id,
      customers: arm?.units ?? 0,
      eligibleOrders: sums[i]?.eligible.sum ?? 0,
      mean: arm === undefined || arm.units === 0 ? 0 : arm.sum / arm.units,
      difference: verdict === undefined ? null : differenceOf(verdict),
      verdict:
        i === 0 ? null : verdictOf(verdict, { broken, harmed: harmed?.variation === id ? harmed : null }),
    }
  })
  const told = tellVerdict(experiment, variations, { relative: relativeOf(judged), marginShare })
  return { experiment, variations, sentence: experiment.verdict ?? told }
}

/**
 * Customers of both arms at which the interval is narrowest. It must not depend on what was seen, so the usual figures are
 * planned with, whatever the shop's own are.
 */
function plannedUnits(experiment: Experiment): number {
  const nothingKnown = { spendVariation: null, attachRate: null, customersPerDay: null }
  return 2 * planExperiment(experiment, nothingKnown).perVariation
}

type Judged = ReturnType<typeof judgeExperiment>

/** Of each variation, control first, the difference as a share of the control's mean. */
function relativeOf(judged: Judged): readonly (Estimate | null)[] {
  if (judged.kind !== 'judged') return []
  const estimates = judged.arms.map((arm) => (arm.kind === 'not-enough-yet' ? arm.soFar : arm))
  return [null, ...estimates.map((one) => toEstimate(one?.relative ?? null))]
}

function differenceOf(verdict: ArmVerdict): Estimate | null {
  return toEstimate((verdict.kind === 'not-enough-yet' ? verdict.soFar : verdict)?.absolute ?? null)
}

function toEstimate(
  found: { readonly effect: number; readonly low: number; readonly high: number } | null,
): Estimate | null {
  return found === null ? null : { value: found.effect, low: found.low, high: found.high }
}

function verdictOf(
  verdict: ArmVerdict | undefined,
  {
    broken,
    harmed,
  }: {
    readonly broken: string | null
    readonly harmed: ReturnType<typeof watchGuardrails>
  },
): Verdict | null {
  if (broken !== null) return { kind: 'broken', reason: broken }
  if (harmed !== null) return { kind: 'guardrail', guardrail: harmed.guardrail, reason: harmed.reason }
  if (verdict === undefined) return null
  switch (verdict.kind) {
    case 'no-difference':
      return { kind: 'no-difference', largerThan: verdict.largest }
    case 'not-enough-yet':
      return { kind: 'not-enough', moreDays: verdict.moreDays }
    default:
      return { kind: verdict.kind }
  }
}

function whyBroken({ variations, unitsInTwo }: UnitMoments, matureMs: number): string | null {
  const assigned = variations.reduce((sum, one) => sum + one.assigned, unitsInTwo)
  if (matureMs <= 0 || assigned === 0 || unitsInTwo / assigned <= IN_TWO_MAX) return null
  return `${unitsInTwo} of ${assigned} customers saw more than one variation`
}

/** The metric per customer, with the order that they began with as their past. */
function armOf(
  { primaryMetric }: Experiment,
  { change }: Experiment['variations'][number],
  sums: VariationSums | undefined,
  marginShare: number | null,
): ArmSums {
  if (sums === undefined) return { units: 0, sum: 0, sumOfSquares: 0 }
  const { units, bought, spend, before } = sums
  if (primaryMetric === 'attach-rate') return { units, sum: bought.sum, sumOfSquares: bought.squares }
  const scale = primaryMetric === 'margin-per-customer' ? (marginShare ?? 1) : 1
  const past = { sum: before.sum, sumOfSquares: before.squares, sumOfProducts: spend.withBefore * scale }
  const arm = { units, sum: spend.sum * scale, sumOfSquares: spend.squares * scale ** 2, past }
  const isGivenUp =
    primaryMetric === 'margin-per-customer' && marginShare !== null && change.kind === 'discount'
  return isGivenUp ? withoutGivenUp(arm, sums.addOnsMinor, { marginShare, percent: change.percent }) : arm
}

/**
 * A discount is taken from the margin, not from the cost: an add-on of 100 with a margin of 40 that goes for 90 leaves 30,
 * not 36. Spread evenly over the customers, which moves the mean and leaves the variance.
 */
function withoutGivenUp(
  arm: ArmSums & { readonly past: NonNullable<ArmSums['past']> },
  addOnsMinor: number,
  { marginShare, percent }: { readonly marginShare: number; readonly percent: number },
): ArmSums {
  if (arm.units === 0) return arm
  const fullMinor = addOnsMinor / (1 - percent / 100)
  const each = ((fullMinor - addOnsMinor) * (1 - marginShare)) / arm.units
  return {
    units: arm.units,
    sum: arm.sum - each * arm.units,
    sumOfSquares: arm.sumOfSquares - 2 * each * arm.sum + each ** 2 * arm.units,
    past: { ...arm.past, sumOfProducts: arm.past.sumOfProducts - each * arm.past.sum },
  }
}

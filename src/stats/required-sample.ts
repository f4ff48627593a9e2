// How many customers must an experiment have before it can answer? Asked before it starts, and again when it ran out of
// time. Comes in: what the control does, how far off the other arm must be to matter, and how the result is looked at.
// Goes out: customers per arm, or the smallest effect that so many would show. What can go wrong: an effect of 0, a rate
// outside (0, 1): RangeError, since no number of customers answers such a question.
// Source: the two-sample normal test with unpooled variances (Chow, Shao & Wang 2008, chapter 4); under daily looks the
// critical value is that of `plannedSequence`, 2.797 at the planned end. Earlier looks are not counted, which find some
// more: what is planned for 80 % finds 87 %.

import { plannedCritical } from './confidence-sequence.ts'
import { normalCdf, normalQuantile } from './special-functions.ts'

export type TestPlan = {
  /** Chance of a false alarm, in (0, 1). */
  readonly alpha?: number
  /** Chance to find an effect that is there, in (0.5, 1). */
  readonly power?: number
  /** `greater`: only one direction counts, as for a guardrail. */
  readonly sides?: 'two' | 'greater'
  /** `daily`: may be stopped at any look; two-sided. */
  readonly looks?: 'once' | 'daily'
  /** Units over both arms that the sequence of daily looks was planned for; without it, those that are asked about. */
  readonly plannedUnits?: number
}

/** Variances of single customers in the two arms, and the difference of their means. */
export type ExpectedEffect = { readonly difference: number; readonly variances: readonly [number, number] }

/** Rates in (0, 1): attach rate, unsubscribes. */
export function effectOfRates(control: number, treated: number): ExpectedEffect {
  if (!(control > 0 && control < 1 && treated > 0 && treated < 1)) {
    throw new RangeError(`invalid rates: ${control} and ${treated} must lie between 0 and 1`)
  }
  return { difference: treated - control, variances: [control * (1 - control), treated * (1 - treated)] }
}

/** Revenue or margin: `variation` is its standard deviation over its mean, `relative` the effect as a share of the mean. */
export function effectOfAmounts(variation: number, relative: number): ExpectedEffect {
  return { difference: relative, variances: [variation ** 2, variation ** 2] }
}

/** Not worse by more than `margin`: the rate stays at `control`, and the limit to stay below is `margin` above it. */
export function effectOfLimit(control: number, margin: number): ExpectedEffect {
  const { variances } = effectOfRates(control, control)
  return { difference: margin, variances }
}

/** Customers per arm, rounded up. */
export function requiredPerArm({ difference, variances }: ExpectedEffect, plan: TestPlan = {}): number {
  if (difference === 0) throw new RangeError('invalid effect: a difference of 0 cannot be found')
  const found = 2 * (variances[0] + variances[1])
  // 25,117 and a rounding error are 25,117.
  return Math.ceil((unitsToFind(difference, found, plan) / 2) * (1 - 1e-12))
}

/**
 * Units over all arms at which an effect of `size` would be found, where the squared standard error of n units is
 * `spread` / n: for an experiment that runs, its squared standard error times its units.
 */
export function unitsToFind(size: number, spread: number, plan: TestPlan = {}): number {
  const { power = 0.8, looks = 'once', plannedUnits } = plan
  const scale = spread / size ** 2
  let needed = scale
  // Far beyond the plan the critical value grows as the root of a logarithm: the rounds end.
  const rounds = looks === 'daily' && plannedUnits !== undefined ? 100 : 1
  for (let round = 0; round < rounds; round++) {
    needed = (criticalOf(needed, plan) + normalQuantile(power)) ** 2 * scale
  }
  return needed
}

/** Chance in [0, 1] to find the effect with `perArm` customers: at the end, where looks are daily. */
export function powerOf(
  { difference, variances }: ExpectedEffect,
  perArm: number,
  plan: TestPlan = {},
): number {
  const critical = criticalOf(2 * perArm, plan)
  const z = Math.abs(difference) / Math.sqrt((variances[0] + variances[1]) / perArm)
  return normalCdf(z - critical) + (plan.sides === 'greater' ? 0 : normalCdf(-z - critical))
}

/** At so many units over both arms. */
function criticalOf(
  units: number,
  { alpha = 0.05, sides = 'two', looks = 'once', plannedUnits }: TestPlan,
): number {
  if (looks === 'daily') return plannedCritical(units, { alpha, plannedUnits: plannedUnits ?? units })
  return sides === 'two' ? normalQuantile(1 - alpha / 2) : normalQuantile(1 - alpha)
}

/** The smallest rise of a rate that `perArm` customers show with the power of the plan; `null` where none below 1 is. */
export function detectableRise(control: number, perArm: number, plan: TestPlan = {}): number | null {
  return detectableEffect((rise) => effectOfRates(control, control + rise), 1 - control, perArm, plan)
}

/** The smallest size in (0, `most`) whose effect `perArm` customers show with the power of the plan; `null` where none is. */
export function detectableEffect(
  effectOf: (size: number) => ExpectedEffect,
  most: number,
  perArm: number,
  plan: TestPlan = {},
): number | null {
  let low = 0
  let high = most
  const enough = (size: number): boolean => powerOf(effectOf(size), perArm, plan) >= (plan.power ?? 0.8)
  if (!enough(high * (1 - 1e-9))) return null
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

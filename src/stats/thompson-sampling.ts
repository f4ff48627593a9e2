// Which pairing to offer while it is still open which is best? Each is offered as often as it may be the best. Comes in:
// per arm its prior, how often it was shown and taken, and what one acceptance earns. Goes out: the chance of each arm,
// which the log of decisions needs (off-policy.ts). Every arm keeps a floor, so that a fallen one can come back and logs
// stay usable. What can go wrong: no arm at all (RangeError).
// Source: Thompson 1933; Chapelle & Li 2011, "An empirical evaluation of Thompson sampling", also for the sharpness (their
// posterior reshaping); floor as in GrowthBook's bandit; delayed answers after Chapelle 2014; forgetting after Garivier &
// Moulines 2011 (discounting).

import type { ArmCounts, BetaPrior } from './beta-prior.ts'
import { type Contender, chancesToBeBest } from './chance-to-be-best.ts'
import type { Random } from './seeded-random.ts'

export type Arm = ArmCounts & {
  readonly prior: BetaPrior
  /** What one acceptance earns, above 0; in any one unit. */
  readonly worth: number
}

/** Chance that each arm keeps, whatever was seen. */
export const FLOOR = 0.01
/**
 * Arms are weighed as if three times as much were known of them. Thompson's own rule (1) looks at weak arms for so long
 * that within some thousand showings it earns less: with a prior learned from the same arms it captured .68, .74 and .53
 * of what the best of 10, 50 and 200 arms earns over the average, with 3 it is .77, .82 and .75 (bench/choice.ts).
 */
export const SHARPNESS = 3
/** What is kept of yesterday's counts: half of them are forgotten after 69 days. */
export const DAILY_KEPT = 0.99

/** Beta(a, b) of the arm's rate after what was seen. */
export function posteriorOf({ prior, taken, shown }: Arm): BetaPrior {
  return { a: prior.a + taken, b: prior.b + Math.max(0, shown - taken) }
}

/** Counts as they weigh `days` later. */
export function forget({ taken, shown }: ArmCounts, days: number): ArmCounts {
  const kept = DAILY_KEPT ** days
  return { taken: taken * kept, shown: shown * kept }
}

/** Showings by their age, each counted by the share of all answers that have come by that age: `answered` in [0, 1]. */
export function maturedShown(ages: readonly number[], answered: (age: number) => number): number {
  return ages.reduce((sum, age) => sum + answered(age), 0)
}

/**
 * The chances with which each arm is offered until the next refresh: sums to 1, none below the floor. Computed when counts
 * change; a decision only draws from them (`drawChoice`) and logs the one that it drew.
 */
export function choiceProbabilities(
  arms: readonly Arm[],
  { floor = FLOOR, sharpness = SHARPNESS }: { readonly floor?: number; readonly sharpness?: number } = {},
): Float64Array {
  if (arms.length === 0) throw new RangeError('invalid choice: there is no arm')
  return withFloor(chancesToBeBest(arms.map((arm) => contenderOf(arm, sharpness))), floor)
}

/** An index, with the chance that stands there. `probabilities` sum to 1. */
export function drawChoice(probabilities: ArrayLike<number>, random: Random): number {
  let left = random()
  for (let index = 0; index < probabilities.length; index++) {
    left -= probabilities[index] ?? 0
    if (left < 0) return index
  }
  return probabilities.length - 1
}

/** The arm's rate as it is known, for `chancesToBeBest`; a `sharpness` above 1 takes it for better known than it is. */
export function contenderOf(arm: Arm, sharpness = 1): Contender {
  const { a, b } = posteriorOf(arm)
  return { a: a * sharpness, b: b * sharpness, worth: arm.worth }
}

/** Floor for every arm, the rest by weight; even where the floors take all. Weights sum to 1. */
export function withFloor(weights: ArrayLike<number>, floor: number): Float64Array {
  const kept = Math.min(Math.max(0, floor), 1 / weights.length)
  return Float64Array.from(weights, (weight) => kept + (1 - weights.length * kept) * weight)
}

/** What is lost per showing, on average, by keeping `kept` where `other` may be better. In the unit of the worth. */
export function expectedLoss(kept: Arm, other: Arm): number {
  // E[(A - B)⁺] = E[A] P(A⁺ > B) - E[B] P(A > B⁺), where A⁺ is A weighted by its own size: Beta(a + 1, b).
  const [keeps, wins] = [posteriorOf(kept), posteriorOf(other)]
  const mean = (beta: BetaPrior, worth: number): number => (worth * beta.a) / (beta.a + beta.b)
  const sized = (arm: Arm): Contender => ({ ...contenderOf(arm), a: posteriorOf(arm).a + 1 })
  const chanceOf = (one: Contender, rival: Contender): number => chancesToBeBest([one, rival])[0] ?? 0
  const gained = mean(wins, other.worth) * chanceOf(sized(other), contenderOf(kept))
  const given = mean(keeps, kept.worth) * chanceOf(contenderOf(other), sized(kept))
  return Math.max(0, gained - given)
}

// Which pairing to offer while it is still open which is best? Each is offered as often as it may be the best: draw a
// rate that each arm may truly have, and take the one that earns most by it. Comes in: per arm its prior, how often it
// was shown and taken, and what one acceptance earns. Goes out: the arm, and the chances that it had, which the log of
// decisions needs (off-policy.ts). Every arm keeps a floor, so that a fallen one can come back and logs stay usable.
// What can go wrong: no arm at all (RangeError).
// Source: Thompson 1933; Chapelle & Li 2011, "An empirical evaluation of Thompson sampling"; floor as in GrowthBook's
// bandit; delayed answers after Chapelle 2014; forgetting after Garivier & Moulines 2011 (discounting).

import { drawBeta } from './beta-draw.ts'
import type { ArmCounts, BetaPrior } from './beta-prior.ts'
import { lnBeta, lowerBeta } from './incomplete-beta.ts'
import type { Random } from './seeded-random.ts'

export type Arm = ArmCounts & {
  readonly prior: BetaPrior
  /** What one acceptance earns, above 0; in any one unit. */
  readonly worth: number
}

/** Chance that each arm keeps, whatever was seen. */
export const FLOOR = 0.01
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

/** The arm to offer, as an index. Drawn with exactly the chances of `armPropensities`. */
export function chooseArm(arms: readonly Arm[], random: Random, floor = FLOOR): number {
  if (arms.length === 0) throw new RangeError('invalid choice: there is no arm')
  if (random() < arms.length * Math.max(0, floor)) return Math.floor(random() * arms.length)
  let best = 0
  let most = -1
  for (const [index, arm] of arms.entries()) {
    const { a, b } = posteriorOf(arm)
    const earned = drawBeta(a, b, random) * arm.worth
    if (earned > most) [best, most] = [index, earned]
  }
  return best
}

/** Chance of each arm to be chosen: sums to 1, none below the floor. */
export function armPropensities(arms: readonly Arm[], floor = FLOOR): Float64Array {
  return withFloor(chancesToBeBest(arms), floor)
}

/** Floor for every arm, the rest by weight; even where the floors take all. Weights sum to 1. */
export function withFloor(weights: ArrayLike<number>, floor: number): Float64Array {
  const kept = Math.min(Math.max(0, floor), 1 / weights.length)
  return Float64Array.from(weights, (weight) => kept + (1 - weights.length * kept) * weight)
}

/** Chance of each arm to earn most, by quadrature: ∫ of its density times what all others lie below. Sums to 1. */
export function chancesToBeBest(arms: readonly Arm[]): Float64Array {
  const posteriors = arms.map(posteriorOf)
  const narrowest = Math.min(...posteriors.map(logOddsSpread))
  const chances = Float64Array.from(arms, (arm, index) => {
    let sum = 0
    for (const { rate, weight } of nodesOf(posteriors[index] ?? arm.prior, narrowest)) {
      let chance = weight
      for (const [other, { worth }] of arms.entries()) {
        if (other === index) continue
        const { a, b } = posteriors[other] ?? arm.prior
        chance *= lowerBeta((rate * arm.worth) / worth, a, b)
        if (chance < 1e-18) break
      }
      sum += chance
    }
    return sum
  })
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  return chances.map((chance) => chance / total)
}

/** What is lost per showing, on average, by keeping `kept` where `other` may be better. In the unit of the worth. */
export function expectedLoss(kept: Arm, other: Arm): number {
  // E[(A - B)⁺] = E[A] P(A⁺ > B) - E[B] P(A > B⁺), where A⁺ is A weighted by its own size: Beta(a + 1, b).
  const [keeps, wins] = [posteriorOf(kept), posteriorOf(other)]
  const mean = (beta: BetaPrior, worth: number): number => (worth * beta.a) / (beta.a + beta.b)
  const sized = (arm: Arm): Arm => ({ ...arm, prior: { ...arm.prior, a: arm.prior.a + 1 } })
  const gained = mean(wins, other.worth) * (chancesToBeBest([sized(other), kept])[0] ?? 0)
  const given = mean(keeps, kept.worth) * (chancesToBeBest([other, sized(kept)])[0] ?? 0)
  return Math.max(0, gained - given)
}

function logOddsSpread({ a, b }: BetaPrior): number {
  return Math.sqrt((a + b) / (a * b))
}

/**
 * Nodes of the trapezoid rule on the log-odds scale, where a beta density is smooth and falls off exponentially on both
 * sides, also for shapes below 1. Steps of half the narrowest spread, so that no other arm's rise falls between two.
 */
function nodesOf(
  { a, b }: BetaPrior,
  narrowest: number,
): { readonly rate: number; readonly weight: number }[] {
  const front = -lnBeta(a, b)
  const mode = Math.log(a / b)
  const lnDensity = (t: number): number => front - a * Math.log1p(Math.exp(-t)) - b * Math.log1p(Math.exp(t))
  const peak = lnDensity(mode)
  const reach = (side: number): number => {
    let width = 4 * logOddsSpread({ a, b })
    while (lnDensity(mode + side * width) > peak - 32 && width < 700) width *= 1.25
    return Math.min(width, 700)
  }
  const [left, right] = [mode - reach(-1), mode + reach(1)]
  const steps = Math.min(600, Math.max(64, Math.ceil((2 * (right - left)) / narrowest)))
  const step = (right - left) / steps
  return Array.from({ length: steps + 1 }, (_, node) => {
    const t = left + node * step
    return { rate: 1 / (1 + Math.exp(-t)), weight: Math.exp(lnDensity(t)) * step }
  })
}

// How many of n tosses succeed: one exact draw from Binomial(n, p), at a cost that does not grow with n.
// Source: Hörmann 1993, "The generation of binomial random variates" (BTRS, transformed rejection with squeeze) where
// n p ≥ 10; below, the distribution function is walked from zero.

import type { Random } from './seeded-random.ts'
import { lnGamma } from './special-functions.ts'

/** `trials`: whole, ≥ 0. `probability` outside [0, 1] counts as its nearer end. A whole number from 0 to `trials`. */
export function drawBinomial(trials: number, probability: number, random: Random): number {
  if (!(probability > 0) || trials === 0) return 0
  if (probability >= 1) return trials
  if (probability > 0.5) return trials - drawBinomial(trials, 1 - probability, random)
  return trials * probability < 10 ? walk(trials, probability, random) : reject(trials, probability, random)
}

function walk(trials: number, probability: number, random: Random): number {
  const odds = probability / (1 - probability)
  let chance = Math.exp(trials * Math.log1p(-probability))
  let left = random()
  let successes = 0
  while (left >= chance && successes < trials) {
    left -= chance
    chance *= (odds * (trials - successes)) / (successes + 1)
    successes += 1
  }
  return successes
}

/** The constants are those of the paper's algorithm BTRS. */
function reject(trials: number, probability: number, random: Random): number {
  const deviation = Math.sqrt(trials * probability * (1 - probability))
  const b = 1.15 + 2.53 * deviation
  const a = -0.0873 + 0.0248 * b + 0.01 * probability
  const centre = trials * probability + 0.5
  const squeeze = 0.92 - 4.2 / b
  const alpha = (2.83 + 5.1 / b) * deviation
  const logOdds = Math.log(probability / (1 - probability))
  const mode = Math.floor((trials + 1) * probability)
  const top = lnGamma(mode + 1) + lnGamma(trials - mode + 1)
  for (;;) {
    const u = random() - 0.5
    const v = random()
    const edge = 0.5 - Math.abs(u)
    const successes = Math.floor(((2 * a) / edge + b) * u + centre)
    if (edge >= 0.07 && v <= squeeze) return successes
    if (!(successes >= 0 && successes <= trials)) continue
    const bound =
      top - lnGamma(successes + 1) - lnGamma(trials - successes + 1) + (successes - mode) * logOdds
    if (Math.log((v * alpha) / (a / (edge * edge) + b)) <= bound) return successes
  }
}

// How likely is it that so little comes after, had a rate only moved as others did? Comes in: how often something happened
// of how many times, before and after, and by what factor others moved, with the error of its logarithm. Goes out: the chance of at most
// that many after, given how many there were in all. The rate itself need not be known: given the sum of two Poisson
// counts, the second is binomial, with the share of what was to be expected. Exact for rare events with a known factor;
// for frequent ones too large, never too small. Without any event it is 1.
// Source: Przyborowski & Wilenski 1940, the conditional test of two Poisson rates; the factor that is only estimated is
// averaged over, as in Cousins & Highland 1992.

import { lowerBeta } from './incomplete-beta.ts'
import type { BeforeAfter, PooledRatio } from './pooled-rate-ratio.ts'

/** The normal distribution in steps of half a deviation, to six: what is left out is 2e-9. */
const STEPS = Array.from({ length: 25 }, (_, index) => (index - 12) / 2)
const WEIGHTS = STEPS.map((z) => Math.exp((-z * z) / 2))
const WEIGHT = WEIGHTS.reduce((sum, one) => sum + one, 0)

/** `cap`: others that moved up say nothing against one that stayed. */
export function chanceOfSoFew(
  { takenBefore, shownBefore, takenAfter, shownAfter }: BeforeAfter,
  { ratio, lnError }: PooledRatio,
  cap = Number.POSITIVE_INFINITY,
): number {
  const taken = takenBefore + takenAfter
  if (taken === 0 || takenBefore <= 0 || shownBefore <= 0 || shownAfter <= 0) return 1
  const atFactor = (factor: number): number => {
    const share = shownBefore / (shownBefore + Math.min(cap, factor) * shownAfter)
    return lowerBeta(share, takenBefore, takenAfter + 1)
  }
  if (lnError === 0) return atFactor(ratio)
  return STEPS.reduce(
    (sum, z, index) => sum + ((WEIGHTS[index] ?? 0) / WEIGHT) * atFactor(ratio * Math.exp(z * lnError)),
    0,
  )
}

// Observed over expected, drawn towards what is usual in the shop's own pairs: k ~ Poisson(λ E), λ from a mixture of two
// gammas, one for the many pairs that chance explains and one for the few that belong together. Goes in: a prior (fitted
// by fit-lift-prior.ts, five numbers) and one pair's counts; comes out the posterior of λ. For the fixed prior that
// needs no fit see shrunk-lift.ts.
// Source: DuMouchel 1999, "Bayesian data mining in large frequency tables", equations 4 to 12; values of R's openEBGM.

import { digamma, gammaQuantile, lnGamma, lowerGamma } from './special-functions.ts'

/** λ ~ firstShare · Gamma(firstShape, rate firstRate) + (1 - firstShare) · Gamma(secondShape, rate secondRate). */
export type LiftPrior = {
  readonly firstShape: number
  readonly firstRate: number
  readonly secondShape: number
  readonly secondRate: number
  /** In [0, 1]. */
  readonly firstShare: number
}

export type MixtureLift = {
  /** Posterior chance in [0, 1] that the pair is of the first kind (Q). */
  readonly firstShare: number
  /** Geometric mean of the posterior (EBGM), > 0. */
  readonly mean: number
  /** 5 % and 95 % points of the posterior (EB05, EB95); relative error below 1e-9. */
  readonly low: number
  readonly high: number
}

/** `count` ≥ 0 seen where `expected` > 0 were expected. */
export function mixtureLift(prior: LiftPrior, count: number, expected: number): MixtureLift {
  const first = prior.firstShare
  const logOdds =
    Math.log(first / (1 - first)) +
    logNegativeBinomial(count, expected, prior.firstShape, prior.firstRate) -
    logNegativeBinomial(count, expected, prior.secondShape, prior.secondRate)
  const share = first <= 0 ? 0 : first >= 1 ? 1 : 1 / (1 + Math.exp(-logOdds))
  const posterior: LiftPrior = {
    firstShape: prior.firstShape + count,
    firstRate: prior.firstRate + expected,
    secondShape: prior.secondShape + count,
    secondRate: prior.secondRate + expected,
    firstShare: share,
  }
  return {
    firstShare: share,
    mean: Math.exp(
      share * (digamma(posterior.firstShape) - Math.log(posterior.firstRate)) +
        (1 - share) * (digamma(posterior.secondShape) - Math.log(posterior.secondRate)),
    ),
    low: mixtureQuantile(posterior, 0.05),
    high: mixtureQuantile(posterior, 0.95),
  }
}

/** ln of the chance of `count` when λ ~ Gamma(shape, rate): negative binomial, size `shape`, probability rate/(rate + E). */
export function logNegativeBinomial(count: number, expected: number, shape: number, rate: number): number {
  return (
    lnGamma(shape + count) -
    lnGamma(shape) -
    lnGamma(count + 1) -
    shape * Math.log1p(expected / rate) -
    (count > 0 ? count * Math.log1p(rate / expected) : 0)
  )
}

/** The point below which the mixture has `probability`. It lies between the points of the two gammas. */
function mixtureQuantile(mixture: LiftPrior, probability: number): number {
  const { firstShape, firstRate, secondShape, secondRate, firstShare } = mixture
  const first = gammaQuantile(firstShape, probability) / firstRate
  const second = gammaQuantile(secondShape, probability) / secondRate
  if (firstShare >= 1) return first
  if (firstShare <= 0) return second
  const excess = (x: number): number =>
    firstShare * lowerGamma(firstShape, x * firstRate) +
    (1 - firstShare) * lowerGamma(secondShape, x * secondRate) -
    probability
  let low = Math.min(first, second)
  let high = Math.max(first, second)
  let excessLow = excess(low)
  let excessHigh = excess(high)
  // Regula falsi; the value of an end that stays twice is halved (Illinois, Dowell & Jarratt 1971), so both ends close in.
  let moved: 'low' | 'high' | null = null
  for (let step = 0; step < 200 && high - low > 1e-12 * high && excessLow < 0 && excessHigh > 0; step++) {
    const x = low + ((high - low) * -excessLow) / (excessHigh - excessLow)
    const at = excess(x)
    if (Math.abs(at) < 1e-14) return x
    if (at < 0) {
      low = x
      excessLow = at
      if (moved === 'low') excessHigh /= 2
      moved = 'low'
    } else {
      high = x
      excessHigh = at
      if (moved === 'high') excessLow /= 2
      moved = 'high'
    }
  }
  return excessLow >= 0 ? low : excessHigh <= 0 ? high : (low + high) / 2
}

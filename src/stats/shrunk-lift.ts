// Observed over expected from few counts: lift explodes at small counts (1 seen, 0.01 expected gives 100), so it is drawn
// towards 1 by a Gamma(2, 2) prior. Then k seen and E expected give a posterior Gamma(k + 2, rate E + 2).
// Source: DuMouchel 1999, "Bayesian data mining in large frequency tables"; the single-gamma form.

import { lnGamma, lowerGamma } from './special-functions.ts'

export const PRIOR_SHAPE = 2
export const PRIOR_RATE = 2

const Z_05 = 1.6448536269514722

export type ShrunkLift = {
  /** Posterior mean of observed / expected, > 0. */
  readonly mean: number
  /** 5 % and 95 % points of the posterior (EB05, EB95). */
  readonly low: number
  readonly high: number
}

/** `count` ≥ 0 seen where `expected` ≥ 0 were expected. */
export function shrunkLift(count: number, expected: number): ShrunkLift {
  const shape = count + PRIOR_SHAPE
  const rate = Math.max(0, expected) + PRIOR_RATE
  return {
    mean: shape / rate,
    low: gammaQuantile(shape, -Z_05, 0.05) / rate,
    high: gammaQuantile(shape, Z_05, 0.95) / rate,
  }
}

/** Quantile of Gamma(shape ≥ 2, rate 1): Wilson & Hilferty 1931 for the start, then Newton steps; error below 1e-9. */
function gammaQuantile(shape: number, z: number, probability: number): number {
  const ninth = 1 / (9 * shape)
  let x = shape * Math.max(0.05, 1 - ninth + z * Math.sqrt(ninth)) ** 3
  const logFront = lnGamma(shape)
  for (let step = 0; step < 8; step++) {
    const density = Math.exp((shape - 1) * Math.log(x) - x - logFront)
    if (!(density > 0)) break
    const change = (lowerGamma(shape, x) - probability) / density
    x = Math.max(x / 10, x - change)
    if (Math.abs(change) < 1e-10 * x) break
  }
  return x
}

// Observed over expected from few counts: lift explodes at small counts (1 seen, 0.01 expected gives 100), so it is
// drawn towards 1 by a Gamma(2, 2) prior. Then k seen and E expected give a posterior Gamma(k + 2, rate E + 2).
// Source: DuMouchel 1999, "Bayesian data mining in large frequency tables"; the single-gamma form.

import { gammaQuantile } from './special-functions.ts'

export const PRIOR_SHAPE = 2
export const PRIOR_RATE = 2

const Z_001 = 3.090232306167814
const Z_05 = 1.6448536269514722
const REMEMBERED = 4096

// E only scales the posterior, so the points of rate 1 depend on k alone. Mining asks a million times for small whole
// k: each is worked out once and kept; 0 stands for "not yet", which no point is.
const sureOfCount = new Float64Array(REMEMBERED)
const lowOfCount = new Float64Array(REMEMBERED)
const highOfCount = new Float64Array(REMEMBERED)

export type ShrunkLift = {
  /** Posterior mean of observed / expected, > 0. */
  readonly mean: number
  /** 5 % and 95 % points of the posterior (EB05, EB95), 0 < low < mean < high; relative error below 1e-10. */
  readonly low: number
  readonly high: number
}

/** `count` ≥ 0 seen (may be a weight) where `expected` ≥ 0 were expected; below 0 it counts as 0. */
export function shrunkLift(count: number, expected: number): ShrunkLift {
  const shape = count + PRIOR_SHAPE
  const rate = Math.max(0, expected) + PRIOR_RATE
  return {
    mean: shape / rate,
    low: remembered(lowOfCount, count, 0.05, -Z_05) / rate,
    high: remembered(highOfCount, count, 0.95, Z_05) / rate,
  }
}

/**
 * 0.1 % point of the posterior: what observed / expected is at the very least. A shop has hundreds of thousands of pairs,
 * and of those that chance explains one in twenty passes a 5 % point.
 */
export function surestLift(count: number, expected: number): number {
  return remembered(sureOfCount, count, 0.001, -Z_001) / (Math.max(0, expected) + PRIOR_RATE)
}

function remembered(points: Float64Array, count: number, probability: number, z: number): number {
  // A count that is no index (large, or a fraction) reads undefined and is worked out anew.
  const known = points[count]
  if (known !== undefined && known > 0) return known
  const point = gammaQuantile(count + PRIOR_SHAPE, probability, z)
  if (known === 0) points[count] = point
  return point
}

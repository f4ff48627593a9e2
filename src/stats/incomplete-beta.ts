// The beta distribution and Student's t, which is a form of it. Numbers in, numbers out, in double precision.
// Source: the continued fraction DLMF 8.17.22 by Lentz's method, and the symmetry 8.17.4 where that converges sooner;
// Student's t from Abramowitz & Stegun 26.7.1. Relative error below 1e-11 for parameters up to 1e6. Outside of the
// stated ranges the outcome is NaN, nothing throws.

import { lnGamma, normalQuantile } from './special-functions.ts'

const STEPS_MAX = 100_000

/** ln B(a, b) for a, b > 0. */
export function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b)
}

/** I_x(a, b), the chance that a Beta(a, b) lies below x; a, b > 0, x counts as the nearer end of [0, 1]. In [0, 1]. */
export function lowerBeta(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lnBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * fraction(x, a, b)) / a)
  return Math.max(0, 1 - (front * fraction(1 - x, b, a)) / b)
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny)
  let value = d
  for (let m = 1; m < STEPS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || tiny)
    c = 1 + even / c || tiny
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || tiny)
    c = 1 + odd / c || tiny
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

/** Chance that Student's t with `freedom` > 0 degrees lies further out than |t|, on either side. In [0, 1]. */
export function studentTwoSided(t: number, freedom: number): number {
  return lowerBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/**
 * t above 0 beyond which, on either side, Student's t lies with chance `probability` in (0, 1); `freedom` ≥ 1.
 * Newton on the logarithm of the tail from the normal quantile: convex there, so that it cannot overshoot twice.
 */
export function studentCritical(probability: number, freedom: number): number {
  const lnDensityFront = -lnBeta(freedom / 2, 0.5) - 0.5 * Math.log(freedom)
  let t = -normalQuantile(probability / 2)
  for (let step = 0; step < 100; step++) {
    const tail = studentTwoSided(t, freedom)
    const density = 2 * Math.exp(lnDensityFront - ((freedom + 1) / 2) * Math.log1p((t * t) / freedom))
    const next = Math.max(t / 2, t + ((Math.log(tail) - Math.log(probability)) * tail) / density)
    const change = Math.abs(next - t)
    t = next
    if (!(change > 1e-12 * t)) break
  }
  return t
}

// Gauss's hypergeometric function ₂F₁(a, b; c; z), as far as the purchase models need it: a, b > 0, c > -1 but not 0, and
// 0 ≤ z < 1.
// Source: the series DLMF 15.2.1, after Euler's transformation (15.8.1) where that makes it converge sooner. Relative
// error below 1e-12 for z up to 0.99; close to 1 the series grows long. Outside of the range the outcome is NaN.

const TERMS_MAX = 1_000_000

export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (!(z >= 0 && z < 1 && c > -1 && c !== 0)) return Number.NaN
  // The terms fall off as n^(a + b - c - 1) zⁿ: with c below a + b the transformed series is the shorter one.
  if (c < a + b) return (1 - z) ** (c - a - b) * series(c - a, c - b, c, z)
  return series(a, b, c, z)
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < TERMS_MAX; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    // From here on the terms shrink at least by z each, so that the rest is below term × z / (1 - z).
    if (Math.abs(term) * z <= 1e-16 * Math.abs(sum) * (1 - z)) break
  }
  return sum
}

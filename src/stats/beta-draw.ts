// One draw from a beta distribution: a rate that may be true, given what was seen.
// Source: two gamma draws (Marsaglia & Tsang 2000, "A simple method for generating gamma variables"), normals by the
// polar method of Marsaglia & Bray 1964. Exact but for rounding; shapes below 1 are raised by one and pulled back.

import type { Random } from './seeded-random.ts'

/** In [0, 1]; a, b > 0. Both shapes so small that both draws underflow: the fair coin that they tend to. */
export function drawBeta(a: number, b: number, random: Random): number {
  const one = drawGamma(a, random)
  const other = drawGamma(b, random)
  const sum = one + other
  return sum > 0 ? one / sum : random() < a / (a + b) ? 1 : 0
}

/** From Gamma(shape, rate 1), shape > 0. */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = drawNormal(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function drawNormal(random: Random): number {
  for (;;) {
    const [x, y] = [2 * random() - 1, 2 * random() - 1]
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

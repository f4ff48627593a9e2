// Is one of two outcomes more frequent than a fair coin would make it? Comes in: how often each was seen. Goes out: the
// two-sided exact binomial p-value against ½, twice the smaller tail, at most 1. Without an observation it is 1.

import { lnGamma } from './special-functions.ts'

export function signTest(ones: number, others: number): number {
  const total = ones + others
  const fewer = Math.min(ones, others)
  let tail = 0
  for (let k = fewer; k >= 0; k--) {
    const term = Math.exp(lnGamma(total + 1) - lnGamma(k + 1) - lnGamma(total - k + 1) - total * Math.LN2)
    tail += term
    if (term < tail * 1e-12) break
  }
  return Math.min(1, 2 * tail)
}

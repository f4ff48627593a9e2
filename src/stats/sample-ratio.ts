// Did as many customers land in each arm as were sent there? If not, the assignment or the logging is broken and no
// figure of the experiment can be believed. Comes in: customers per arm and the shares they were sent by. Goes out:
// chi-square, its p-value and whether to raise the alarm. What can go wrong: fewer than two arms with a share above 0
// (RangeError), or too few customers for the distribution to hold, which is an outcome.
// Source: Pearson 1900; alarm and least counts as in GrowthBook (p below .001; 8 expected per arm, 5 where the shares
// move by themselves). Fabijan et al. 2019, "Diagnosing sample ratio mismatch", say why .001: it is asked every day.

import { upperGamma } from './special-functions.ts'

export const SAMPLE_RATIO_ALARM = 0.001
export const CUSTOMERS_PER_ARM_MIN = 8

export type SampleRatio =
  | { readonly kind: 'too-few'; readonly needed: number }
  | {
      readonly kind: 'tested'
      readonly chiSquare: number
      /** In [0, 1]. */
      readonly pValue: number
      readonly alarm: boolean
    }

/** `counts`: whole, ≥ 0. `shares`: ≥ 0, of any sum; arms of share 0 are left out, unless somebody is in them. */
export function testSampleRatio(
  counts: readonly number[],
  shares: readonly number[],
  leastPerArm: number = CUSTOMERS_PER_ARM_MIN,
): SampleRatio {
  if (counts.length !== shares.length) {
    throw new RangeError(`invalid arms: ${counts.length} counts against ${shares.length} shares`)
  }
  const open = shares.filter((share) => share > 0)
  if (open.length < 2) throw new RangeError('invalid shares: fewer than two arms receive customers')
  const ofShares = open.reduce((sum, share) => sum + share, 0)
  const customers = counts.reduce((sum, count) => sum + count, 0)
  const needed = Math.ceil((leastPerArm * ofShares) / Math.min(...open))
  if (customers < needed) return { kind: 'too-few', needed }
  let chiSquare = 0
  for (const [arm, count] of counts.entries()) {
    const expected = (customers * (shares[arm] ?? 0)) / ofShares
    if (expected > 0) chiSquare += (count - expected) ** 2 / expected
    else if (count > 0) chiSquare = Number.POSITIVE_INFINITY
  }
  const pValue = Number.isFinite(chiSquare) ? upperGamma((open.length - 1) / 2, chiSquare / 2) : 0
  return { kind: 'tested', chiSquare, pValue, alarm: pValue < SAMPLE_RATIO_ALARM }
}

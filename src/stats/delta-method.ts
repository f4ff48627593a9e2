// A ratio whose parts both vary per customer: revenue per order, margin per exposure. Customers are the units, orders
// are not independent of each other. Comes in: per customer the numerator and the denominator, or their moments. Goes
// out: the moments of a stand-in that has the mean and the variance of the ratio, so that every comparison of means
// (mean-difference.ts, confidence-sequence.ts) works on ratios. What can go wrong: no customer with a denominator.
// Source: Deng, Knoblich & Lu 2018, "Applying the delta method in metric analytics"; holds from some hundred customers.

import { momentsOf, type SampleMoments } from './sample-moments.ts'

export type RatioSums = {
  /** Per customer; both over the same customers. */
  readonly numerator: SampleMoments
  readonly denominator: SampleMoments
  /** Between the two, dividing by n - 1. */
  readonly covariance: number
}

/** `null` where the denominators have a mean of 0. */
export function ratioMoments({ numerator, denominator, covariance }: RatioSums): SampleMoments | null {
  if (denominator.mean === 0) return null
  const ratio = numerator.mean / denominator.mean
  const variance =
    (numerator.variance + ratio * ratio * denominator.variance - 2 * ratio * covariance) /
    denominator.mean ** 2
  return { units: numerator.units, mean: ratio, variance: Math.max(0, variance) }
}

/** From values, one pair per customer. */
export function ratioMomentsOf(
  numerators: readonly number[],
  denominators: readonly number[],
): SampleMoments | null {
  if (numerators.length !== denominators.length) {
    throw new RangeError(`invalid ratio: ${numerators.length} numerators against ${denominators.length}`)
  }
  const [numerator, denominator] = [momentsOf(numerators), momentsOf(denominators)]
  let products = 0
  for (const [unit, value] of numerators.entries()) {
    products += (value - numerator.mean) * ((denominators[unit] ?? 0) - denominator.mean)
  }
  const covariance = numerators.length < 2 ? 0 : products / (numerators.length - 1)
  return ratioMoments({ numerator, denominator, covariance })
}

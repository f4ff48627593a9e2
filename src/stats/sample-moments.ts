// What the comparison of two arms needs to know of one: how many units (customers), their mean and their variance.
// Comes in: values, or running sums, or counts. Goes out: moments. Sums of very large values with a small spread lose
// digits; revenue per customer does not come near. Fewer than two units have no variance: 0.

export type SampleMoments = {
  /** Whole, ≥ 0. */
  readonly units: number
  readonly mean: number
  /** Of single units, in the square of the mean's unit; ≥ 0. */
  readonly variance: number
}

/** From n, Σx and Σx²; the variance divides by n - 1. */
export function momentsOfSums(units: number, sum: number, sumOfSquares: number): SampleMoments {
  if (units <= 0) return { units: 0, mean: 0, variance: 0 }
  const mean = sum / units
  return { units, mean, variance: units < 2 ? 0 : Math.max(0, sumOfSquares - sum * mean) / (units - 1) }
}

/** One value per unit. */
export function momentsOf(values: ArrayLike<number>): SampleMoments {
  let mean = 0
  let squares = 0
  // Welford 1962: one pass without cancellation.
  for (let unit = 0; unit < values.length; unit++) {
    const value = values[unit] ?? 0
    const distance = value - mean
    mean += distance / (unit + 1)
    squares += distance * (value - mean)
  }
  return { units: values.length, mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}

/** `hits` of `units` said yes: the variance is p (1 - p), as GrowthBook takes it. */
export function momentsOfRate(hits: number, units: number): SampleMoments {
  const mean = units > 0 ? hits / units : 0
  return { units, mean, variance: mean * (1 - mean) }
}

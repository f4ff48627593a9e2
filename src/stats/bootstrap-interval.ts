// Interval of a mean by resampling its units, seeded. Percentile bootstrap (Efron 1979): no assumption on the shape.

import type { Random } from './seeded-random.ts'

export type BootstrapMean = { readonly mean: number; readonly low: number; readonly high: number }

const RESAMPLES = 1000

/** Mean of `values` with the ends of its 95 % interval; all three are 0 without values. */
export function bootstrapMean(values: ArrayLike<number>, random: Random): BootstrapMean {
  const units = values.length
  if (units === 0) return { mean: 0, low: 0, high: 0 }
  let sum = 0
  for (let unit = 0; unit < units; unit++) sum += values[unit] as number
  const means = new Float64Array(RESAMPLES)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let drawn = 0
    for (let unit = 0; unit < units; unit++) drawn += values[Math.floor(random() * units)] as number
    means[resample] = drawn / units
  }
  means.sort()
  const at = (share: number): number =>
    means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))] as number
  return { mean: sum / units, low: at(0.025), high: at(0.975) }
}

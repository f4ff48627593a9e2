// Interval of a mean by resampling its units, seeded: the same values and seed give the same interval.
// Source: Efron 1979, percentile bootstrap; no assumption on the shape of the values. Units must be independent (a
// query, a customer; never the lines of one order). Below some 30 units it is too narrow; of one unit it has no width.

import { drawBinomial } from './binomial-draw.ts'
import type { Random } from './seeded-random.ts'

export type BootstrapMean = { readonly mean: number; readonly low: number; readonly high: number }

const RESAMPLES = 1000
/** Up to so many distinct values (hits are 0 or 1) a resample is drawn by value instead of by unit. */
const DISTINCT_MAX = 32

/** Mean of `values`, one per unit, with the ends of its 95 % interval; all three are 0 without values. */
export function bootstrapMean(values: ArrayLike<number>, random: Random): BootstrapMean {
  const units = values.length
  if (units === 0) return { mean: 0, low: 0, high: 0 }
  const tally = tallyValues(values)
  const means = new Float64Array(RESAMPLES)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    means[resample] = (tally ? drawByValue(tally, units, random) : drawByUnit(values, random)) / units
  }
  means.sort()
  let sum = 0
  for (let unit = 0; unit < units; unit++) sum += values[unit] ?? 0
  return { mean: sum / units, low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

/** How far the mean of `first` lies above that of `second`, both measured on the same units in the same order. */
export function bootstrapPairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  random: Random,
): BootstrapMean {
  if (first.length !== second.length) {
    throw new RangeError(`invalid pairs: ${first.length} values against ${second.length}`)
  }
  return bootstrapMean(
    Float64Array.from(first, (value, unit) => value - (second[unit] ?? 0)),
    random,
  )
}

/** Distinct values and their counts, or `null` when there are so many that units are drawn faster. */
function tallyValues(values: ArrayLike<number>): ReadonlyMap<number, number> | null {
  const tally = new Map<number, number>()
  for (let unit = 0; unit < values.length; unit++) {
    const value = values[unit] ?? 0
    tally.set(value, (tally.get(value) ?? 0) + 1)
    if (tally.size > DISTINCT_MAX) return null
  }
  return tally
}

/** The counts of a resample are multinomial: one binomial per value, of the units that the earlier ones left. */
function drawByValue(tally: ReadonlyMap<number, number>, units: number, random: Random): number {
  let sum = 0
  let unitsLeft = units
  let countLeft = units
  for (const [value, count] of tally) {
    const drawn = drawBinomial(unitsLeft, count / countLeft, random)
    sum += drawn * value
    unitsLeft -= drawn
    countLeft -= count
  }
  return sum
}

function drawByUnit(values: ArrayLike<number>, random: Random): number {
  let sum = 0
  for (let draw = 0; draw < values.length; draw++) sum += values[Math.floor(random() * values.length)] ?? 0
  return sum
}

/** Linear between the two nearest (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below] ?? 0
  return low + (position - below) * ((sorted[below + 1] ?? low) - low)
}

// Draws from a seeded generator. Nothing can go wrong: lists that are drawn from are not empty, which an assert says.

import type { Random } from '../stats/seeded-random.ts'

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random()
}

/** A whole number from `low` to `high`, both possible. */
export function wholeBetween(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

export function pickOne<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('assert: nothing to pick from')
  return found
}

/** Standard normal, Box and Muller (1958). */
export function normalDraw(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function logNormalDraw(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * normalDraw(random))
}

/** How often something with this chance goes on: 0, 1, 2, … */
export function geometricDraw(random: Random, goOn: number): number {
  let count = 0
  while (random() < goOn) count++
  return count
}

export function shuffle<T>(random: Random, list: T[]): T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const kept = list[last] as T
    list[last] = list[other] as T
    list[other] = kept
  }
  return list
}

/** Running sums, to draw an index in proportion to its weight by `drawIndex`. */
export function runningSums(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (const [index, weight] of weights.entries()) {
    total += weight
    sums[index] = total
  }
  return sums
}

export function drawIndex(random: Random, sums: Float64Array): number {
  const wanted = random() * (sums[sums.length - 1] ?? 0)
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

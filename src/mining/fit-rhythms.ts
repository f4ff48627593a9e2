// The median interval after which customers buy a product again, for a range of products given by rank: run by every
// thread on the same shared intervals. Goes in: the intervals. Comes out: days per rank, NaN where none can be told.

import type { Job } from '../ports/parallel.ts'
import { type CountedInterval, fitRenewalIntervals } from '../stats/renewal-interval.ts'
import type { RepeatIntervals } from './repeat-intervals.ts'

export type RhythmRange = {
  readonly intervals: RepeatIntervals
  readonly from: number
  readonly to: number
}

export type Rhythms = { readonly medianDays: Float64Array }

export const fitRhythmsJob: Job<RhythmRange, Rhythms> = {
  module: new URL(import.meta.url),
  exportName: 'fitRhythms',
}

export function fitRhythms({ intervals: { start, interval }, from, to }: RhythmRange): Rhythms {
  const medianDays = new Float64Array(to - from).fill(Number.NaN)
  for (let rank = from; rank < to; rank++) {
    const [closed, open] = byDays(interval.slice(start[rank], start[rank + 1]))
    const fit = fitRenewalIntervals(closed, open)
    if (fit.kind === 'fitted') medianDays[rank - from] = fit.medianDays
  }
  return { medianDays }
}

/** Equal intervals counted together, closed and open ones apart, by days, so that sums are always made alike. */
function byDays(intervals: Uint32Array): [closed: CountedInterval[], open: CountedInterval[]] {
  intervals.sort()
  const counted: [CountedInterval[], CountedInterval[]] = [[], []]
  for (let first = 0; first < intervals.length; ) {
    const one = intervals[first] as number
    let next = first + 1
    while (intervals[next] === one) next++
    counted[one & 1 ? 1 : 0].push({ days: one >>> 1, intervals: next - first })
    first = next
  }
  return counted
}

// When do customers come back for a product? Comes in: the history's columns and the margins that were counted over
// them. Goes out: the median interval per product, with the open intervals counted: leaving them out makes every
// product seem to run out too early (docs/methods.md, refills). A product that fewer than 20 customers bought again
// has no rhythm.

import type { RefillRhythm } from '../domain/plan.ts'
import { REPEAT_CUSTOMERS_MIN, rebuyShare } from '../next/rebuy-share.ts'
import type { Parallel } from '../ports/parallel.ts'
import { fitRhythmsJob, type RhythmRange } from './fit-rhythms.ts'
import type { HistoryColumns } from './history-columns.ts'
import type { ProductMargins } from './pair-columns.ts'
import { collectIntervals, type RepeatIntervals } from './repeat-intervals.ts'

const RANGES_PER_THREAD = 4

/** By product. */
export async function refillRhythms(
  history: HistoryColumns,
  margins: ProductMargins,
  parallel: Parallel,
): Promise<readonly (RefillRhythm | null)[]> {
  const intervals = collectIntervals(history, REPEAT_CUSTOMERS_MIN)
  const ranges = cutIntoRanges(intervals, history.productCount, parallel.size * RANGES_PER_THREAD)
  const fitted = await Promise.all(ranges.map((range) => parallel.run(fitRhythmsJob, range)))
  const rhythms: (RefillRhythm | null)[] = new Array(history.productCount).fill(null)
  for (const [place, { from }] of ranges.entries()) {
    for (const [offset, medianDays] of (fitted[place]?.medianDays ?? []).entries()) {
      if (Number.isNaN(medianDays)) continue
      const product = history.productOf[from + offset] as number
      const repeatCustomers = margins.repeatCustomers[product] as number
      const share = rebuyShare(repeatCustomers, margins.customers[product] as number)
      rhythms[product] = { medianDays, rebuyShare: share, repeatCustomers }
    }
  }
  return rhythms
}

/** Neighbouring ranks with about the same number of intervals. */
function cutIntoRanges(intervals: RepeatIntervals, productCount: number, ranges: number): RhythmRange[] {
  const { start } = intervals
  const share = (start[productCount] as number) / ranges
  const cut: RhythmRange[] = []
  let from = 0
  for (let to = 1; to <= productCount; to++) {
    if ((start[to] as number) - (start[from] as number) < share && to < productCount) continue
    cut.push({ intervals, from, to })
    from = to
  }
  return cut
}

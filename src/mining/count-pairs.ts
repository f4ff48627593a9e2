// Counts, for every product as anchor, what is bought in the same order and what the same customer first buys in the
// days after. Goes in: the history's columns. Comes out: the best pairs of every anchor with their counts and expected
// counts, the margins, and the totals. Exact: the counts are those that plain SQL gives (docs/methods.md). The work is
// cut into ranges of anchors that threads take as they get free; the outcome does not depend on how many there are.

import type { Parallel } from '../ports/parallel.ts'
import { type AnchorCounts, type AnchorRange, type CountSettings, countAnchorsJob } from './count-anchors.ts'
import type { HistoryColumns } from './history-columns.ts'
import { allocatePairs, copyPairs, type PairColumns, type PairCounts } from './pair-columns.ts'
import { buildPairIndex, type PairIndex } from './pair-index.ts'

export const DEFAULT_COUNT_SETTINGS: CountSettings = {
  windowDays: 30,
  minTogether: 2,
  minLater: 2,
  keepPerAnchor: 50,
  rank: 'confidence',
  shrinkage: 20,
}

export type CountEffects = {
  readonly parallel: Parallel
  /** Told after each range of anchors how much of the work is done, from 0 to 1. */
  readonly progress?: (done: number) => void
}

/** Ranges per thread: enough that no thread waits long for the last one. */
const RANGES_PER_THREAD = 24

export async function countPairs(
  history: HistoryColumns,
  settings: Partial<CountSettings>,
  effects: CountEffects,
): Promise<PairCounts> {
  const all: CountSettings = { ...DEFAULT_COUNT_SETTINGS, ...settings }
  const index = buildPairIndex(history)
  const ranges = cutIntoRanges(history, index, all, effects.parallel.size * RANGES_PER_THREAD)
  const counted = await countRanges(ranges, effects)
  return {
    pairs: join(counted),
    margins: marginsOf(history, index, ranges, counted),
    totals: {
      orders: history.orderCount,
      ordersWeight: index.totalWeight,
      lines: history.lineCount,
      firstPurchases: index.firstPurchases,
      customers: history.customerCount,
      lastDay: history.lastDay,
      sampledOrders: history.sampledOrders,
      sampledLinesLeftOut: history.sampledLinesLeftOut,
    },
  }
}

/** Neighbouring anchors, cut so that the ranges cost about the same. */
function cutIntoRanges(
  history: HistoryColumns,
  index: PairIndex,
  settings: CountSettings,
  ranges: number,
): AnchorRange[] {
  const { productCount } = history
  let total = 0
  for (let p = 0; p < productCount; p++) total += workOf(index, p)
  const cut: AnchorRange[] = []
  let from = 0
  let work = 0
  for (let p = 0; p < productCount; p++) {
    work += workOf(index, p)
    if (work < total / ranges && p + 1 < productCount) continue
    cut.push({ history, index, settings, from, to: p + 1 })
    from = p + 1
    work = 0
  }
  return cut
}

/** Every anchor costs a little, even one that was never bought. */
function workOf(index: PairIndex, product: number): number {
  return (index.work[product] as number) + 100
}

async function countRanges(
  ranges: readonly AnchorRange[],
  { parallel, progress }: CountEffects,
): Promise<AnchorCounts[]> {
  const counted: AnchorCounts[] = new Array(ranges.length)
  let next = 0
  let done = 0
  const takeTurns = async () => {
    for (let mine = next++; mine < ranges.length; mine = next++) {
      counted[mine] = await parallel.run(countAnchorsJob, ranges[mine] as AnchorRange)
      done += 1
      progress?.(done / ranges.length)
    }
  }
  await Promise.all(Array.from({ length: parallel.size }, takeTurns))
  return counted
}

function join(counted: readonly AnchorCounts[]): PairColumns {
  const pairs = allocatePairs(counted.reduce((sum, range) => sum + range.pairCount, 0))
  let at = 0
  for (const range of counted) {
    copyPairs(pairs, at, range)
    at += range.pairCount
  }
  return pairs
}

function marginsOf(
  history: HistoryColumns,
  index: PairIndex,
  ranges: readonly AnchorRange[],
  counted: readonly AnchorCounts[],
): PairCounts['margins'] {
  const orders = new Uint32Array(history.productCount)
  for (let p = 0; p < orders.length; p++)
    orders[p] = (index.start[p + 1] as number) - (index.start[p] as number)
  const customersFollowed = new Uint32Array(history.productCount)
  const repeatCustomers = new Uint32Array(history.productCount)
  for (const [place, { from }] of ranges.entries()) {
    const range = counted[place] as AnchorCounts
    customersFollowed.set(range.customersFollowed, from)
    repeatCustomers.set(range.repeatCustomers, from)
  }
  // Copies, so that the margins outlive the shared memory that the threads counted on.
  const ordersWeight = Float64Array.from(index.ordersWeight)
  const customers = Uint32Array.from(index.customers)
  return { orders, ordersWeight, customers, customersFollowed, repeatCustomers }
}

// Counts, for every product as anchor, what is bought in the same order and what the same customer first buys in the
// days after. Goes in: the history's columns. Comes out: the best pairs of every anchor with their counts and expected
// counts, the margins, and the totals. Exact: the counts are those that plain SQL gives (docs/methods.md). The work is
// cut into ranges of anchors that threads take as they get free; the outcome does not depend on how many there are.

import { LATER_WINDOW_DAYS } from '../domain/pairing.ts'
import type { Parallel } from '../ports/parallel.ts'
import {
  type AnchorCounts,
  type AnchorRange,
  type CountSettings,
  countAnchors,
  countAnchorsJob,
} from './count-anchors.ts'
import type { HistoryColumns } from './history-columns.ts'
import { allocatePairs, copyPairs, type PairColumns, type PairCounts } from './pair-columns.ts'
import { buildPairIndex, type PairIndex } from './pair-index.ts'

export const DEFAULT_COUNT_SETTINGS: CountSettings = {
  windowDays: LATER_WINDOW_DAYS,
  minTogether: 2,
  minLater: 2,
  keepPerAnchor: 50,
  rank: 'confidence',
  shrinkage: 20,
  kin: null,
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
  const index = await buildPairIndex(history, effects.parallel)
  const ranges = cutIntoRanges(history, index, all, effects.parallel.size * RANGES_PER_THREAD)
  const counted = await countRanges(ranges, effects)
  return {
    index,
    pairs: join(counted),
    margins: marginsOf(history, index, ranges, counted),
    allOf(product) {
      const rank = history.rankOf[product] as number
      return countAnchors({ history, index, settings: { ...all, kin: null }, from: rank, to: rank + 1 })
    },
    totals: {
      orders: history.orderCount,
      ordersWeight: index.totalWeight,
      lines: history.lineCount,
      firstPurchases: index.firstPurchases,
      customers: history.customerCount,
      lastDay: history.lastDay,
      sampledOrders: history.sampled.length,
      sampledLinesLeftOut: history.sampled.reduce((sum, { linesLeftOut }) => sum + linesLeftOut, 0),
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
  for (let rank = 0; rank < productCount; rank++) total += workOf(index, rank)
  const cut: AnchorRange[] = []
  let from = 0
  let work = 0
  for (let rank = 0; rank < productCount; rank++) {
    work += workOf(index, rank)
    if (work < total / ranges && rank + 1 < productCount) continue
    cut.push({ history, index, settings, from, to: rank + 1 })
    from = rank + 1
    work = 0
  }
  return cut
}

/** Every anchor costs a little, even one that was never bought. */
function workOf(index: PairIndex, rank: number): number {
  return (index.work[rank] as number) + 100
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
  const { productCount, productOf } = history
  const orders = new Uint32Array(productCount)
  const ordersWeight = new Float64Array(productCount)
  const customers = new Uint32Array(productCount)
  const customersFollowed = new Uint32Array(productCount)
  const repeatCustomers = new Uint32Array(productCount)
  const silentPairs = new Uint32Array(productCount)
  for (const [place, { from, to }] of ranges.entries()) {
    const range = counted[place] as AnchorCounts
    for (let rank = from; rank < to; rank++) {
      const product = productOf[rank] as number
      orders[product] = (index.start[rank + 1] as number) - (index.start[rank] as number)
      ordersWeight[product] = index.ordersWeight[rank] as number
      customers[product] = index.customers[rank] as number
      customersFollowed[product] = range.customersFollowed[rank - from] as number
      repeatCustomers[product] = range.repeatCustomers[rank - from] as number
      silentPairs[product] = range.silent[rank - from] as number
    }
  }
  return { orders, ordersWeight, customers, customersFollowed, repeatCustomers, silentPairs }
}

// The way back from a product to its orders, on shared memory. Goes in: HistoryColumns. Comes out: per product's rank the
// orders that hold it, in their sequence, each with a flag that says whether this was the customer's first purchase,
// and the margins that scoring needs before the first pair is counted. Linear in the number of lines. The threads share
// the ranks out among themselves, so that every sum is made in the sequence of its orders, whatever their number.

import type { Job, Parallel } from '../ports/parallel.ts'
import { type HistoryColumns, RECORD } from './history-columns.ts'

export type PairIndex = {
  /** The entries of the product with rank `r` are `entry[start[r]]` to `entry[start[r + 1] - 1]`. */
  readonly start: Uint32Array
  /** The place of the order's record times two, plus one where it is its customer's first order with this product. */
  readonly entry: Uint32Array
  /** Per rank, the sum of the weights of its orders. */
  readonly ordersWeight: Float64Array
  /** Per rank, the distinct customers who bought it. */
  readonly customers: Uint32Array
  /** Per rank, the lines of all its orders: what counting it will cost. */
  readonly work: Float64Array
  /** The sum of the weights of all orders. */
  readonly totalWeight: number
  /** The sum of `customers` over all products. */
  readonly firstPurchases: number
}

/** What one thread fills in: all that the index says of a range of ranks. */
export type IndexRange = {
  readonly history: HistoryColumns
  readonly index: Omit<PairIndex, 'totalWeight' | 'firstPurchases'>
  /** The first rank of the range, and the first behind it. */
  readonly from: number
  readonly to: number
}

export const fillIndexJob: Job<IndexRange, void> = {
  module: new URL(import.meta.url),
  exportName: 'fillIndex',
}

export async function buildPairIndex(history: HistoryColumns, parallel: Parallel): Promise<PairIndex> {
  const { productCount, lineCount, ordersOfRank } = history
  const start = new Uint32Array(new SharedArrayBuffer((productCount + 1) * 4))
  for (let rank = 0; rank < productCount; rank++)
    start[rank + 1] = (start[rank] as number) + (ordersOfRank[rank] as number)
  const index = {
    start,
    entry: new Uint32Array(new SharedArrayBuffer(lineCount * 4)),
    ordersWeight: new Float64Array(new SharedArrayBuffer(productCount * 8)),
    customers: new Uint32Array(new SharedArrayBuffer(productCount * 4)),
    work: new Float64Array(new SharedArrayBuffer(productCount * 8)),
  }
  const filled: Promise<void>[] = []
  const share = lineCount / parallel.size
  for (let from = 0, to = 1; to <= productCount; to++) {
    if ((start[to] as number) - (start[from] as number) < share && to < productCount) continue
    filled.push(parallel.run(fillIndexJob, { history, index, from, to }))
    from = to
  }
  const totals = sumOrders(history)
  await Promise.all(filled)
  return { ...index, ...totals }
}

export function fillIndex({ history, index, from, to }: IndexRange): void {
  const { records, recordWeights } = history
  const { start, entry, ordersWeight, customers, work } = index
  const next = start.slice(from, to)
  for (let at = 0; at < records.length; ) {
    const size = records[at + RECORD.size] as number
    const weight = recordWeights[at + RECORD.weight] as number
    const begin = at + RECORD.ranks
    const firstsEnd = begin + (records[at + RECORD.firsts] as number)
    for (let i = begin; i < begin + size; i++) {
      const rank = records[i] as number
      if (rank < from || rank >= to) continue
      const first = i < firstsEnd ? 1 : 0
      const place = next[rank - from] as number
      next[rank - from] = place + 1
      entry[place] = at * 2 + first
      ordersWeight[rank] = (ordersWeight[rank] as number) + weight
      work[rank] = (work[rank] as number) + size
      customers[rank] = (customers[rank] as number) + first
    }
    at = begin + size
  }
}

function sumOrders({ records, recordWeights }: HistoryColumns): {
  readonly totalWeight: number
  readonly firstPurchases: number
} {
  let totalWeight = 0
  let firstPurchases = 0
  for (let at = 0; at < records.length; at += RECORD.ranks + (records[at + RECORD.size] as number)) {
    totalWeight += recordWeights[at + RECORD.weight] as number
    firstPurchases += records[at + RECORD.firsts] as number
  }
  return { totalWeight, firstPurchases }
}

// The way back from a product to its orders, on shared memory. Goes in: HistoryColumns. Comes out: per product's rank the
// orders that hold it, in their sequence, each with a flag that says whether this was the customer's first purchase,
// and the margins that scoring needs before the first pair is counted. Linear in the number of lines.

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

export function buildPairIndex(history: HistoryColumns): PairIndex {
  const { productCount, lineCount, records, recordWeights, ordersOfRank } = history
  const start = new Uint32Array(new SharedArrayBuffer((productCount + 1) * 4))
  const entry = new Uint32Array(new SharedArrayBuffer(lineCount * 4))
  const ordersWeight = new Float64Array(new SharedArrayBuffer(productCount * 8))
  const customers = new Uint32Array(new SharedArrayBuffer(productCount * 4))
  const work = new Float64Array(new SharedArrayBuffer(productCount * 8))
  for (let rank = 0; rank < productCount; rank++)
    start[rank + 1] = (start[rank] as number) + (ordersOfRank[rank] as number)
  const next = Uint32Array.from(start)
  let totalWeight = 0
  let firstPurchases = 0
  for (let at = 0; at < records.length; ) {
    const size = records[at + RECORD.size] as number
    const firsts = records[at + RECORD.firsts] as number
    const weight = recordWeights[at + RECORD.weight] as number
    const begin = at + RECORD.ranks
    totalWeight += weight
    firstPurchases += firsts
    for (let i = begin; i < begin + size; i++) {
      const rank = records[i] as number
      const first = i < begin + firsts ? 1 : 0
      const place = next[rank] as number
      next[rank] = place + 1
      entry[place] = at * 2 + first
      ordersWeight[rank] = (ordersWeight[rank] as number) + weight
      work[rank] = (work[rank] as number) + size
      customers[rank] = (customers[rank] as number) + first
    }
    at = begin + size
  }
  return { start, entry, ordersWeight, customers, work, totalWeight, firstPurchases }
}

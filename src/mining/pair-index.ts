// The way back from a product to its orders, on shared memory. Goes in: HistoryColumns. Comes out: per product's rank the
// orders that hold it, in their sequence, each with a flag that says whether this was the customer's first purchase,
// and the margins that scoring needs before the first pair is counted. Linear in the number of lines.

import type { HistoryColumns } from './history-columns.ts'

export type PairIndex = {
  /** The entries of the product with rank `r` are `entry[start[r]]` to `entry[start[r + 1] - 1]`. */
  readonly start: Uint32Array
  /** Order times two, plus one where the order is its customer's first with this product. */
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
  const { productCount, orderCount, lineCount, orderStart, orderFirsts, orderWeight, lineRank } = history
  const start = new Uint32Array(new SharedArrayBuffer((productCount + 1) * 4))
  const entry = new Uint32Array(new SharedArrayBuffer(lineCount * 4))
  const ordersWeight = new Float64Array(new SharedArrayBuffer(productCount * 8))
  const customers = new Uint32Array(new SharedArrayBuffer(productCount * 4))
  const work = new Float64Array(new SharedArrayBuffer(productCount * 8))
  for (let i = 0; i < lineCount; i++) {
    const rank = lineRank[i] as number
    start[rank] = (start[rank] as number) + 1
  }
  // Each start first holds the end of its product's entries; filling from the last order down brings it to the start.
  for (let p = 1; p <= productCount; p++) start[p] = (start[p] as number) + (start[p - 1] as number)
  let totalWeight = 0
  let firstPurchases = 0
  for (let o = orderCount - 1; o >= 0; o--) {
    const begin = orderStart[o] as number
    const end = orderStart[o + 1] as number
    const firsts = begin + (orderFirsts[o] as number)
    const weight = orderWeight[o] as number
    totalWeight += weight
    firstPurchases += firsts - begin
    for (let i = begin; i < end; i++) {
      const rank = lineRank[i] as number
      const at = (start[rank] as number) - 1
      start[rank] = at
      entry[at] = i < firsts ? o * 2 + 1 : o * 2
      ordersWeight[rank] = (ordersWeight[rank] as number) + weight
      work[rank] = (work[rank] as number) + end - begin
      if (i < firsts) customers[rank] = (customers[rank] as number) + 1
    }
  }
  return { start, entry, ordersWeight, customers, work, totalWeight, firstPurchases }
}

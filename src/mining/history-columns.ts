// The order history as the counting kernel reads it: typed arrays on shared memory, so that several threads count over
// one copy. `build-history-columns.ts` makes them; nothing here checks them again. All that counting needs to know of an
// order stands in one place, because orders of one product lie far apart and each distant read costs more than the
// counting itself.

import type { SampledOrder } from './sample-large-order.ts'

/** The customer of an order that belongs to no known customer. */
export const GUEST = 0xffffffff

/** How many orders that lie far apart are looked up before the first of them is read; the words of a cache line. */
export const AHEAD = 32
export const CACHE_LINE = 16

/** An order's record: these words, then one per different product (its rank), first purchases in front. */
export const RECORD = {
  /** The customer's number, or GUEST. */
  customer: 0,
  /** Days since 1970-01-01, UTC, signed. Windows are counted in whole days. */
  day: 1,
  /** How many different products it holds. */
  size: 2,
  /** How many of them its customer had in no order before it (none for a guest). */
  firsts: 3,
  /** How much it counts, as a 32-bit float: decay by age, times the down-weighting of large baskets. */
  weight: 4,
  ranks: 5,
} as const

export type HistoryColumns = {
  readonly productCount: number
  readonly customerCount: number
  readonly orderCount: number
  readonly lineCount: number
  /** All orders' records, one behind the other: by customer, then day, then arrival; guests last. */
  readonly records: Uint32Array
  /** The same memory, to read the weights. */
  readonly recordWeights: Float32Array
  /** Two words per order, in the sequence of the records: 64 bits that name it, the higher half first. */
  readonly orderNames: Uint32Array
  /** Beside each word of a rank the units bought, at most 65,535; empty where the lines do not name them. */
  readonly units: Uint16Array
  /**
   * Products are named by rank, the place by number of orders, most first: popular ones then lie side by side in
   * whatever is kept per product. `productOf` leads from rank to product, `rankOf` back.
   */
  readonly productOf: Uint32Array
  readonly rankOf: Uint32Array
  /** Per rank, the orders that hold the product. */
  readonly ordersOfRank: Uint32Array
  /** The last day of any order; 0 without orders. */
  readonly lastDay: number
  /** The orders of which only a sample is counted. */
  readonly sampled: readonly SampledOrder[]
}

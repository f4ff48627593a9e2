// What the counting kernel hands on: one row per kept pair, as parallel columns, and the margins per product that turn
// counts into rates. docs/methods.md gives the SQL that yields the same numbers.

import type { PairIndex } from './pair-index.ts'

export type PairColumns = {
  readonly pairCount: number
  /** From the product in most orders down; the add-ons of one anchor stand together, the likeliest in the same order first. */
  readonly anchor: Uint32Array
  readonly addOn: Uint32Array
  /** Orders that hold both. */
  readonly together: Uint32Array
  /** The same, each order by its weight. */
  readonly togetherWeight: Float64Array
  /** Of `together`, orders of a large basket and no known customer, which prove nothing. */
  readonly bulk: Uint32Array
  /** Orders that would hold both if baskets were filled by popularity alone, those of `bulk` aside. */
  readonly expectedTogether: Float64Array
  /** Customers whose first purchase of the add-on came 1 to `windowDays` days after that of the anchor. */
  readonly later: Uint32Array
  /** Those of them who count in `customersFollowed` of the anchor: the numerator of the rate. */
  readonly laterFollowed: Uint32Array
  /** What `later` would be if customers chose what they buy next by popularity alone. */
  readonly expectedLater: Float64Array
}

export type ProductMargins = {
  /** Per product: orders that hold it. */
  readonly orders: Uint32Array
  readonly ordersWeight: Float64Array
  /** Distinct known customers who bought it. */
  readonly customers: Uint32Array
  /** Those whose first purchase lies at least `windowDays` before the last day: watched for the whole window. */
  readonly customersFollowed: Uint32Array
  /** Customers who bought it on at least two different days. */
  readonly repeatCustomers: Uint32Array
  /** Pairs with it as the anchor that were counted and not kept, since they say nothing. */
  readonly silentPairs: Uint32Array
}

export type HistoryTotals = {
  readonly orders: number
  readonly ordersWeight: number
  readonly lines: number
  /** The sum of `customers` over all products. */
  readonly firstPurchases: number
  readonly customers: number
  readonly lastDay: number
  readonly sampledOrders: number
  readonly sampledLinesLeftOut: number
}

export type PairCounts = {
  /** The way from a product to its orders, for what is asked of them later. */
  readonly index: PairIndex
  readonly pairs: PairColumns
  readonly margins: ProductMargins
  readonly totals: HistoryTotals
  /** Counts all pairs of one anchor anew, those that say nothing too. */
  readonly allOf: (product: number) => PairColumns
}

export function allocatePairs(pairCount: number): PairColumns {
  return {
    pairCount,
    anchor: new Uint32Array(pairCount),
    addOn: new Uint32Array(pairCount),
    together: new Uint32Array(pairCount),
    togetherWeight: new Float64Array(pairCount),
    bulk: new Uint32Array(pairCount),
    expectedTogether: new Float64Array(pairCount),
    later: new Uint32Array(pairCount),
    laterFollowed: new Uint32Array(pairCount),
    expectedLater: new Float64Array(pairCount),
  }
}

/** Copies the first `source.pairCount` rows into `target` from row `at` on. */
export function copyPairs(target: PairColumns, at: number, source: PairColumns): void {
  const count = source.pairCount
  target.anchor.set(source.anchor.subarray(0, count), at)
  target.addOn.set(source.addOn.subarray(0, count), at)
  target.together.set(source.together.subarray(0, count), at)
  target.togetherWeight.set(source.togetherWeight.subarray(0, count), at)
  target.bulk.set(source.bulk.subarray(0, count), at)
  target.expectedTogether.set(source.expectedTogether.subarray(0, count), at)
  target.later.set(source.later.subarray(0, count), at)
  target.laterFollowed.set(source.laterFollowed.subarray(0, count), at)
  target.expectedLater.set(source.expectedLater.subarray(0, count), at)
}

// The order history as the counting kernel reads it: flat typed arrays on shared memory, so that several threads
// count over one copy. `build-history-columns.ts` makes them; nothing here checks them again.

/** The customer of an order that belongs to no known customer. */
export const GUEST = 0xffffffff

/**
 * Orders sorted by customer, then day, then arrival; guests last. Order `o` holds the products
 * `lineRank[orderStart[o]]` to `lineRank[orderStart[o + 1] - 1]`, each once and named by rank: the place by number of
 * orders, most first. Popular products thus lie side by side in whatever is kept per product, which halves the time
 * of counting. `productOf` leads from rank to product, `rankOf` back. Those that its customer had in no
 * order before it come first, `orderFirsts[o]` of them (none for a guest).
 */
export type HistoryColumns = {
  readonly productCount: number
  readonly customerCount: number
  readonly orderCount: number
  readonly lineCount: number
  readonly orderStart: Uint32Array
  readonly orderFirsts: Uint32Array
  readonly lineRank: Uint32Array
  readonly productOf: Uint32Array
  readonly rankOf: Uint32Array
  readonly orderCustomer: Uint32Array
  /** Days since 1970-01-01, UTC. Windows are counted in whole days. */
  readonly orderDay: Int32Array
  /** How much an order counts: decay by age, times the down-weighting of large baskets. */
  readonly orderWeight: Float32Array
  /** The last day of any order; 0 without orders. */
  readonly lastDay: number
  /** Orders with more different products than the cap, of which a seeded sample was kept. */
  readonly sampledOrders: number
  /** Lines that those samples left out. */
  readonly sampledLinesLeftOut: number
}

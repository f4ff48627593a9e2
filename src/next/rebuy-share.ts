// How many customers come back for a product, and from when on that is worth a refill.

import { shrunkConfidence } from '../stats/shrunk-confidence.ts'

/** A refill needs this share of customers who came back for it, and this many of them. */
export const REBUY_SHARE_MIN = 0.1
export const REPEAT_CUSTOMERS_MIN = 20

/** Share of customers who bought it again, in [0, 1]. Prior Beta(2, 18): before data, one in ten is expected to. */
export function rebuyShare(repeatCustomers: number, customers: number): number {
  return shrunkConfidence(repeatCustomers, customers, 0.1, 20)
}

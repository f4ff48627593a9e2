// How many customers come back for a product, at how regular a time, and from when on that is worth a refill.

import { shrunkConfidence } from '../stats/shrunk-confidence.ts'

/** A refill needs this share of customers who came back for it, and this many of them. */
export const REBUY_SHARE_MIN = 0.1
export const REPEAT_CUSTOMERS_MIN = 20

/** Share of customers who bought it again, in [0, 1]. Prior Beta(2, 18): before data, one in ten is expected to. */
export function rebuyShare(repeatCustomers: number, customers: number): number {
  return shrunkConfidence(repeatCustomers, customers, 0.1, 20)
}

/**
 * Spread of ln days beyond which nothing runs out: eight in ten intervals then lie within a factor of 13. What gets used
 * up has 0.4 to 0.6 in the simulated shop; of a giftware shop's reorders all lie between 1.15 and 1.75.
 */
const REFILL_SPREAD_MAX = 1

/** The spread of so few customers can be this much smaller than that of all: 97.5 %, by the normal of ln σ, 1 / √(2n). */
const doubtOf = (customers: number): number => Math.exp(1.96 / Math.sqrt(2 * customers))

/**
 * Do customers come back at a time that can be named? It must be sure: of some thousand gifts a few look regular by
 * chance, on Online Retail II a kneeling pad (0.97, 93 customers). `customers`: how many of them came back.
 */
export function isRegular(
  { sigmaWithin, sigmaBetween }: { readonly sigmaWithin: number; readonly sigmaBetween: number },
  customers: number,
): boolean {
  return Math.hypot(sigmaWithin, sigmaBetween) * doubtOf(customers) <= REFILL_SPREAD_MAX
}

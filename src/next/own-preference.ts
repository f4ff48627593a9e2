// What a customer's own past says: the share of their orders that held a product, newer orders counting more, drawn
// towards nothing by two orders' worth of doubt. A customer who bought it in each of ten recent orders gives 10 / 12;
// a new customer gives 0 for everything, and so loses nothing.

import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'

/** Days after which an order of the customer counts half. */
export const OWN_HALF_LIFE_DAYS = 180
const DOUBT_ORDERS = 2

/** Product id → share in [0, 1). */
export function ownPreference(customer: CustomerPurchases | null, atMs: number): ReadonlyMap<string, number> {
  if (customer === null) return new Map()
  const age = Math.max(0, atMs - customer.asOfMs) / DAY_MS
  const fade = 2 ** (-age / OWN_HALF_LIFE_DAYS)
  const doubt = customer.ordersWeight * fade + DOUBT_ORDERS
  return new Map(customer.products.map(({ productId, weight }) => [productId, (weight * fade) / doubt]))
}

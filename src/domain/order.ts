// An order as it was paid. Amounts are what the shopper paid per unit, in minor units of the order's currency.

/** Of orders and products, in characters. The index of a store holds no longer key: PostgreSQL takes 2704 bytes. */
export const ID_LENGTH_MAX = 200

export type OrderLine = {
  readonly productId: string
  /** Units, a positive integer. */
  readonly quantity: number
  readonly unitPriceMinor: number
}

export type Order = {
  readonly id: string
  /** Keyed hash of the shop's customer id; `null` for a guest. The plain id is never stored. */
  readonly customerId: string | null
  readonly placedAtMs: number
  readonly currency: string
  readonly lines: readonly OrderLine[]
}

/** Of one customer a decision remembers this many orders: on Online Retail II more change no pick (docs/methods.md). */
export const ORDERS_REMEMBERED = 20

/** What one customer has bought: the latest orders, newest first, each product once with its units, and what before. */
export type CustomerPurchases = {
  readonly customerId: string
  readonly orders: readonly {
    readonly orderId: string
    readonly placedAtMs: number
    readonly productIds: readonly string[]
    readonly quantities: readonly number[]
  }[]
  /** What stood in the orders before these and in none of them: a lamp of years ago is still owned. */
  readonly earlier: readonly string[]
}

export function subtotalMinor(order: Pick<Order, 'lines'>): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
}

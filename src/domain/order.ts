// An order as it was paid. Amounts are what the shopper paid per unit, in minor units of the order's currency.

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

/** What one customer has bought so far, newest first: the memory that a decision may use. */
export type CustomerPurchases = {
  readonly customerId: string
  /** The instant to which the weights below are decayed. */
  readonly asOfMs: number
  /** All orders of the customer, each decayed by its age (half-life 180 days). */
  readonly ordersWeight: number
  readonly products: readonly {
    readonly productId: string
    readonly orders: number
    /** The orders with this product, each decayed by its age (half-life 180 days). */
    readonly weight: number
    readonly lastBoughtAtMs: number
  }[]
}

export function subtotalMinor(order: Pick<Order, 'lines'>): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
}

// What the appends since the last run changed: the buyers whose orders may be others now, and the orders that they have.
// Goes in: the history, the last append that is known. Comes out: rows, of very large orders the sample that reading all
// anew would draw, and the same orders as a table with products by number.

import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import type { History } from '../ports/history.ts'
import { numbers, texts } from '../ports/read-fields.ts'
import { GUEST } from './history-columns.ts'
import { type ChangedBuyer, changedBuyers, changedOrders } from './history-queries.ts'
import type { OrderTable } from './order-table.ts'
import { purchasesOf } from './read-customers.ts'
import { type SampledOrder, sampleLargeOrder } from './sample-large-order.ts'

export type ChangedOrder = {
  /** `null` for a guest, whose name is 0, 0. */
  readonly customerId: string | null
  readonly customerName: readonly [high: number, low: number]
  readonly orderId: string
  readonly orderName: readonly [high: number, low: number]
  readonly placedAtMs: number
  readonly productIds: readonly string[]
  readonly quantities: readonly number[]
}

export type Changes = {
  readonly buyers: readonly ChangedBuyer[]
  readonly orders: readonly ChangedOrder[]
  readonly sampled: readonly SampledOrder[]
}

const UNITS_MAX = 65_535

export async function readChanges(
  history: Pick<History, 'rows' | 'columns'>,
  since: number,
  notGoods: readonly string[],
): Promise<Changes> {
  const buyers = await history.rows(changedBuyers, { since })
  const orders: ChangedOrder[] = []
  const sampled: SampledOrder[] = []
  if (buyers.length === 0) return { buyers, orders, sampled }
  const asked = {
    customers: buyers.flatMap(({ customerId }) => customerId ?? []),
    guest_orders: buyers.flatMap(({ orderId }) => orderId ?? []),
    not_goods: notGoods,
  }
  for await (const chunk of history.columns(changedOrders, asked)) {
    const text = (name: string) => texts(chunk, name)
    const word = (name: string) => numbers(chunk, name)
    const [customers, ids, products, units] = ['customer_id', 'order_id', 'products', 'units'].map(text)
    const [high, low, orderHigh, orderLow, placed] = [
      ...['customer_high', 'customer_low', 'order_high', 'order_low', 'placed_at_ms'].map(word),
    ]
    for (let row = 0; row < chunk.rows; row++) {
      const bought: Bought = {
        productIds: JSON.parse(products?.[row] ?? '[]'),
        quantities: JSON.parse(units?.[row] ?? '[]'),
      }
      const orderName = [orderHigh?.[row] ?? 0, orderLow?.[row] ?? 0] as const
      const kept = sampleLargeOrder(
        bought.productIds.length,
        (place) => bought.productIds[place] ?? '',
        orderName,
      )
      if (kept !== null)
        sampled.push({ name: orderName, linesLeftOut: bought.productIds.length - kept.length })
      const { productIds, quantities } = kept === null ? bought : onlyAt(bought, kept)
      orders.push({
        customerId: customers?.[row] ?? null,
        customerName: [high?.[row] ?? 0, low?.[row] ?? 0],
        orderId: ids?.[row] ?? '',
        orderName,
        placedAtMs: placed?.[row] ?? 0,
        productIds,
        quantities: quantities.map((quantity) => Math.min(UNITS_MAX, quantity)),
      })
    }
  }
  return { buyers, orders, sampled }
}

type Bought = Pick<ChangedOrder, 'productIds' | 'quantities'>

function onlyAt({ productIds, quantities }: Bought, places: readonly number[]): Bought {
  return {
    productIds: places.map((place) => productIds[place] ?? ''),
    quantities: places.map((place) => quantities[place] ?? 1),
  }
}

/** `numberOf` knows every product of the orders. */
export function tableOfChanges(
  orders: readonly ChangedOrder[],
  numberOf: (productId: string) => number,
): OrderTable {
  const customers: number[] = []
  let last: string | null = null
  const customer = Uint32Array.from(orders, ({ customerId, customerName }) => {
    if (customerId === null) return GUEST
    if (customerId !== last) customers.push(...customerName)
    last = customerId
    return customers.length / 2 - 1
  })
  return {
    customers: Uint32Array.from(customers),
    customer,
    day: Uint32Array.from(orders, ({ placedAtMs }) => Math.floor(placedAtMs / DAY_MS)),
    size: Uint32Array.from(orders, ({ productIds }) => productIds.length),
    names: Uint32Array.from(orders.flatMap(({ orderName }) => orderName)),
    product: Uint32Array.from(orders.flatMap(({ productIds }) => productIds.map(numberOf))),
    units: Uint16Array.from(orders.flatMap(({ quantities }) => quantities)),
  }
}

/** Each changed customer as they are now; who has no order of goods any more comes out without one. */
export function* changedPurchases({ buyers, orders }: Changes): Generator<CustomerPurchases> {
  const ordersOf = Map.groupBy(orders, ({ customerId }) => customerId)
  for (const { customerId } of buyers)
    if (customerId !== null) yield purchasesOf(customerId, ordersOf.get(customerId) ?? [])
}

// What each customer has bought, for decisions to remember. Comes in: the history's columns, and the ids and instants of
// the same orders in the same sequence. Goes out: a customer at a time, the latest orders with their units, and what
// stood only in older ones. Both tell of the same orders, since a history is read as it was when it was opened; where
// they do not, reading ends with an error.

import { DAY_MS } from '../domain/instant.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'
import type { History } from '../ports/history.ts'
import { numbers, texts } from '../ports/read-fields.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import { customerOrders } from './history-queries.ts'
import type { Goods } from './read-goods.ts'

type PastOrder = CustomerPurchases['orders'][number]

export async function* readCustomers(
  history: Pick<History, 'columns'>,
  { columns, ids }: Goods,
  notGoods: readonly string[],
): AsyncGenerator<CustomerPurchases> {
  const { records } = columns
  let customerId = ''
  let orders: PastOrder[] = []
  let at = 0
  for await (const chunk of history.columns(customerOrders, { not_goods: notGoods })) {
    const customerIds = texts(chunk, 'customer_id')
    const orderIds = texts(chunk, 'order_id')
    const instants = numbers(chunk, 'placed_at_ms')
    for (let row = 0; row < chunk.rows; row++) {
      if (customerIds[row] !== customerId) {
        if (orders.length > 0) yield purchasesOf(customerId, orders)
        customerId = customerIds[row] ?? ''
        orders = []
      }
      const placedAtMs = instants[row] ?? 0
      const isSame =
        at < records.length && ((records[at + RECORD.day] ?? 0) | 0) === Math.floor(placedAtMs / DAY_MS)
      if (!isSame) throw apart(orderIds[row] ?? '')
      orders.push({ orderId: orderIds[row] ?? '', placedAtMs, ...boughtIn(columns, ids, at) })
      at += RECORD.ranks + (records[at + RECORD.size] ?? 0)
    }
  }
  if (orders.length > 0) yield purchasesOf(customerId, orders)
  if (at < records.length && records[at + RECORD.customer] !== GUEST) throw apart('after the last')
}

function apart(order: string): RangeError {
  return new RangeError(`The order ${order} does not stand where the columns have it`)
}

/** The latest orders with their units, and what stood only in older ones. `productIds` ascend within an order. */
export function purchasesOf(customerId: string, orders: readonly PastOrder[]): CustomerPurchases {
  const newestFirst = orders.toSorted(
    (a, b) => b.placedAtMs - a.placedAtMs || (a.orderId < b.orderId ? -1 : 1),
  )
  const latest = newestFirst
    .slice(0, ORDERS_REMEMBERED)
    .map(({ orderId, placedAtMs, productIds, quantities }) => ({
      ...{ orderId, placedAtMs, productIds, quantities },
    }))
  const known = new Set(latest.flatMap(({ productIds }) => productIds))
  const earlier = new Set<string>()
  for (const { productIds } of newestFirst.slice(ORDERS_REMEMBERED))
    for (const id of productIds) if (!known.has(id)) earlier.add(id)
  return { customerId, orders: latest, earlier: [...earlier] }
}

/** One order's products, by number, with the units of each. */
function boughtIn(
  { records, units, productOf }: HistoryColumns,
  ids: readonly string[],
  at: number,
): Pick<PastOrder, 'productIds' | 'quantities'> {
  const begin = at + RECORD.ranks
  const bought = Array.from({ length: records[at + RECORD.size] ?? 0 }, (_, place) => ({
    product: productOf[records[begin + place] ?? 0] ?? 0,
    units: units[begin + place] ?? 1,
  })).sort((a, b) => a.product - b.product)
  return {
    productIds: bought.map(({ product }) => ids[product] ?? ''),
    quantities: bought.map((one) => one.units),
  }
}

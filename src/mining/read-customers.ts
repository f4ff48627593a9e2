// What each customer has bought, for decisions to remember. Comes in: the goods orders of the history, by customer, newest
// first. Goes out: a customer at a time, the latest orders with their units, and what stood only in older ones.

import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'
import type { History } from '../ports/history.ts'
import { numbers, texts } from '../ports/read-fields.ts'
import { customerOrders } from './history-queries.ts'

type Customer = {
  readonly id: string
  readonly orders: CustomerPurchases['orders'][number][]
  /** Products of the latest orders, and of those before them; places in `ids`. */
  readonly latest: Set<number>
  readonly earlier: Set<number>
}

export async function* readCustomers(
  history: Pick<History, 'columns'>,
  { ids, notGoods }: { readonly ids: readonly string[]; readonly notGoods: readonly string[] },
): AsyncGenerator<CustomerPurchases> {
  const nameOf = (place: number): string => ids[place] ?? ''
  let customer = null as Customer | null
  for await (const chunk of history.columns(customerOrders, { not_goods: notGoods })) {
    const customers = texts(chunk, 'customer_id')
    const orderIds = texts(chunk, 'order_id')
    const products = texts(chunk, 'products')
    const quantities = texts(chunk, 'quantities')
    const placedAtMs = numbers(chunk, 'placed_at_ms')
    for (let row = 0; row < chunk.rows; row++) {
      const id = customers[row] ?? ''
      if (customer?.id !== id) {
        if (customer !== null) yield purchasesOf(customer, nameOf)
        customer = { id, orders: [], latest: new Set(), earlier: new Set() }
      }
      const places: number[] = JSON.parse(products[row] ?? '[]')
      if (customer.orders.length === ORDERS_REMEMBERED) {
        for (const place of places) customer.earlier.add(place)
        continue
      }
      const units = unitsOf(places, JSON.parse(quantities[row] ?? '[]'))
      for (const place of places) customer.latest.add(place)
      customer.orders.push({
        orderId: orderIds[row] ?? '',
        placedAtMs: placedAtMs[row] ?? 0,
        productIds: [...units.keys()].map(nameOf),
        quantities: [...units.values()].map((sum) => Math.max(1, sum)),
      })
    }
  }
  if (customer !== null) yield purchasesOf(customer, nameOf)
}

function unitsOf(places: readonly number[], quantities: readonly number[]): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  for (const [line, place] of places.entries())
    units.set(place, (units.get(place) ?? 0) + (quantities[line] ?? 0))
  return units
}

function purchasesOf(
  { id, orders, latest, earlier }: Customer,
  nameOf: (place: number) => string,
): CustomerPurchases {
  const onlyEarlier = [...earlier].filter((place) => !latest.has(place))
  return { customerId: id, orders, earlier: onlyEarlier.map(nameOf) }
}

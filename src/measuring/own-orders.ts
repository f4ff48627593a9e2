// All orders of each customer by the morning of a day, to ask where customers who bought both of two products first took
// the add-on (src/next/within-customers.ts). Orders are added in the sequence of their days; guests' are passed over.

import { openWithinCount, type ProductPairs, type WithinCount } from '../next/within-customers.ts'
import type { DayOrder } from './live-counts.ts'

export type OwnOrders = {
  add(order: DayOrder): void
  countWithin(pairs: ProductPairs): Pick<WithinCount, 'of'>
}

export function openOwnOrders(productCount: number): OwnOrders {
  const ordersOf = new Map<number, DayOrder[]>()
  return {
    add(order) {
      if (order.customer === null) return
      const known = ordersOf.get(order.customer)
      if (known === undefined) ordersOf.set(order.customer, [order])
      else known.push(order)
    },
    countWithin(pairs) {
      const count = openWithinCount(productCount, pairs)
      for (const orders of ordersOf.values()) {
        for (const { products } of orders) count.addOrder(products, 0, products.length)
        count.endCustomer()
      }
      return count
    },
  }
}

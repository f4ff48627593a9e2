// What each customer had bought by the morning of a day, as a decision would have read it from the store.

import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import { OWN_HALF_LIFE_DAYS } from '../next/own-preference.ts'
import type { ReplayOrder } from './replay.ts'

export type OwnHistory = {
  add(order: ReplayOrder): void
  /** `null` for a guest and for a customer without an earlier order. */
  purchases(customer: number | null, day: number): CustomerPurchases | null
}

type Product = { orders: number; weight: number; lastDay: number }

export function openOwnHistory(productIds: readonly string[], firstDay: number): OwnHistory {
  const customers = new Map<number, { weight: number; readonly products: Map<number, Product> }>()
  const rise = (day: number): number => 2 ** ((day - firstDay) / OWN_HALF_LIFE_DAYS)
  return {
    add({ customer, day, lines }) {
      if (customer === null) return
      const own = customers.get(customer) ?? { weight: 0, products: new Map<number, Product>() }
      customers.set(customer, own)
      own.weight += rise(day)
      for (const { product } of lines) {
        const known = own.products.get(product) ?? { orders: 0, weight: 0, lastDay: day }
        own.products.set(product, {
          orders: known.orders + 1,
          weight: known.weight + rise(day),
          lastDay: day,
        })
      }
    },
    purchases(customer, day) {
      const own = customer === null ? undefined : customers.get(customer)
      if (own === undefined) return null
      const scale = 1 / rise(day)
      return {
        customerId: String(customer),
        asOfMs: day * DAY_MS,
        ordersWeight: own.weight * scale,
        products: [...own.products].map(([product, { orders, weight, lastDay }]) => ({
          productId: productIds[product] ?? '',
          orders,
          weight: weight * scale,
          lastBoughtAtMs: lastDay * DAY_MS,
        })),
      }
    },
  }
}

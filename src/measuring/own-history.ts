// What each customer had bought by the morning of a day, as a decision would have read it from the store, and how far
// customers of this shop repeat themselves. Orders are added in the sequence of their days.

import { DAY_MS } from '../domain/instant.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'
import type { BuyersTakeUp } from '../domain/plan.ts'
import { type BuyerOrder, openBuyersTakeUp } from '../next/buyers-take-up.ts'
import { type CustomerWeights, newCustomer, openHabitCount } from '../next/habit-share.ts'
import { type OwnPast, openOwnPast, ownWeight } from '../next/own-past.ts'
import type { ReplayOrder } from './replay.ts'

export type OwnHistory = {
  add(order: ReplayOrder): void
  /** Nothing is remembered of a guest, nor of a customer without an earlier order. */
  past(customer: number | null, day: number): OwnPast<number>
  purchases(customer: number | null): CustomerPurchases | null
  habitShare(day: number): number
  /** What buyers of a product took up by the morning of the day; each list is made once. */
  buyersTakeUp(day: number): (product: number) => BuyersTakeUp<number> | null
}

type Customer = {
  readonly weights: CustomerWeights
  readonly bought: Set<number>
  /** Oldest first. */
  readonly latest: { readonly day: number; readonly products: readonly number[] }[]
  /** All of them, oldest first. */
  readonly orders: BuyerOrder[]
}

export function openOwnHistory(
  productIds: readonly string[],
  settings: { readonly firstDay: number; readonly halfLifeDays: number },
): OwnHistory {
  const customers = new Map<number, Customer>()
  const habits = openHabitCount(settings.firstDay, settings.halfLifeDays)
  const latestOf = (customer: number | null): Customer['latest'] =>
    customer === null ? [] : (customers.get(customer)?.latest ?? [])
  return {
    add({ customer, day, lines }) {
      if (customer === null) return
      const own = customers.get(customer) ?? newOwner()
      customers.set(customer, own)
      const products = lines.map((line) => line.product)
      const fresh = products.filter((product) => !own.bought.has(product))
      const repeats = products.length - fresh.length
      own.orders.push({
        day,
        products: [...fresh, ...products.filter((product) => own.bought.has(product))],
        firsts: fresh.length,
      })
      habits.add(own.weights, { day, products: products.length, repeats })
      for (const product of products) own.bought.add(product)
      own.latest.push({ day, products })
      if (own.latest.length > ORDERS_REMEMBERED) own.latest.shift()
    },
    past: (customer, day) =>
      openOwnPast(
        latestOf(customer).map((order) => ({ weight: ownWeight(day - order.day), products: order.products })),
        habits.share(day),
        customer === null ? undefined : customers.get(customer)?.bought,
      ),
    purchases(customer) {
      const own = customer === null ? undefined : customers.get(customer)
      if (own === undefined) return null
      const { latest } = own
      const remembered = new Set(latest.flatMap(({ products }) => products))
      const orders = latest.map(({ day, products }, place) => ({
        orderId: `past-${place}`,
        placedAtMs: day * DAY_MS,
        productIds: products.map((product) => productIds[product] ?? ''),
        quantities: products.map(() => 1),
      }))
      const earlier = [...own.bought].filter((product) => !remembered.has(product))
      return {
        customerId: String(customer),
        orders: orders.reverse(),
        earlier: earlier.map((product) => productIds[product] ?? ''),
      }
    },
    habitShare: (day) => habits.share(day),
    buyersTakeUp(day) {
      const listOf = openBuyersTakeUp(productIds.length, day, (visit) => {
        for (const { orders } of customers.values()) visit(orders)
      })
      const lists = new Map<number, BuyersTakeUp<number> | null>()
      return (product) => {
        const known = lists.get(product)
        const list = known === undefined ? listOf(product) : known
        lists.set(product, list)
        return list
      }
    },
  }
}

function newOwner(): Customer {
  return { weights: newCustomer(), bought: new Set(), latest: [], orders: [] }
}

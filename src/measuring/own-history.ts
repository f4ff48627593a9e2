// What each customer had bought by the morning of a day: as a decision would have read it from the store, and as mining
// asks it (where they took an add-on, what buyers take up, how far they repeat themselves). Orders are added in the
// sequence of their days; guests' are passed over.

import { DAY_MS } from '../domain/instant.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'
import type { BuyersTakeUp } from '../domain/plan.ts'
import { askOwnOrders, type OwnOrders } from '../next/ask-own-orders.ts'
import { type BuyerOrder, openBuyersTakeUp } from '../next/buyers-take-up.ts'
import { followFirsts, gapsOf, type TimedPairs } from '../next/follow-firsts.ts'
import { type CustomerWeights, newCustomer, openHabitCount } from '../next/habit-share.ts'
import { type OwnPast, openOwnPast, ownWeight } from '../next/own-past.ts'
import type { Gaps } from '../next/time-next-steps.ts'
import type { ProductPairs, WithinCustomers } from '../next/within-customers.ts'
import type { ReplayOrder } from './replay.ts'

export type OwnHistory = {
  add(order: ReplayOrder): void
  /** Nothing is remembered of a guest, nor of a customer without an earlier order. */
  past(customer: number | null, day: number): OwnPast<number>
  purchases(customer: number | null): CustomerPurchases | null
  habitShare(day: number): number
  /** What buyers of a product took up by the morning of the day; each list is made once. */
  buyersTakeUp(day: number): (product: number) => BuyersTakeUp<number> | null
  /** Where customers who bought both of two products took the add-on. */
  askWithin(pairs: ProductPairs, quietMonthsOf: OwnOrders['quietMonthsOf']): (pair: number) => WithinCustomers
  /** What customers first bought after what. */
  followFirsts(pairs: TimedPairs, windowDays: number): (pair: number) => Gaps
}

type Customer = {
  readonly weights: CustomerWeights
  readonly bought: Set<number>
  /** Oldest first. */
  readonly orders: (BuyerOrder & { readonly products: readonly number[] })[]
}

export function openOwnHistory(
  productIds: readonly string[],
  settings: { readonly firstDay: number; readonly halfLifeDays: number },
): OwnHistory {
  const customers = new Map<number, Customer>()
  let lastDay = settings.firstDay
  const habits = openHabitCount(settings.firstDay, settings.halfLifeDays)
  const ownerOf = (customer: number | null): Customer | undefined =>
    customer === null ? undefined : customers.get(customer)
  return {
    add({ customer, day, lines }) {
      if (customer === null) return
      lastDay = Math.max(lastDay, day)
      const own = customers.get(customer) ?? newOwner()
      customers.set(customer, own)
      const products = lines.map((line) => line.product)
      const fresh = products.filter((product) => !own.bought.has(product))
      const repeats = products.length - fresh.length
      own.orders.push({
        day,
        products: [...fresh, ...products.filter((product) => own.bought.has(product))],
        ...{ begin: 0, firstsEnd: fresh.length, end: products.length },
      })
      habits.add(own.weights, { day, products: products.length, repeats })
      for (const product of products) own.bought.add(product)
    },
    past(customer, day) {
      const own = ownerOf(customer)
      const orders = latestOf(own).map((order) => ({
        weight: ownWeight(day - order.day),
        products: order.products,
      }))
      return openOwnPast(orders, habits.share(day), own?.bought)
    },
    purchases(customer) {
      const own = ownerOf(customer)
      return own === undefined ? null : { customerId: String(customer), ...remembered(own, productIds) }
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
    askWithin(pairs, quietMonthsOf) {
      const span = { fromDay: settings.firstDay, toDay: lastDay }
      const walk: OwnOrders['walk'] = ({ order, endCustomer }) => {
        for (const { orders } of customers.values()) {
          for (const { products, day } of orders) order(products, 0, products.length, day)
          endCustomer()
        }
      }
      return askOwnOrders({ productCount: productIds.length, span, quietMonthsOf, walk }, pairs)
    },
    followFirsts(pairs, windowDays) {
      const span = { fromDay: settings.firstDay, toDay: lastDay }
      const walk: OwnOrders['walk'] = ({ order, endCustomer }) => {
        for (const { orders } of customers.values()) {
          for (const { products, firstsEnd, day } of orders) order(products, 0, firstsEnd, day)
          endCustomer()
        }
      }
      const columns = followFirsts({ productCount: productIds.length, span, walk }, pairs, windowDays)
      return (pair) => gapsOf(columns, pair, windowDays)
    },
  }
}

function latestOf(own: Customer | undefined): Customer['orders'] {
  return own?.orders.slice(-ORDERS_REMEMBERED) ?? []
}

/** The latest orders, the newest first, and what stands in none of them. */
function remembered(own: Customer, productIds: readonly string[]): Omit<CustomerPurchases, 'customerId'> {
  const idOf = (product: number): string => productIds[product] ?? ''
  const latest = latestOf(own)
  const inOrders = new Set(latest.flatMap(({ products }) => products))
  const orders = latest.map(({ day, products }, place) => ({
    orderId: `past-${place}`,
    placedAtMs: day * DAY_MS,
    productIds: products.map(idOf),
    quantities: products.map(() => 1),
  }))
  const earlier = [...own.bought].filter((product) => !inOrders.has(product))
  return { orders: orders.reverse(), earlier: earlier.map(idOf) }
}

function newOwner(): Customer {
  return { weights: newCustomer(), bought: new Set(), orders: [] }
}

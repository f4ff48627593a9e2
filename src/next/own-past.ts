// What a customer's own past says about a product. Comes in: their latest orders, each with its weight today. Goes out:
// how likely they take an add-on with an anchor that they bought before, and how much of a habit a product is:
//   p'(y | x) = (Q_xy + 5 p(y | x)) / (Q_x + 5)      habit(y) = share × Q_y / (Q + 2)
// with Q the sum of the weights of their orders, of those with x, of those with x and y. A new customer leaves every
// chance as it is, and so loses nothing. Ids may be texts (a decision) or numbers (a replay).

import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import { shrunkConfidence } from '../stats/shrunk-confidence.ts'
import { HABIT_DOUBT_ORDERS, OWN_HALF_LIFE_DAYS } from './habit-share.ts'

/** Orders' worth of the shop's evidence against which the customer's own orders are weighed. */
const OWN_PAIR_SHRINKAGE = 5
const HABIT_MAX = 0.999

export type PastOrder<Id> = { readonly weight: number; readonly products: readonly Id[] }

export type OwnPast<Id> = {
  bought(product: Id): boolean
  /** Within the last 24 hours. */
  justBought(product: Id): boolean
  /** The shop's chance of the add-on with this anchor, corrected by what the customer took with it; in [0, 1]. */
  chanceWith(anchor: Id, addOn: Id, shopChance: number): number
  /** In [0, 1). */
  habit(product: Id): number
}

/** Weight of an order of the customer that is so many days old. */
export function ownWeight(ageDays: number): number {
  return 2 ** (-Math.max(0, ageDays) / OWN_HALF_LIFE_DAYS)
}

/** The past of the customer at the moment of the order, which is not a part of it. */
export function recallPast(
  customer: CustomerPurchases | null,
  order: Pick<Order, 'id' | 'placedAtMs'>,
  habitShare: number,
): OwnPast<string> {
  const earlier = (customer?.orders ?? []).filter(
    (one) => one.orderId !== order.id && one.placedAtMs < order.placedAtMs,
  )
  return openOwnPast(
    earlier.map(({ placedAtMs, productIds }) => ({
      weight: ownWeight((order.placedAtMs - placedAtMs) / DAY_MS),
      products: productIds,
    })),
    habitShare,
    new Set(customer?.earlier),
  )
}

/** `earlier`: what stood in orders before these, of which nothing more is known. */
export function openOwnPast<Id>(
  orders: readonly PastOrder<Id>[],
  habitShare: number,
  earlier: ReadonlySet<Id> = new Set(),
): OwnPast<Id> {
  let ordersWeight = 0
  const latest = new Map<Id, number>()
  const weights = new Map<Id, number>()
  for (const { weight, products } of orders) {
    ordersWeight += weight
    for (const product of products) {
      weights.set(product, (weights.get(product) ?? 0) + weight)
      latest.set(product, Math.max(weight, latest.get(product) ?? 0))
    }
  }
  const together = new Map<Id, ReadonlyMap<Id, number>>()
  const togetherWith = (anchor: Id): ReadonlyMap<Id, number> => {
    const known = together.get(anchor)
    if (known !== undefined) return known
    const sums = new Map<Id, number>()
    for (const { weight, products } of orders) {
      if (!products.includes(anchor)) continue
      for (const product of products) sums.set(product, (sums.get(product) ?? 0) + weight)
    }
    together.set(anchor, sums)
    return sums
  }
  return {
    bought: (product) => weights.has(product) || earlier.has(product),
    justBought: (product) => (latest.get(product) ?? 0) > ownWeight(1),
    chanceWith(anchor, addOn, shopChance) {
      const anchorWeight = weights.get(anchor)
      if (anchorWeight === undefined) return shopChance
      const both = togetherWith(anchor).get(addOn) ?? 0
      return shrunkConfidence(both, anchorWeight, shopChance, OWN_PAIR_SHRINKAGE)
    },
    habit(product) {
      const share = (weights.get(product) ?? 0) / (ordersWeight + HABIT_DOUBT_ORDERS)
      return Math.min(HABIT_MAX, habitShare * share)
    },
  }
}

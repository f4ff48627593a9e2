// Carts and orders, in memory: an example shop forgets them when it ends. A visitor is known by a random cookie and
// nothing else. Both are bounded, the oldest go first.

import type { Advice, OrderLine, PaidOrder, Placement } from './aftercart-client.ts'

export type Visit = {
  /** Product id → units, in the order in which they were put in. */
  readonly cart: Map<string, number>
  lastOrderId: string | null
}

export type ShopOrder = PaidOrder & {
  readonly name: string
  readonly email: string
  /** Ticked the box at the checkout: may be written to when something runs low or goes well with the order. */
  readonly wantsMessages: boolean
  readonly advice: Map<Placement, Advice>
  /** What the example plays with the add-on: see add-on-scenes.ts. */
  readonly scene: string
  readonly status: 'open' | 'fulfilled' | 'cancelled'
  /** Lines that were added after the payment, by their reference. */
  readonly addOns: Map<string, OrderLine>
  /** Products that were offered before. */
  readonly quoted: Set<string>
}

export type ShopMemory = {
  visit(id: string): Visit | undefined
  startVisit(id: string): Visit
  keepOrder(order: ShopOrder): void
  order(id: string): ShopOrder | undefined
}

const VISITS_MAX = 5000
const ORDERS_MAX = 5000

export function openShopMemory(): ShopMemory {
  const visits = new Map<string, Visit>()
  const orders = new Map<string, ShopOrder>()
  return {
    visit: (id) => visits.get(id),
    startVisit(id) {
      const visit: Visit = { cart: new Map(), lastOrderId: null }
      visits.set(id, visit)
      dropOldest(visits, VISITS_MAX)
      return visit
    },
    keepOrder(order) {
      orders.set(order.id, order)
      dropOldest(orders, ORDERS_MAX)
    },
    order: (id) => orders.get(id),
  }
}

function dropOldest(map: Map<string, unknown>, max: number): void {
  while (map.size > max) {
    const oldest = map.keys().next()
    if (oldest.done) return
    map.delete(oldest.value)
  }
}

export const UNITS_MAX = 99

/** Sets the units of a product; zero takes it out. */
export function setUnits(visit: Visit, productId: string, units: number): void {
  if (units <= 0) visit.cart.delete(productId)
  else visit.cart.set(productId, Math.min(UNITS_MAX, units))
}

// What a small shop sells in tests of follow-ups, and its orders: an espresso machine with a cleaner that completes it and
// a grinder that comes next, beans that run out after 42 days, filters that do after 60.

import { DAY_MS } from '../src/domain/instant.ts'
import { defaultMessagingSettings, type FlowSettings } from '../src/domain/messaging-settings.ts'
import type { CustomerPurchases, Order } from '../src/domain/order.ts'
import type { Pairing, Relation } from '../src/domain/pairing.ts'
import type { PlanProduct } from '../src/domain/plan.ts'
import { defaultSettings, type Settings } from '../src/domain/settings.ts'
import { type GuidedPlan, guidePlan } from '../src/next/guide-plan.ts'
import { silentOwner } from '../src/next/owner-guide.ts'
import { tinyPairing, tinyPlan, tinyProduct, tinyRhythm } from './tiny-plan.ts'
import { untested } from './untested.ts'

export const startMs = Date.UTC(2026, 2, 2, 10)

export const rhythm = (days: number) => ({ ...tinyRhythm(days), quantityExponent: 1 })

const goods = [
  tinyProduct('machine', 40_000, { durable: true }),
  tinyProduct('cleaner', 1_400),
  tinyProduct('brush', 900),
  tinyProduct('grinder', 9_000),
  tinyProduct('beans', 1_200, { refill: rhythm(42) }),
  tinyProduct('filters', 600, { refill: rhythm(60) }),
]

function paired(anchor: string, addOn: string, relation: Relation, fromDay: number, toDay: number): Pairing {
  return tinyPairing(anchor, addOn, 0.4, {
    verdict: { status: 'live', relation, because: '', decidedBy: 'orders-later' },
    windows: [{ placement: 'follow-up', fromDay, toDay }],
  })
}

/** `more` replaces products by id. */
export function shopPlan(more: readonly PlanProduct[] = []): GuidedPlan {
  const products = goods.map((product) => more.find(({ id }) => id === product.id) ?? product)
  const pairings = [
    paired('machine', 'cleaner', 'complete', 3, 30),
    paired('machine', 'grinder', 'extend', 12, 25),
    paired('beans', 'beans', 'refill', 33, 60),
    paired('filters', 'filters', 'refill', 48, 80),
  ]
  return guidePlan(tinyPlan(products, pairings), silentOwner.guide, defaultSettings)
}

export function orderOf(products: readonly string[], more: Partial<Order> = {}): Order {
  const lines = products.map((productId) => {
    const unitPriceMinor = goods.find(({ id }) => id === productId)?.priceMinor ?? 1_000
    return { productId, quantity: 1, unitPriceMinor }
  })
  return { id: 'order-1', customerId: 'ada', placedAtMs: startMs, currency: 'GBP', lines, ...more }
}

export function boughtLater(products: readonly string[], days = 10): CustomerPurchases {
  const later = { orderId: 'later', placedAtMs: startMs + days * DAY_MS, productIds: products }
  return { customerId: 'ada', orders: [{ ...later, quantities: products.map(() => 1) }], earlier: [] }
}

/** All three flows are on. */
export function flowSettings(more: Partial<Settings['messaging']> = {}): Settings {
  const flows = Object.entries(defaultMessagingSettings.flows).map(([name, flow]): [string, FlowSettings] => [
    name,
    { ...flow, on: true },
  ])
  const messaging = {
    ...defaultMessagingSettings,
    ...{ legalEntity: 'Shop Ltd', shopName: 'Shop', postalAddress: ['1 High Street', 'Leeds'] },
    ...{ sender: { name: 'Shop', address: 'shop@shop.example' }, publicUrl: 'https://after.example' },
    flows: Object.fromEntries(flows),
    ...more,
  }
  return { ...untested(), messaging }
}

export const confirmationsOnly = flowSettings({ confirmations: true, flows: {} })

/** One flow whose messages are due with the order, and caps that nobody meets. */
export const marketingAtOnce = (() => {
  const { 'complete-the-set': completing } = defaultMessagingSettings.flows
  if (completing === undefined) throw new Error('there is no such flow')
  const caps = { ...defaultMessagingSettings.caps, inSevenDays: 1_000, inThirtyDays: 1_000 }
  return flowSettings({
    flows: { 'complete-the-set': { ...completing, on: true, fromDay: 0, toDay: 0 } },
    caps,
  })
})()

// A plan small enough to read: an espresso machine with a cleaner, beans and a grinder, and a teacup in three colours
// that customers collect. Tests say what they change.

import type { Order } from '../src/domain/order.ts'
import type { Evidence, Pairing } from '../src/domain/pairing.ts'
import type { Plan, PlanProduct, RefillRhythm } from '../src/domain/plan.ts'

export function tinyProduct(
  id: string,
  priceMinor: number | null,
  more: Partial<PlanProduct> = {},
): PlanProduct {
  return {
    id,
    title: id.toUpperCase().replaceAll('-', ' '),
    category: null,
    priceMinor,
    currency: 'GBP',
    imageUrl: null,
    url: null,
    buyable: true,
    goods: true,
    variantGroup: null,
    orders: 100,
    ordersWeight: 50,
    customers: 80,
    durable: false,
    refill: null,
    takenUp: 0,
    ...more,
  }
}

/** 40 customers came back, two in three after a first purchase. */
export function tinyRhythm(medianDays: number): RefillRhythm {
  return {
    medianDays,
    sigmaWithin: 0.4,
    sigmaBetween: 0.3,
    stops: 1.5,
    goesOn: 3,
    quantityExponent: 0.8,
    rebuyShare: 0.5,
    repeatCustomers: 40,
    basis: 'own',
  }
}

export function tinyEvidence(more: Partial<Evidence> = {}): Evidence {
  return {
    orders: 100,
    ordersTogether: 40,
    ordersBulk: 0,
    ordersCampaign: 0,
    errandSpread: 0,
    expected: 5,
    kindLift: 1,
    choices: 0,
    choicesBeside: 0,
    choicesBesideMost: 0,
    lift: 8,
    liftLow: 4,
    liftHigh: 12,
    confidence: 0.4,
    confidenceLow: 0.3,
    rootLogLikelihoodRatio: 12,
    togetherWeight: 20,
    ordersWeight: 50,
    customersFollowed: 70,
    customersLaterFollowed: 0,
    customersLater: 0,
    customersLaterExpected: 1,
    customersEarlier: 0,
    laterDaysLow: 0,
    laterDaysMedian: 0,
    laterDaysHigh: 0,
    ...more,
  }
}

export function tinyPairing(
  anchor: string,
  addOn: string,
  score: number,
  more: Partial<Pairing> = {},
): Pairing {
  return {
    anchor,
    addOn,
    verdict: {
      status: 'live',
      relation: 'complete',
      because: '40 orders together, 5.0 expected',
      decidedBy: 'orders-together',
    },
    need: `Goes with your ${anchor}.`,
    evidence: tinyEvidence(),
    score,
    priceRatio: 0.2,
    windows: [
      { placement: 'thank-you', fromDay: 0, toDay: 0 },
      { placement: 'confirmation-email', fromDay: 0, toDay: 1 },
    ],
    source: 'mined',
    ...more,
  }
}

export function tinyPlan(
  products: readonly PlanProduct[],
  pairings: readonly Pairing[],
  more: Partial<Plan> = {},
): Plan {
  return {
    version: 1,
    publishedAtMs: 0,
    summary: {
      pairings: { complete: pairings.length, refill: 0, extend: 0, upsell: 0, refused: 0 },
      products: products.length,
      orders: 1000,
      historyFromAtMs: 0,
      historyToAtMs: 0,
      sampledOrders: 0,
    },
    totalOrdersWeight: 500,
    habitShare: 1,
    products: new Map(products.map((product) => [product.id, product])),
    pairings: Map.groupBy(pairings, (pairing) => pairing.anchor),
    categoryPairings: new Map(),
    bestSellers: [],
    ...more,
  }
}

export function tinyOrder(lines: readonly (readonly [id: string, quantity: number, price: number])[]): Order {
  return {
    id: 'order-1',
    customerId: null,
    placedAtMs: Date.UTC(2026, 0, 15),
    currency: 'GBP',
    lines: lines.map(([productId, quantity, unitPriceMinor]) => ({ productId, quantity, unitPriceMinor })),
  }
}

// Products, orders, decisions and plans for the store's battery, with what an engine might get wrong: quotes, letters
// beyond ASCII, amounts and instants beyond 32 bits.

import type { Decision } from '../../src/domain/decision.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED, type Order } from '../../src/domain/order.ts'
import type { PlanDraft } from '../../src/domain/plan.ts'
import type { CatalogProduct } from '../../src/domain/product.ts'
import type { ImportRecord } from '../../src/ports/store.ts'

/** Times and counts beyond 32 bits, where an engine's integers may turn into something else. */
export const longAgoMs = -62_135_596_800_000
export const nowMs = 1_790_000_000_123

export function product(id: string, more: Partial<CatalogProduct> = {}): CatalogProduct {
  return {
    id,
    title: `Title of ${id}`,
    category: 'Tableware',
    categoryIsGuess: true,
    brand: null,
    tags: [],
    priceMinor: 1_495,
    currency: 'GBP',
    imageUrl: 'https://shop.example/cup.jpg',
    url: null,
    status: 'active',
    stock: null,
    variantGroup: 'cups',
    goods: { kind: 'goods', source: 'catalog' },
    firstSoldAtMs: nowMs,
    lastSoldAtMs: null,
    lastsDays: null,
    crossSellIds: [],
    source: 'catalog-file',
    ...more,
  }
}

export function importRecord(fingerprint: string, importedAtMs: number): ImportRecord {
  return {
    file: 'orders.csv',
    fingerprint,
    importedAtMs,
    rowsRead: 3_000_000_000,
    rowsKept: 7,
    summary: '{}',
  }
}

export function paidOrder(id: string): Order {
  return {
    id,
    customerId: 'c-1',
    placedAtMs: nowMs,
    currency: 'GBP',
    lines: [
      { productId: 'cup', quantity: 2, unitPriceMinor: 295 },
      { productId: 'teapot', quantity: 1, unitPriceMinor: 3_000_000_000 },
    ],
  }
}

export function madeDecision(orderId: string, decidedAtMs: number): Decision {
  const pick: Decision['picks'][number] = {
    product: 'saucer',
    title: 'Saucer “Régence”',
    price: { amountMinor: 195, currency: 'GBP' },
    imageUrl: null,
    url: null,
    anchor: 'cup',
    relation: 'complete',
    need: 'Goes under your cup.',
    reason: 'Bought together 40 times',
    evidence: null,
    score: 0.1 + 0.2,
    propensity: 1,
    afterDays: 0,
  }
  return {
    orderId,
    placement: 'thank-you',
    decidedAtMs,
    planVersion: 3,
    picks: [pick],
    fallback: 'pairing',
    ladderTrail: [{ step: 'pairing', reason: 'none' }],
    dropped: [{ product: 'cup', anchor: null, rule: 'already-in-order', detail: '' }],
    droppedUntold: 3,
    withheld: [],
    trials: [],
  }
}

export function purchases(customerId: string, orders: number): CustomerPurchases {
  return {
    customerId,
    orders: Array.from({ length: orders }, (_, place) => ({
      orderId: `past-${place}`,
      placedAtMs: longAgoMs - place,
      productIds: ['cup', 'saucer “Régence”'],
      quantities: [6, 1],
    })),
    earlier: orders === ORDERS_REMEMBERED ? ['lamp of long ago'] : [],
  }
}

export const emptyPlan: PlanDraft = {
  summary: {
    pairings: { complete: 0, refill: 0, extend: 0, upsell: 0, refused: 0 },
    products: 0,
    orders: 0,
    historyFromAtMs: 0,
    historyToAtMs: 0,
    sampledOrders: 0,
  },
  totalOrdersWeight: 0,
  habitShare: 0,
  products: new Map(),
  pairings: new Map(),
  categoryPairings: new Map(),
  bestSellers: [],
}

export function hasPairing(draft: PlanDraft): boolean {
  return [...draft.pairings.values()].some((list) => list.length > 0)
}

export function withScore(draft: PlanDraft, score: number): PlanDraft {
  const pairings = [...draft.pairings].map(
    ([anchor, list]) => [anchor, list.map((pairing) => ({ ...pairing, score }))] as const,
  )
  return { ...draft, pairings: new Map(pairings) }
}

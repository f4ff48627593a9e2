// What every store must do, as tests: registered once for each engine with a way to open a fresh or the same store.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { Decision } from '../domain/decision.ts'
import type { Order } from '../domain/order.ts'
import type { Evidence, Pairing } from '../domain/pairing.ts'
import type { PlanDraft } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Store } from './store.ts'

export function testStore(name: string, open: () => Promise<Store>): void {
  /** Opens, works, closes; what was written is read through another connection. */
  const withStore = async (work: (store: Store) => Promise<void>): Promise<void> => {
    const store = await open()
    try {
      await work(store)
    } finally {
      await store.close()
    }
  }

  test(`${name}: an order is stored once, known the second time, and never overwritten`, async () => {
    const order = paidOrder('contract-order')
    await withStore(async (store) => {
      assert.equal(await store.putOrder(order, 1), 'stored')
      assert.equal(await store.putOrder(order, 2), 'unchanged')
      assert.equal(await store.putOrder({ ...order, currency: 'EUR' }, 3), 'conflict')
    })
    await withStore(async (store) => {
      assert.deepEqual(await store.getOrder('contract-order'), order)
      assert.equal(await store.getOrder('nobody-sent-this'), null)
    })
  })

  test(`${name}: of many decisions at the same instant one is stored and all get it back`, async () => {
    await withStore(async (store) => {
      const other = await open()
      try {
        const asked = Array.from({ length: 40 }, (_, place) =>
          (place % 2 === 0 ? store : other).putDecision(decided('contract-decision', place)),
        )
        const answers = await Promise.all(asked)
        for (const answer of answers) assert.deepEqual(answer, answers[0])
        assert.deepEqual(await other.getDecision('contract-decision', 'thank-you'), answers[0])
        assert.equal(await store.getDecision('contract-decision', 'follow-up'), null)
      } finally {
        await other.close()
      }
    })
  })

  test(`${name}: a published plan comes back as it was, and an earlier one can be made current`, async () => {
    await withStore(async (store) => {
      const first = await store.publishPlan(planDraft(1), 1000)
      const second = await store.publishPlan(planDraft(3), 2000)
      assert.ok(second > first)
      assert.equal(await store.currentPlanVersion(), second)
      const loaded = await store.loadPlan(second)
      assert.deepEqual(loaded, { ...planDraft(3), version: second, publishedAtMs: 2000 })
      assert.equal(await store.makePlanCurrent(first), true)
      assert.equal(await store.currentPlanVersion(), first)
      assert.equal(await store.makePlanCurrent(999_999), false)
      assert.equal(await store.loadPlan(999_999), null)
      const current = (await store.listPlans()).filter((plan) => plan.current)
      assert.deepEqual(
        current.map((plan) => plan.version),
        [first],
      )
    })
  })

  test(`${name}: the owner's word on goods survives a new catalog`, async () => {
    await withStore(async (store) => {
      await store.putProducts([product('GIFTBOX'), product('MUG')])
      assert.equal(
        await store.setGoods('GIFTBOX', { kind: 'not-goods', reason: 'packing', source: 'owner' }),
        true,
      )
      assert.equal(await store.setGoods('UNKNOWN', { kind: 'goods', source: 'owner' }), false)
      await store.putProducts([{ ...product('GIFTBOX'), title: 'Gift box, large' }])
      const found = (await store.listProducts()).find(({ id }) => id === 'GIFTBOX')
      assert.equal(found?.title, 'Gift box, large')
      assert.deepEqual(found?.goods, { kind: 'not-goods', reason: 'packing', source: 'owner' })
    })
  })

  test(`${name}: what customers bought is replaced as a whole`, async () => {
    const bought = (customerId: string, productId: string) => ({
      customerId,
      asOfMs: 1_700_000_000_000,
      ordersWeight: 1.5,
      products: [{ productId, orders: 2, weight: 1.25, lastBoughtAtMs: 1_690_000_000_123 }],
    })
    await withStore(async (store) => {
      await store.replaceCustomerPurchases([bought('one', 'A'), bought('two', 'B')])
      assert.deepEqual(await store.getCustomerPurchases('one'), bought('one', 'A'))
      await store.replaceCustomerPurchases([bought('two', 'C')])
      assert.equal(await store.getCustomerPurchases('one'), null)
      assert.deepEqual(await store.getCustomerPurchases('two'), bought('two', 'C'))
    })
  })

  test(`${name}: an API key is known by its hash alone`, async () => {
    await withStore(async (store) => {
      const before = await store.countApiKeys()
      await store.addApiKey({ name: 'shop', hash: 'a'.repeat(64), createdAtMs: 1 })
      assert.equal(await store.countApiKeys(), before + 1)
      assert.equal(await store.hasApiKey('a'.repeat(64)), true)
      assert.equal(await store.hasApiKey('b'.repeat(64)), false)
    })
  })

  test(`${name}: what was imported is on record`, async () => {
    const record = {
      file: 'orders.csv',
      fingerprint: 'f'.repeat(64),
      importedAtMs: 5,
      rowsRead: 10,
      rowsKept: 9,
      summary: 'UCI Online Retail',
    }
    await withStore(async (store) => {
      await store.recordImport(record)
      assert.ok((await store.listImports()).some((one) => one.fingerprint === record.fingerprint))
    })
  })
}

function paidOrder(id: string): Order {
  return {
    id,
    customerId: 'hash',
    placedAtMs: 1_700_000_000_123,
    currency: 'GBP',
    lines: [{ productId: '22697', quantity: 6, unitPriceMinor: 295 }],
  }
}

function decided(orderId: string, decidedAtMs: number): Decision {
  return {
    orderId,
    placement: 'thank-you',
    decidedAtMs,
    planVersion: 1,
    picks: [],
    fallback: 'helpful-page',
    ladderTrail: [{ step: 'pairing', reason: 'nothing to propose' }],
    dropped: [{ product: 'A', anchor: null, rule: 'not-goods', detail: '“quoted” <b>' }],
  }
}

function product(id: string): CatalogProduct {
  return {
    id,
    title: `Title of ${id}`,
    category: 'box',
    categoryIsGuess: true,
    priceMinor: 295,
    currency: 'GBP',
    imageUrl: null,
    url: null,
    status: 'active',
    stock: null,
    variantGroup: null,
    goods: { kind: 'goods', source: 'derived' },
    firstSoldAtMs: 1_600_000_000_000,
    lastSoldAtMs: 1_700_000_000_000,
    crossSellIds: ['MUG'],
    source: 'derived',
  }
}

const evidence: Evidence = {
  orders: 100,
  ordersTogether: 40,
  expected: 5.25,
  lift: 7.6,
  liftLow: 5.5,
  liftHigh: 9.5,
  confidence: 0.4,
  confidenceLow: 0.31,
  rootLogLikelihoodRatio: -3.5,
  togetherWeight: 12.125,
  ordersWeight: 50.5,
  customersFollowed: 70,
  customersLaterFollowed: 7,
  customersLater: 8,
  customersLaterExpected: 1.1,
}

function planDraft(pairings: number): PlanDraft {
  const pairing = (place: number): Pairing => ({
    anchor: 'A',
    addOn: `add-on ${place}`,
    verdict:
      place === 0
        ? { status: 'refused', relation: 'variant', because: 'another form' }
        : { status: 'live', relation: 'complete', because: 'together' },
    need: place === 0 ? '' : 'Goes with it – “really”.',
    evidence,
    score: 0.123456789012345 + place,
    priceRatio: place === 1 ? null : 0.5,
    windows: place === 0 ? [] : [{ placement: 'thank-you', fromDay: 0, toDay: 0 }],
    source: 'mined',
  })
  return {
    summary: {
      pairings: { complete: pairings, refill: 0, extend: 0, upsell: 0, refused: 1 },
      products: 1,
      orders: 100,
      historyFromAtMs: 1,
      historyToAtMs: 1_700_000_000_000,
      sampledOrders: 0,
    },
    totalOrdersWeight: 77.7,
    products: new Map([
      [
        'A',
        {
          id: 'A',
          title: 'Anchor',
          category: null,
          priceMinor: 1000,
          currency: 'GBP',
          imageUrl: null,
          url: null,
          buyable: true,
          goods: true,
          variantGroup: null,
          orders: 100,
          ordersWeight: 50.5,
          customers: 80,
          durable: false,
          refill: { medianDays: 31.5, rebuyShare: 0.25, repeatCustomers: 21 },
        },
      ],
    ]),
    pairings: new Map([['A', Array.from({ length: pairings }, (_, place) => pairing(place))]]),
    categoryPairings: new Map([['box', [{ category: 'box', addOn: 'A', score: 0.1, ordersTogether: 4 }]]]),
    bestSellers: ['A'],
  }
}

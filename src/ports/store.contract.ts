// What every store owes its callers, as tests. In: how to open a store at a fresh place; `open` may be called several
// times for one place, as several processes would. An engine's own test file calls this once.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { generatedPlan } from '../../test/store/generated-plan.ts'
import {
  emptyPlan,
  hasPairing,
  importRecord,
  longAgoMs,
  madeDecision,
  nowMs,
  paidOrder,
  product,
  withScore,
} from '../../test/store/samples.ts'
import type { Order } from '../domain/order.ts'
import { placements } from '../domain/placement.ts'
import { armGuarantees } from './arm.contract.ts'
import { claimGuarantees } from './claim.contract.ts'
import { customerGuarantees } from './customer-purchases.contract.ts'
import { experimentGuarantees } from './experiment-store.contract.ts'
import { freshnessGuarantees } from './freshness.contract.ts'
import { measureGuarantees } from './measure.contract.ts'
import { messageGuarantees } from './message-store.contract.ts'
import { offerGuarantees } from './offer-store.contract.ts'
import { ownerGuarantees } from './owner-words.contract.ts'
import { personGuarantees } from './person.contract.ts'
import { recipientGuarantees } from './recipient.contract.ts'
import { refreshGuarantees } from './refresh.contract.ts'
import type { Store } from './store.ts'
import { weeklyReportGuarantees } from './weekly-report.contract.ts'

export type StorePlace = { open(): Promise<Store>; remove(): Promise<void> }

type Guarantee = (title: string, prove: (store: Store, place: StorePlace) => Promise<void>) => void

export function storeContract(engine: string, freshPlace: () => Promise<StorePlace>): void {
  const guarantee: Guarantee = (title, prove) =>
    test(`${engine}: ${title}`, async () => {
      const place = await freshPlace()
      try {
        const store = await place.open()
        try {
          await prove(store, place)
        } finally {
          await store.close()
        }
      } finally {
        await place.remove()
      }
    })
  catalogGuarantees(guarantee)
  importGuarantees(guarantee)
  planGuarantees(guarantee)
  freshnessGuarantees(guarantee)
  orderGuarantees(guarantee)
  decisionGuarantees(guarantee)
  experimentGuarantees(guarantee)
  customerGuarantees(guarantee)
  ownerGuarantees(guarantee)
  offerGuarantees(guarantee)
  recipientGuarantees(guarantee)
  messageGuarantees(guarantee)
  claimGuarantees(guarantee)
  personGuarantees(guarantee)
  armGuarantees(guarantee)
  refreshGuarantees(guarantee)
  measureGuarantees(guarantee)
  weeklyReportGuarantees(guarantee)
  keyGuarantees(guarantee)
  openingGuarantees(guarantee)
}

function catalogGuarantees(guarantee: Guarantee): void {
  guarantee('a catalog comes back as it was put, by id', async (store) => {
    assert.deepEqual(await store.listProducts(), [])
    const many = Array.from({ length: 1_201 }, (_, i) => product(`sku-${String(i).padStart(4, '0')}`))
    const odd = product('Ä "quoted" 日本 \u{1F375}', {
      title: "Robert'); drop table products;--",
      priceMinor: 9_007_199_254_740_991,
      firstSoldAtMs: longAgoMs,
      category: null,
      lastsDays: 30.5,
      crossSellIds: ['a', 'ä,"b"'],
      brand: "L'Étoile 日本",
      tags: ['espresso', 'ä,"b"', '\\ [x]'],
      goods: { kind: 'not-goods', reason: 'postage', source: 'derived' },
    })
    await store.putProducts([odd, ...many])
    assert.deepEqual(await store.listProducts(), [...many, odd])
    await store.putProducts([])
  })

  guarantee('putting a product again replaces it, and the last of two with one id counts', async (store) => {
    await store.putProducts([product('cup', { title: 'Old' })])
    const newest = product('cup', { title: 'New', stock: 3, category: null, source: 'derived' })
    await store.putProducts([product('cup', { title: 'Between' }), newest])
    assert.deepEqual(await store.listProducts(), [newest])
  })

  guarantee(
    'what the owner said about goods survives an import, and only the owner changes it',
    async (store) => {
      await store.putProducts([product('gift-wrap'), product('cup')])
      const verdict = { kind: 'not-goods', reason: 'a service', source: 'owner' } as const
      assert.equal(await store.setGoods('gift-wrap', verdict), true)
      assert.equal(await store.setGoods('unknown', verdict), false)
      const derived = { kind: 'not-goods', reason: 'a fee', source: 'derived' } as const
      await store.putProducts([
        product('gift-wrap', { title: 'Renamed' }),
        product('cup', { goods: derived }),
      ])
      const [cup, wrap] = await store.listProducts()
      assert.deepEqual([cup?.goods, wrap?.goods, wrap?.title], [derived, verdict, 'Renamed'])
      const goods = { kind: 'goods', source: 'owner' } as const
      await store.putProducts([product('gift-wrap', { goods })])
      assert.deepEqual((await store.listProducts())[1]?.goods, goods)
    },
  )
}

function importGuarantees(guarantee: Guarantee): void {
  guarantee('imports are listed oldest first, and one that is recorded twice stands once', async (store) => {
    const first = importRecord('a'.repeat(64), nowMs)
    const second = importRecord('b'.repeat(64), nowMs + 1)
    await store.recordImport(second)
    await store.recordImport(first)
    await store.recordImport(first)
    assert.deepEqual(await store.listImports(), [first, second])
  })
}

function planGuarantees(guarantee: Guarantee): void {
  guarantee('a published plan comes back exactly', async (store) => {
    await fc.assert(
      fc.asyncProperty(generatedPlan, async (draft) => {
        const version = await store.publishPlan(draft, nowMs)
        const plan = await store.loadPlan(version)
        assert.deepEqual(plan, { version, publishedAtMs: nowMs, ...draft })
        assert.deepEqual([...(plan?.pairings.keys() ?? [])], [...draft.pairings.keys()])
        assert.equal(await store.currentPlanVersion(), version)
      }),
      { numRuns: 25 },
    )
  })

  guarantee(
    'a plan with a figure that is not finite is refused, and the plan before it stays',
    async (store) => {
      const [draft] = fc.sample(generatedPlan.filter(hasPairing), { numRuns: 1, seed: 5 })
      assert.ok(draft)
      await store.publishPlan(draft, nowMs)
      await assert.rejects(store.publishPlan(withScore(draft, Number.NaN), nowMs), /not finite/)
      assert.equal(await store.currentPlanVersion(), 1)
      assert.equal((await store.listPlans()).length, 1)
    },
  )

  guarantee('plans count up, ten are kept, and an earlier one can be made current again', async (store) => {
    assert.equal(await store.currentPlanVersion(), null)
    assert.equal(await store.loadPlan(1), null)
    for (let version = 1; version <= 12; version += 1)
      assert.equal(await store.publishPlan(emptyPlan, nowMs + version), version)
    const headers = await store.listPlans()
    assert.deepEqual(
      headers.map((header) => header.version),
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
    )
    assert.deepEqual(headers[0], {
      version: 12,
      publishedAtMs: nowMs + 12,
      current: true,
      summary: emptyPlan.summary,
    })
    assert.equal(await store.makePlanCurrent(3), true)
    assert.equal(await store.makePlanCurrent(2), false)
    assert.equal(await store.currentPlanVersion(), 3)
    assert.deepEqual(
      (await store.listPlans()).filter((header) => header.current).map((header) => header.version),
      [3],
    )
    assert.equal(await store.publishPlan(emptyPlan, nowMs), 13)
    assert.equal(await store.currentPlanVersion(), 13)
    assert.equal(await store.loadPlan(3), null)
  })

  guarantee('plans that are published at the same time get versions of their own', async (store, place) => {
    const other = await place.open()
    try {
      const versions = await Promise.all(
        [store, other, store, other].map((one) => one.publishPlan(emptyPlan, nowMs)),
      )
      assert.deepEqual(versions.sort(), [1, 2, 3, 4])
      assert.equal(await other.currentPlanVersion(), 4)
    } finally {
      await other.close()
    }
  })
}

function orderGuarantees(guarantee: Guarantee): void {
  guarantee(
    'an order is stored once, the same again is unchanged, another with its id conflicts',
    async (store) => {
      const order = paidOrder('o-1')
      assert.equal(await store.getOrder('o-1'), null)
      assert.equal(await store.putOrder(order, nowMs), 'stored')
      assert.equal(await store.putOrder(structuredClone(order), nowMs + 5), 'unchanged')
      const changes: Partial<Order>[] = [
        { customerId: null },
        { placedAtMs: 1 },
        { currency: 'EUR' },
        { lines: [] },
      ]
      for (const change of changes)
        assert.equal(await store.putOrder({ ...order, ...change }, nowMs), 'conflict')
      assert.deepEqual(await store.getOrder('o-1'), order)
    },
  )

  guarantee('of one order sent many times at once, exactly one is stored', async (store) => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => store.putOrder(paidOrder('o-2'), nowMs)),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'stored').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'unchanged').length, 39)
  })

  guarantee('nothing is found under a key that cannot be stored', async (store) => {
    for (const key of ['', '\0', 'a\0b', '\ud800']) {
      assert.equal(await store.getOrder(key), null)
      assert.equal(await store.getDecision(key, 'thank-you'), null)
      assert.deepEqual(await store.listPlanChanges({ limit: 10, anchor: key }), [])
    }
  })

  guarantee(
    'an order whose id cannot be stored is refused, and those sent beside it are kept',
    async (store) => {
      const outcomes = await Promise.allSettled(
        ['good-1', 'nul\0', 'good-2', '\ud800', ''].map((id) => store.putOrder(paidOrder(id), nowMs)),
      )
      assert.deepEqual(
        outcomes.map((o) => (o.status === 'fulfilled' ? o.value : o.reason.code)),
        ['stored', 'request-invalid', 'stored', 'request-invalid', 'request-invalid'],
      )
    },
  )
}

function decisionGuarantees(guarantee: Guarantee): void {
  guarantee('each placement of an order has its own decision, which comes back exactly', async (store) => {
    for (const placement of placements) {
      const decision = { ...madeDecision('o-1', nowMs), placement }
      assert.equal(await store.getDecision('o-1', placement), null)
      assert.deepEqual(await store.putDecision(decision), decision)
      assert.deepEqual(await store.getDecision('o-1', placement), decision)
    }
  })

  guarantee(
    'of decisions made at the same time, all callers get the one that is stored',
    async (store, place) => {
      const other = await place.open()
      try {
        const answers = await Promise.all(
          Array.from({ length: 60 }, (_, i) =>
            (i % 2 ? store : other).putDecision(madeDecision(`o-${i % 3}`, nowMs + i)),
          ),
        )
        for (const [i, answer] of answers.entries())
          assert.deepEqual(answer, await other.getDecision(`o-${i % 3}`, 'thank-you'))
        assert.equal(new Set(answers.map((answer) => answer.decidedAtMs)).size, 3)
      } finally {
        await other.close()
      }
    },
  )
}

function keyGuarantees(guarantee: Guarantee): void {
  guarantee('an API key is known by its hash, and adding it twice adds one', async (store) => {
    const hash = 'f'.repeat(64)
    assert.equal(await store.findApiKey(hash), null)
    assert.equal(await store.countApiKeys(), 0)
    await store.addApiKey({ name: 'shop', hash, createdAtMs: nowMs })
    await store.addApiKey({ name: 'shop', hash, createdAtMs: nowMs })
    assert.deepEqual(await store.findApiKey(hash), { name: 'shop' })
    assert.equal(await store.findApiKey(hash.toUpperCase()), null)
    assert.equal(await store.countApiKeys(), 1)
  })
}

function openingGuarantees(guarantee: Guarantee): void {
  guarantee('what was written is there when the store is opened again', async (store, place) => {
    await store.putOrder(paidOrder('o-1'), nowMs)
    await store.putDecision(madeDecision('o-1', nowMs))
    const again = await place.open()
    try {
      assert.deepEqual(await again.getOrder('o-1'), paidOrder('o-1'))
      assert.deepEqual(await again.getDecision('o-1', 'thank-you'), madeDecision('o-1', nowMs))
    } finally {
      await again.close()
    }
  })

  guarantee('writes that are under way when the store is closed are kept', async (store, place) => {
    const other = await place.open()
    const outcome = other.putOrder(paidOrder('o-last'), nowMs)
    await other.close()
    await other.close()
    assert.equal(await outcome, 'stored')
    assert.deepEqual(await store.getOrder('o-last'), paidOrder('o-last'))
  })
}

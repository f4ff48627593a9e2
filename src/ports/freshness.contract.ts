// What every store owes to freshness, as tests; a part of the battery in store.contract.ts: what plans changed is kept for
// good, a plan can be read anchor by anchor, and a change of the catalog can be noticed.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { generatedPlan } from '../../test/store/generated-plan.ts'
import { emptyPlan, hasPairing, nowMs, product, withScore } from '../../test/store/samples.ts'
import type { PlanChange } from '../domain/plan-change.ts'
import type { Store } from './store.ts'

type Place = { open(): Promise<Store> }
type Guarantee = (title: string, prove: (store: Store, place: Place) => Promise<void>) => void

export function freshnessGuarantees(guarantee: Guarantee): void {
  const gone: PlanChange = {
    kind: 'retired',
    anchor: 'Ä "cup"',
    addOn: 'saucer',
    relation: 'complete',
    reason: 'sold-out',
    because: 'it is sold out; drop table plans;--\0',
    replacedBy: null,
  }
  const fresh: PlanChange = { kind: 'added', anchor: 'cup', addOn: 'spoon', relation: 'extend', because: '' }

  guarantee('what plans changed is listed newest plan first, and outlives the plans', async (store) => {
    assert.deepEqual(await store.listPlanChanges({ limit: 10 }), [])
    await store.publishPlan({ ...emptyPlan, changes: [gone, fresh] }, nowMs)
    for (let version = 2; version <= 11; version += 1) await store.publishPlan(emptyPlan, nowMs)
    const many = Array.from({ length: 1_201 }, (_, i) => ({ ...gone, addOn: `a-${i}`, replacedBy: 'spoon' }))
    await store.publishPlan({ ...emptyPlan, changes: many }, nowMs + 5)
    const all = await store.listPlanChanges({ limit: 2_000 })
    assert.deepEqual(
      all.map(({ sequence }) => sequence),
      [...many.map((_, i) => i + 3), 1, 2],
    )
    assert.deepEqual(all[0], {
      ...many[0],
      because: 'it is sold out; drop table plans;--',
      sequence: 3,
      planVersion: 12,
      atMs: nowMs + 5,
    })
    assert.deepEqual(await store.listPlanChanges({ limit: 10, anchor: 'cup' }), [
      { ...fresh, sequence: 2, planVersion: 1, atMs: nowMs },
    ])
    assert.equal((await store.listPlanChanges({ limit: 7, kind: 'retired' })).length, 7)
    assert.deepEqual(await store.countPlanChanges(), [
      { planVersion: 12, kind: 'retired', reason: 'sold-out', count: 1_201 },
      { planVersion: 1, kind: 'retired', reason: 'sold-out', count: 1 },
      { planVersion: 1, kind: 'added', reason: null, count: 1 },
    ])
  })

  guarantee('the changes of a plan that is refused are not there', async (store) => {
    const [draft] = fc.sample(generatedPlan.filter(hasPairing), { numRuns: 1, seed: 5 })
    assert.ok(draft)
    await assert.rejects(store.publishPlan({ ...withScore(draft, Number.NaN), changes: [gone] }, nowMs))
    assert.deepEqual(await store.listPlanChanges({ limit: 10 }), [])
  })

  guarantee('a plan that is read anchor by anchor is the same plan', async (store) => {
    assert.equal(await store.streamPlan(1), null)
    await fc.assert(
      fc.asyncProperty(generatedPlan, async (draft) => {
        const version = await store.publishPlan(draft, nowMs)
        const stored = await store.streamPlan(version)
        assert.ok(stored)
        assert.deepEqual(stored.products, draft.products)
        assert.deepEqual(new Map(await Array.fromAsync(stored.pairings)), draft.pairings)
        assert.equal(stored.publishedAtMs, nowMs)
      }),
      { numRuns: 10 },
    )
  })

  guarantee('each change of the catalog moves its version, and nothing else does', async (store) => {
    assert.equal(await store.catalogVersion(), 0)
    await store.putProducts([product('cup')])
    const first = await store.catalogVersion()
    await store.putProducts([product('cup', { stock: 0 })])
    const second = await store.catalogVersion()
    await store.setGoods('cup', { kind: 'not-goods', reason: 'a fee', source: 'owner' })
    const third = await store.catalogVersion()
    assert.equal(new Set([0, first, second, third]).size, 4)
    await store.publishPlan(emptyPlan, nowMs)
    assert.equal(await store.catalogVersion(), third)
  })
}

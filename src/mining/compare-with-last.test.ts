import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { AppError } from '../domain/errors.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { StoredPlan } from '../domain/plan.ts'
import type { PlanChange } from '../domain/plan-change.ts'
import { defaultSettings } from '../domain/settings.ts'
import { compareWithLast } from './compare-with-last.ts'

const ids = Array.from({ length: 40 }, (_, place) => `p${place}`)
const products = ids.map((id) => tinyProduct(id, 1000))
const priced = products.map((one) => (Number(one.id.slice(1)) < 30 ? one : { ...one, priceMinor: 100 }))
const listOf = (anchor: string, addOns: readonly number[]): readonly [string, readonly Pairing[]] => [
  anchor,
  addOns.map((place) => tinyPairing(anchor, `p${place}`, 0.5)),
]

async function compare(
  before: readonly (readonly [string, readonly Pairing[]])[],
  now: readonly (readonly [string, readonly Pairing[]])[],
  /** What reading the plan before ends with. */
  failure?: Error,
) {
  let read = 0
  let ahead = 0
  const stored: StoredPlan = {
    version: 1,
    publishedAtMs: 0,
    products: new Map(priced.map((one) => [one.id, one])),
    pairings: (async function* () {
      for (const one of before) {
        read += 1
        yield one
      }
      if (failure !== undefined) throw failure
    })(),
  }
  const made = { ...tinyPlan(priced, []), pairings: now }
  const draft = compareWithLast(made, stored, new Map(), { words: [], settings: defaultSettings, nowMs: 1 })
  const passed: string[] = []
  for await (const [anchor] of draft.pairings) {
    passed.push(anchor)
    ahead = Math.max(ahead, read - passed.length)
  }
  const key = ({ kind, anchor, addOn }: PlanChange): string => `${kind} ${anchor} ${addOn}`
  return { passed, ahead, told: draft.changes, changes: (draft.changes ?? []).map(key).sort() }
}

test('each anchor meets itself in the plan before, in whatever sequence the two stand', async () => {
  const before = ids.slice(0, 20).map((anchor) => listOf(anchor, [30, 31]))
  const now = ids.slice(1, 21).map((anchor) => listOf(anchor, [31, 32]))
  const same = await compare(before, now)
  const turned = await compare(before.toReversed(), now)
  assert.deepEqual(same.changes, turned.changes)
  const stayed = ids.slice(1, 20)
  assert.deepEqual(
    same.changes,
    [
      ...stayed.flatMap((anchor) => [`retired ${anchor} p30`, `added ${anchor} p32`]),
      'retired p0 p30',
      'retired p0 p31',
      'added p20 p31',
      'added p20 p32',
    ].sort(),
  )
})

test('the plan before is read step by step with the new one, which passes unchanged', async () => {
  const before = ids.map((anchor) => listOf(anchor, [30]))
  const { passed, ahead } = await compare(before, before)
  assert.deepEqual(passed, ids)
  assert.equal(ahead, 0)
})

test('a plan before that cannot be read to its end is not compared with, and the new one passes whole', async () => {
  const before = ids.slice(0, 5).map((anchor) => listOf(anchor, [30]))
  const now = ids.map((anchor) => listOf(anchor, [31]))
  const { passed, told } = await compare(before, now, new AppError('store-damaged', 'cannot be read'))
  assert.deepEqual(passed, ids)
  assert.equal(told, undefined)
  await assert.rejects(compare(before, now, new AppError('store-unavailable', 'gone')), {
    code: 'store-unavailable',
  })
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyPlan, tinyProduct } from '../../../test/tiny-plan.ts'
import { listPairings } from '../../deciding/list-pairings.ts'
import { defaultSettings } from '../../domain/settings.ts'
import { guidePlan } from '../../next/guide-plan.ts'
import { openOwnerGuide } from '../../next/owner-guide.ts'
import { evidenceCells } from './pairings.ts'

test('a refill and a next step have dashes for what is counted within one order, and say how many come back for them', () => {
  const plan = tinyPlan(
    [tinyProduct('beans', 900), tinyProduct('cleaner', 400), tinyProduct('grinder', 800)],
    [
      tinyPairing('beans', 'cleaner', 0.4),
      tinyPairing('beans', 'beans', 0.3, {
        verdict: { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' },
      }),
      tinyPairing('beans', 'grinder', 0.2, {
        verdict: { status: 'live', relation: 'extend', because: '', decidedBy: 'orders-later' },
      }),
    ],
  )
  const guided = guidePlan(plan, openOwnerGuide([], 0), defaultSettings)
  const [complete, refill, extend] = listPairings(
    guided,
    { limit: 9 },
    { settings: defaultSettings, nowMs: 0 },
  )
  assert.ok(complete && refill && extend)
  assert.deepEqual(evidenceCells(complete), ['40', '5.0', '8.0', '40.0 % (≥ 30.0)'])
  assert.deepEqual(evidenceCells(refill), ['–', '–', '–', '30.0 % buy again'])
  assert.deepEqual(evidenceCells(extend), ['–', '–', '–', '20.0 % take it up later'])
})

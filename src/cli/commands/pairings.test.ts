import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyPlan, tinyProduct } from '../../../test/tiny-plan.ts'
import { listPairings } from '../../deciding/list-pairings.ts'
import { defaultSettings } from '../../domain/settings.ts'
import { guidePlan } from '../../next/guide-plan.ts'
import { openOwnerGuide } from '../../next/owner-guide.ts'
import { evidenceCells } from './pairings.ts'

test('a refill has dashes for what is counted within one order, and says how many buy again', () => {
  const plan = tinyPlan(
    [tinyProduct('beans', 900), tinyProduct('cleaner', 400)],
    [
      tinyPairing('beans', 'cleaner', 0.4),
      tinyPairing('beans', 'beans', 0.3, {
        verdict: { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' },
      }),
    ],
  )
  const guided = guidePlan(plan, openOwnerGuide([], 0), defaultSettings)
  const [complete, refill] = listPairings(guided, { limit: 9 }, { settings: defaultSettings, nowMs: 0 })
  assert.ok(complete && refill)
  assert.deepEqual(evidenceCells(complete), ['40', '5.0', '8.0', '40.0 % (≥ 30.0)'])
  assert.deepEqual(evidenceCells(refill), ['–', '–', '–', '30.0 % buy again'])
})

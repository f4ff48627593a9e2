import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { listPairings } from '../deciding/list-pairings.ts'
import { type HeldWord, wordKey } from '../domain/owner-word.ts'
import { defaultSettings } from '../domain/settings.ts'
import { guidePlan } from '../next/guide-plan.ts'
import { openOwnerGuide } from '../next/owner-guide.ts'
import { evidenceCells, pairingCells, pairingLines } from './pairing-lines.ts'

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

test('a pairing reads as advice: with which words, when, which evidence decided, its figures, and why not now', () => {
  const plan = tinyPlan(
    [
      tinyProduct('machine', 40_000),
      tinyProduct('cleaner', 1400, { buyable: false, offSale: 'sold-out' }),
      tinyProduct('scale', 30_000),
      tinyProduct('plan', 2000),
    ],
    [
      tinyPairing('machine', 'cleaner', 0.4),
      tinyPairing('machine', 'scale', 0.2, { priceRatio: 0.75 }),
      tinyPairing('machine', 'plan', 0.1, {
        need: '',
        windows: [],
        verdict: {
          status: 'refused',
          relation: 'too-little-evidence',
          because: '9 orders together, 5.0 expected',
          decidedBy: 'own-orders',
        },
      }),
    ],
  )
  const rows = listPairings(
    guidePlan(plan, openOwnerGuide([], 0), defaultSettings),
    { anchor: 'machine', limit: 9 },
    { settings: defaultSettings, nowMs: 0 },
  )
  assert.deepEqual(rows.map(pairingLines), [
    [
      'Cleaner (cleaner): complete, live; thank-you page, confirmation e-mail',
      '  "Goes with your machine."',
      '  Decided by orders with both: 40 orders together, 5.0 expected.',
      '  40.0 % of the orders hold both (at least 30.0 %), lift 8.0; at 20 % of its price.',
      '  Not offered now: it is sold out.',
    ],
    [
      'Scale (scale): complete, live; thank-you page, confirmation e-mail',
      '  "Goes with your machine."',
      '  Decided by orders with both: 40 orders together, 5.0 expected.',
      '  40.0 % of the orders hold both (at least 30.0 %), lift 8.0; at 75 % of its price; so in orders from £1,200.00 on.',
    ],
    [
      'Plan (plan): no more than taste, refused',
      '  Decided by customers’ own orders: 9 orders together, 5.0 expected.',
      '  40.0 % of the orders hold both (at least 30.0 %), lift 8.0; at 20 % of its price.',
    ],
  ])
  assert.deepEqual(pairingCells(rows[0] as (typeof rows)[number]).slice(0, 5), [
    'machine Machine',
    'cleaner Cleaner',
    'complete',
    'orders with both',
    'live, not now',
  ])
})

test('what is out of season stands and is not offered now, unless the owner approved it', () => {
  const season = { quiet: [{ month: 1, orders: 2, usual: 40 }], sells: [11, 12] }
  const plan = tinyPlan(
    [tinyProduct('cake', 3000), tinyProduct('crackers', 900, { season })],
    [tinyPairing('cake', 'crackers', 0.4)],
  )
  const notNow = (words: readonly HeldWord[], nowMs: number) =>
    listPairings(
      guidePlan(plan, openOwnerGuide(words, 0), defaultSettings),
      { limit: 1 },
      { settings: defaultSettings, nowMs },
    )[0]?.notNow
  assert.match(notNow([], Date.UTC(2026, 0, 15)) ?? '', /^it is out of season in January/)
  assert.equal(notNow([], Date.UTC(2026, 10, 15)), null)
  const word = { kind: 'standing', anchor: 'cake', addOn: 'crackers', standing: 'approved' } as const
  const held = { key: wordKey(word), word, source: 'cli', saidBy: 'me', saidAtMs: 0, sequence: 1 } as const
  assert.equal(notNow([held], Date.UTC(2026, 0, 15)), null)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyPairing, tinyPlan, tinyProduct, tinyRhythm } from '../../test/tiny-plan.ts'
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
  assert.deepEqual(evidenceCells(complete), ['40 of 100', '8.0', '40.0 % (≥ 30.0)'])
  assert.deepEqual(evidenceCells(refill), ['–', '–', '30.0 % buy again'])
  assert.deepEqual(evidenceCells(extend), ['–', '–', '20.0 % take it up later'])
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

test('a refill says when it runs out, with an interval and a chance, and a next step how many came and when', () => {
  const plan = tinyPlan(
    [tinyProduct('beans', 900, { refill: tinyRhythm(40) }), tinyProduct('grinder', 800)],
    [
      tinyPairing('beans', 'beans', 0.5, {
        verdict: { status: 'live', relation: 'refill', because: 'bought again', decidedBy: 'rebuys' },
        windows: [{ placement: 'follow-up', fromDay: 31, toDay: 76 }],
      }),
      tinyPairing('beans', 'grinder', 0.2, {
        verdict: { status: 'live', relation: 'extend', because: 'bought later', decidedBy: 'orders-later' },
        evidence: tinyEvidence({
          ...{ customersLater: 30, customersLaterExpected: 4, customersEarlier: 6 },
          ...{ laterDaysLow: 5, laterDaysMedian: 9, laterDaysHigh: 20 },
        }),
      }),
    ],
  )
  const [refill, extend] = listPairings(
    guidePlan(plan, openOwnerGuide([], 0), defaultSettings),
    { anchor: 'beans', limit: 9 },
    { settings: defaultSettings, nowMs: 0 },
  )
  assert.ok(refill?.runOut && extend)
  const { day, dayLow, dayHigh, chance } = refill.runOut
  assert.ok(
    day === 40 && dayLow < 40 && dayHigh > 40 && chance > 0.5 && chance < 0.8,
    JSON.stringify(refill.runOut),
  )
  assert.equal(
    pairingLines(refill).at(-1),
    `  One runs out after about 40 days, for 8 in 10 between day ${dayLow} and ${dayHigh}; 50.0 % buy again.`,
  )
  assert.deepEqual([refill.later, extend.runOut], [null, null])
  assert.deepEqual(extend.later, {
    ...{ customers: 30, expected: 4, otherWay: 6 },
    days: { low: 5, median: 9, high: 20 },
  })
})

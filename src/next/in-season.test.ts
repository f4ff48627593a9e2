import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import type { OwnerWord } from '../domain/owner-word.ts'
import type { Placement } from '../domain/placement.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { guidePlan } from './guide-plan.ts'
import { nameMonths } from './in-season.ts'
import { openOwnerGuide } from './owner-guide.ts'

const crackers = tinyProduct('crackers', 500, {
  season: {
    quiet: [
      { month: 1, orders: 3, usual: 81.4 },
      { month: 2, orders: 0, usual: 0.2 },
    ],
    sells: [10, 11, 12],
  },
})
const followUp = { placement: 'follow-up' as const, fromDay: 20, toDay: 30 }
const pairing = tinyPairing('plate', 'crackers', 0.5)
const plan = tinyPlan(
  [tinyProduct('plate', 2000), crackers],
  [{ ...pairing, windows: [...pairing.windows, followUp] }],
  { bestSellers: ['crackers'] },
)

function decide(day: string, placement: Placement = 'thank-you', words: readonly OwnerWord[] = []) {
  const held = words.map((word) => ({
    key: '',
    word,
    source: 'cli' as const,
    saidBy: 'Zoë',
    saidAtMs: 0,
    sequence: 1,
  }))
  const guide = openOwnerGuide(held, held.length)
  const guided = guidePlan(plan, guide, defaultSettings)
  const hand = { guide, nowMs: Date.parse(day) }
  const order = tinyOrder([['plate', 2, 2000]])
  const { picks, dropped } = choosePicks(order, null, placement, guided, defaultSettings, hand)
  return {
    picks: picks.map(({ product }) => product),
    rules: new Set(dropped.map(({ rule }) => rule)),
    dropped,
  }
}

test('out of season a product is offered on no step of the ladder, and the reason has its figures', () => {
  assert.deepEqual(decide('2026-12-31').picks, ['crackers'])
  const { picks, rules, dropped } = decide('2026-01-15')
  assert.deepEqual([picks, rules], [[], new Set(['out-of-season'])])
  assert.equal(
    dropped[0]?.detail,
    'it is out of season in January: 3 of its orders came then, where its rate in season would bring 81; it sells in October to December',
  )
  assert.match(decide('2026-02-15').dropped[0]?.detail ?? '', /like others of its kind/)
})

test('what is shown later is judged by the month in which it is shown', () => {
  assert.deepEqual(decide('2026-12-05', 'follow-up').picks, ['crackers'])
  assert.deepEqual(decide('2026-12-20', 'follow-up').picks, [])
})

test('a pairing that the owner approved or pinned is offered out of season too', () => {
  for (const standing of ['approved', 'pinned'] as const) {
    const word: OwnerWord = { kind: 'standing', anchor: 'plate', addOn: 'crackers', standing }
    assert.deepEqual(decide('2026-01-15', 'thank-you', [word]).picks, ['crackers'])
  }
})

test('months are named as runs, over the turn of the year too', () => {
  assert.equal(nameMonths([1, 2, 11, 12]), 'November to February')
  assert.equal(nameMonths([3, 6, 7]), 'March and June to July')
  assert.equal(nameMonths([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), 'all months')
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyPairing } from '../../test/tiny-plan.ts'
import type { Pairing } from '../domain/pairing.ts'
import { defaultSettings } from '../domain/settings.ts'
import { type Gaps, timeNextStep } from './time-next-steps.ts'

const extend: Pairing = tinyPairing('machine', 'descaler', 0.1, {
  verdict: {
    status: 'live',
    relation: 'extend',
    because: '12 customers bought it later, 3.1 expected',
    decidedBy: 'orders-later',
  },
  evidence: tinyEvidence({ customersLater: 12 }),
  windows: [{ placement: 'follow-up', fromDay: 3, toDay: 30 }],
})

/** One customer for each gap that is named. */
function gaps(later: readonly number[], earlier: readonly number[]): Gaps {
  const byDay = (days: readonly number[]): number[] =>
    Array.from({ length: 31 }, (_, day) => days.filter((one) => one === day).length)
  return { later: byDay(later), earlier: byDay(earlier) }
}

const twelve = [1, 5, 8, 9, 10, 12, 14, 15, 17, 20, 21, 30]

test('a next step is offered from the first to the third quartile of the days that customers let pass', () => {
  const timed = timeNextStep(extend, gaps(twelve, [4, 9]), defaultSettings)
  assert.deepEqual(timed.windows, [{ placement: 'follow-up', fromDay: 8, toDay: 17 }])
  assert.deepEqual(
    [timed.evidence.laterDaysLow, timed.evidence.laterDaysMedian, timed.evidence.laterDaysHigh],
    [8, 12, 17],
  )
  assert.equal(
    timed.verdict.because,
    '12 customers bought it later, 3.1 expected; half of them after 8 to 17 days; 2 the other way round',
  )
})

test('a next step never leaves the days that the shop allows for follow-ups', () => {
  const soon = timeNextStep(extend, gaps([1, 1, 1, 2, 2, 2], []), defaultSettings)
  assert.deepEqual(soon.windows, [{ placement: 'follow-up', fromDay: 3, toDay: 3 }])
  const shop = { followUpFromDay: 7, followUpToDay: 10 }
  assert.deepEqual(timeNextStep(extend, gaps(twelve, []), shop).windows, [
    { placement: 'follow-up', fromDay: 8, toDay: 10 },
  ])
})

test('two products that follow each other about equally often are a next step whose order is not sure', () => {
  const { verdict } = timeNextStep(extend, gaps(twelve, twelve.slice(1)), defaultSettings)
  assert.equal(verdict.status, 'live')
  assert.match(verdict.because, /11 the other way round, so the order is not sure$/)
})

test('what customers mostly buy first is not offered as what comes next', () => {
  // 2 against 12: the two-sided sign test gives p = 212 / 16384 = 0.0129.
  const refused = timeNextStep(extend, gaps([4, 9], twelve), defaultSettings)
  assert.deepEqual(refused.verdict, {
    status: 'refused',
    relation: 'too-little-evidence',
    because: '12 customers bought them the other way round, 2 in this order',
    decidedBy: 'orders-later',
  })
  assert.deepEqual([refused.need, refused.windows], ['', []])
})

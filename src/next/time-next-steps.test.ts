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
function gaps(
  later: readonly number[],
  earlier: readonly number[],
  { explained = 0, expected = 0.9 }: Partial<Gaps> = {},
): Gaps {
  const byDay = (days: readonly number[]): number[] =>
    Array.from({ length: 31 }, (_, day) => days.filter((one) => one === day).length)
  return { later: byDay(later), earlier: byDay(earlier), explained, expected }
}

const twelve = [1, 5, 8, 9, 10, 12, 14, 15, 17, 20, 21, 30]

test('a next step is offered from the first to the third quartile of the days that customers let pass', () => {
  const timed = timeNextStep(extend, gaps(twelve, [4, 9]), defaultSettings)
  assert.deepEqual(timed.windows, [{ placement: 'follow-up', fromDay: 8, toDay: 17 }])
  assert.deepEqual(
    [timed.evidence.laterDaysLow, timed.evidence.laterDaysMedian, timed.evidence.laterDaysHigh],
    [8, 12, 17],
  )
  assert.equal(timed.evidence.customersLaterExpected, 0.9)
  assert.equal(
    timed.verdict.because,
    '12 customers bought it later, 0.9 expected, and 2 the other way round; half of them after 8 to 17 days',
  )
})

test('a next step never leaves the days that the shop allows for follow-ups', () => {
  const soon = timeNextStep(extend, gaps([1, 1, 1, 1, 2, 2, 2, 2], [], { expected: 0.1 }), defaultSettings)
  assert.deepEqual(soon.windows, [{ placement: 'follow-up', fromDay: 3, toDay: 3 }])
  const shop = { followUpFromDay: 7, followUpToDay: 10 }
  assert.deepEqual(timeNextStep(extend, gaps(twelve, []), shop).windows, [
    { placement: 'follow-up', fromDay: 8, toDay: 10 },
  ])
})

/** Refused, and why. */
function doubt(asked: Gaps): string {
  const { verdict, need, windows } = timeNextStep(extend, asked, defaultSettings)
  assert.deepEqual([verdict.status, verdict.relation], ['refused', 'too-little-evidence'])
  assert.deepEqual([need, windows], ['', []])
  return verdict.because.replace(/^.*: /, '')
}

test('two products that follow each other about equally often are no next step', () => {
  // 12 against 5: the two-sided sign test gives p = 9402 / 65536 = 0.14; against 3, 1152 / 32768 = 0.035.
  assert.equal(doubt(gaps(twelve, twelve.slice(7))), 'neither comes first for sure')
  assert.equal(timeNextStep(extend, gaps(twelve, twelve.slice(9)), defaultSettings).verdict.status, 'live')
})

test('what customers mostly buy first is not offered as what comes next', () => {
  assert.equal(doubt(gaps([4, 9], twelve)), 'neither comes first for sure')
})

test('what everybody bought in these weeks, or may buy by taste, is no next step', () => {
  // Gamma(14), 0.1 % point 5.2: surely 12 are more than 1.1 times what is expected up to 2.7, taste doubling 1.3 of it.
  const because = 'what is new, in season or to their taste explains as much'
  assert.equal(doubt(gaps(twelve, [], { expected: 1.4 })), because)
  assert.equal(
    timeNextStep(extend, gaps(twelve, [], { expected: 1.3 }), defaultSettings).verdict.status,
    'live',
  )
})

test('what follows something else that these customers had just bought is the next step of that alone', () => {
  assert.equal(
    doubt(gaps(twelve, [], { explained: 8 })),
    '8 of them had also just bought something that it follows more surely',
  )
})

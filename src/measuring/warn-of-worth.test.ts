import assert from 'node:assert/strict'
import test from 'node:test'
import type { HoldBack, WorthModel } from './lifetime-value.ts'
import { type WorthFacts, warnOfWorth } from './warn-of-worth.ts'

const method: WorthModel = {
  kind: 'model',
  purchases: { r: 0.5, alpha: 60, a: 0.8, b: 2.5, firstOrderEffect: 0, timeStepDays: 1 },
  spend: { p: 4, q: 4, v: 3750 },
  spendFrequencyCorrelation: 0.02,
}

const check: HoldBack = {
  days: 91,
  customers: 1000,
  foretoldPurchases: 100,
  actualPurchases: 100,
  bias: 0,
  foretoldRevenueMinor: 100_000,
  actualRevenueMinor: 100_000,
  revenueBias: 0,
  bestTenthShare: 0.6,
  error: 1,
  naiveError: 2,
}

const sound: WorthFacts = {
  marginShare: 0.4,
  method,
  heldBack: [check],
  topPercentShare: 0.1,
  source: {
    currency: 'GBP',
    firstDay: 0,
    lastDay: 800,
    revenueMinor: 1e6,
    guestsMinor: 1e5,
    unmatchedMinor: 1e3,
  },
  otherCurrencies: [],
}

const kindsOf = (facts: WorthFacts): string[] => warnOfWorth(facts).map(({ kind }) => kind)

test('a sound measurement carries no warning', () => {
  assert.deepEqual(warnOfWorth(sound), [])
})

test('each thing that misleads is said by its own warning, and only by that', () => {
  const { source } = sound
  const cases: readonly (readonly [string, Partial<WorthFacts>])[] = [
    ['no-margin', { marginShare: null }],
    ['short-history', { source: { ...source, lastDay: 363 } }],
    ['held-back-off', { heldBack: [{ ...check, revenueBias: -0.21 }] }],
    ['few-leave', { method: { ...method, purchases: { ...method.purchases, a: 0.002, b: 20 } } }],
    ['near-singular', { method: { ...method, purchases: { ...method.purchases, a: 1.0005 } } }],
    ['spend-unbounded', { method: { ...method, spend: null } }],
    ['spend-follows-frequency', { method: { ...method, spendFrequencyCorrelation: -0.11 } }],
    ['few-dominate', { topPercentShare: 0.31 }],
    ['guests', { source: { ...source, guestsMinor: 2.1e5 } }],
    ['returns-unmatched', { source: { ...source, unmatchedMinor: 2.1e4 } }],
    ['other-currencies', { otherCurrencies: ['EUR'] }],
  ]
  for (const [kind, facts] of cases) assert.deepEqual(kindsOf({ ...sound, ...facts }), [kind])
})

test('a forecast that was far off says in which direction, and what share of the truth it was', () => {
  const much = { ...check, foretoldRevenueMinor: 135_000, revenueBias: 0.35 }
  const little = { ...check, foretoldRevenueMinor: 65_000, revenueBias: -0.35 }
  const [first] = warnOfWorth({ ...sound, heldBack: [much] })
  assert.match(first?.sentence ?? '', /35 % too much revenue \(1\.35 of what came\).*first brought 60 %/)
  const [second] = warnOfWorth({ ...sound, heldBack: [little] })
  assert.match(second?.sentence ?? '', /35 % too little revenue \(0\.65 of what came\)/)
})

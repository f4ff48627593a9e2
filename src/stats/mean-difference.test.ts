// Reference values: GrowthBook's tests (packages/stats/tests/frequentist/test_tests.py), five decimals, where no other
// source is named.

import assert from 'node:assert/strict'
import test from 'node:test'
import { type Comparison, compareMeans, type NotComparable } from './mean-difference.ts'
import { momentsOf, momentsOfRate, momentsOfSums } from './sample-moments.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function compared(found: Comparison | NotComparable): Comparison {
  assert.ok(!('kind' in found))
  return found
}

const control = momentsOfSums(3407, 1396.87, 52377.9767)
const treated = momentsOfSums(3461, 2422.7, 134698.29)

test('revenue per customer has the effect and interval of GrowthBook, relative and absolute', () => {
  const relative = compared(compareMeans(control, treated, { scale: 'relative' }))
  near(relative.effect, 0.70732, 6e-6)
  near(relative.low, -0.03526, 6e-6)
  near(relative.high, 1.44989, 6e-6)
  near(relative.standardError, 0.37879, 6e-6)
  near(relative.pValue, 0.06191, 6e-6)
  const absolute = compared(compareMeans(control, treated))
  near(absolute.effect, 0.29, 6e-6)
  near(absolute.low, 0.04538, 6e-6)
  near(absolute.high, 0.53462, 6e-6)
  near(absolute.standardError, 0.12478, 6e-6)
  near(absolute.pValue, 0.02016, 6e-6)
})

test('rates have the relative effect and interval of GrowthBook', () => {
  const found = compared(compareMeans(momentsOfRate(14, 28), momentsOfRate(16, 30), { scale: 'relative' }))
  near(found.effect, 0.06667, 6e-6)
  near(found.low, -0.47767, 6e-6)
  near(found.high, 0.61101, 6e-6)
  near(found.standardError, 0.2717, 6e-6)
  near(found.pValue, 0.80707, 6e-6)
})

test('a variance of an effect is that of GrowthBook, absolute .53333 and relative .00589', () => {
  const [one, other] = [
    { units: 4, mean: 7, variance: 2 },
    { units: 15, mean: 5, variance: 0.5 },
  ]
  near(compared(compareMeans(one, other)).standardError ** 2, 0.53333, 6e-6)
  near(compared(compareMeans(one, other, { scale: 'relative' })).standardError ** 2, 0.00589, 6e-6)
})

test('spend against a hold-out has the interval of scipy’s Welch test from sums', () => {
  const holdOut = momentsOfSums(1000, 4700, 1.15e5)
  const offered = momentsOfSums(9000, 45900, 1.2e6)
  const found = compared(compareMeans(holdOut, offered))
  near(found.effect, 0.4, 1e-12)
  near(found.standardError, 0.323928, 1e-6)
  near(found.freedom, 1269.32, 5e-3)
  near(found.pValue, 0.217117, 1e-6)
  near(found.low, -0.235493, 1e-6)
  near(found.high, 1.035493, 1e-6)
  // What was caused: 3,600 over 9,000 customers, from -2,119.4 to 9,319.4.
  near(found.low * 9000, -2119.4, 0.05)
  near(found.high * 9000, 9319.4, 0.05)
})

test('asked only whether it is greater, revenue has the lower end and the p-value of GrowthBook', () => {
  // One-sided at 5 % is the lower end of two sides at 10 %, and half of their p-value.
  const fewer = momentsOfSums(3000, 1396.87, 52377.9767)
  const found = compared(compareMeans(fewer, treated, { scale: 'relative', alpha: 0.1 }))
  near(found.low, -0.045137, 6e-7)
  near(found.pValue / 2, 0.065583, 6e-7)
})

test('rates of 5 % against 7 % and 2 % against 2.4 % are told apart as by the pooled test of statsmodels, within .3 %', () => {
  for (const [one, other, units, z] of [
    [50, 70, 1000, 1.883109],
    [400, 480, 20_000, 2.726963],
  ] as const) {
    const { effect, standardError } = compared(
      compareMeans(momentsOfRate(one, units), momentsOfRate(other, units)),
    )
    near(effect / standardError / z, 1, 3e-3)
  }
})

test('values and their sums have the same moments', () => {
  const values = [3, 0, 0, 12.5, 7, 0, 1]
  const sums = values.reduce((sum, value) => sum + value, 0)
  const squares = values.reduce((sum, value) => sum + value * value, 0)
  const [one, other] = [momentsOf(values), momentsOfSums(values.length, sums, squares)]
  near(one.mean, other.mean, 1e-12)
  near(one.variance, other.variance, 1e-12)
})

test('arms that cannot be compared are refused with the reason', () => {
  const flat = { units: 50, mean: 0, variance: 0 }
  for (const found of [
    compareMeans(flat, flat),
    compareMeans({ ...control, units: 1 }, treated),
    compareMeans({ ...control, mean: 0 }, treated, { scale: 'relative' }),
  ]) {
    assert.ok('kind' in found && found.reason.length > 0)
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { confidenceSequence } from './confidence-sequence.ts'
import {
  type ArmWithPast,
  covarianceOfSums,
  cupedTheta,
  estimateCupedEffect,
  withoutForeseen,
} from './cuped.ts'
import { estimateEffect } from './mean-difference.ts'
import { momentsOf, momentsOfSums } from './sample-moments.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function armOf(before: readonly number[], after: readonly number[]): ArmWithPast {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const products = before.map((value, unit) => value * (after[unit] ?? 0))
  return {
    before: momentsOf(before),
    after: momentsOf(after),
    covariance: covarianceOfSums(before.length, sum(before), sum(after), sum(products)),
  }
}

const after = [10, 0, 35, 20, 0, 50, 15, 0, 25, 40]
const before = [5, 0, 20, 10, 0, 30, 8, 0, 12, 18]

test('theta and the variance that is left are as computed with numpy, 1 - correlation²', () => {
  const arm = armOf(before, after)
  const theta = cupedTheta([arm])
  near(theta, 1.76487, 6e-7)
  near(withoutForeseen(arm, theta).variance / arm.after.variance, 0.028323, 6e-7)
})

test('revenue with its past under daily looks has the interval of GrowthBook (test_tests.py, tuned for 5,000)', () => {
  const found = estimateCupedEffect(
    {
      after: momentsOfSums(3000, 1396.87, 52377.9767),
      before: momentsOfSums(3000, 16.87, 527.9767),
      covariance: covarianceOfSums(3000, 16.87, 1396.87, 1),
    },
    {
      after: momentsOfSums(3461, 2422.7, 134698.29),
      before: momentsOfSums(3461, 22.7, 1348.29),
      covariance: covarianceOfSums(3461, 22.7, 2422.7, 1),
    },
    'relative',
  )
  assert.ok(!('kind' in found))
  const { low, high } = confidenceSequence(found)
  near(found.effect, 0.50338, 6e-6)
  near(low, -0.50969, 6e-6)
  near(high, 1.51646, 6e-6)
})

test('an effect that is the same for everybody is found whole, and does not leak into theta', () => {
  const control = armOf(before, after)
  const treated = armOf(
    before,
    after.map((value) => value + 100),
  )
  const found = estimateCupedEffect(control, treated)
  assert.ok(!('kind' in found))
  near(found.effect, 100, 1e-9)
  near(found.theta, 1.76487, 6e-7)
  near(found.varianceRatio, 0.028323, 6e-7)
})

test('a past without spread changes nothing', () => {
  const flat = before.map(() => 3)
  const [control, treated] = [armOf(flat, after), armOf(flat, before)]
  const found = estimateCupedEffect(control, treated)
  const plain = estimateEffect(control.after, treated.after)
  assert.ok(!('kind' in found) && !('kind' in plain))
  assert.deepEqual([found.theta, found.varianceRatio], [0, 1])
  near(found.effect, plain.effect, 1e-12)
  near(found.standardError, plain.standardError, 1e-12)
})

test('arms with a past that cannot be compared are refused with the reason', () => {
  const flat = armOf([1, 1], [0, 0])
  const found = estimateCupedEffect(flat, flat, 'relative')
  assert.ok('kind' in found && found.reason.length > 0)
})

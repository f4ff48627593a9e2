import assert from 'node:assert/strict'
import test from 'node:test'
import { bestTau, lnMixtureRatio } from './mixture-sprt.ts'

function near(actual: number, expected: number, relative: number): void {
  assert.ok(Math.abs(actual - expected) <= relative * expected, `${actual} is not ${expected}`)
}

test('the mixture ratio has the values that numpy gives for the formula of Johari et al.', () => {
  for (const [units, difference, ratio] of [
    [100, 0.5, 64.170151],
    [1000, 0.2, 964.622535],
    [1000, 0.1, 0.541565],
  ] as const) {
    near(Math.exp(lnMixtureRatio(units, difference, 2, 1)), ratio, 1e-6)
  }
})

test('τ is that of the R package mixtureSPRT, .97 for alpha .05, variance 1 and 100 units', () => {
  near(bestTau(0.05, 1, 100), 0.973839, 1e-6)
})

test('without units nothing speaks for either side', () => {
  assert.equal(lnMixtureRatio(0, 0, 2, 1), 0)
})

// Reference values: scipy 1.17 (special.betainc, stats.t).

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { lowerBeta, studentCritical, studentTwoSided } from './incomplete-beta.ts'

function near(actual: number, expected: number, relative: number): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected}`)
}

test('the beta distribution has the values of scipy, also with small, large and lopsided parameters', () => {
  for (const [x, a, b, chance] of [
    [0.3, 2, 5, 0.579825],
    [0.05, 12.5, 300, 0.822662814662364],
    [0.9, 0.5, 0.5, 0.7951672353008665],
    [0.001, 0.2, 4, 0.3534968691861049],
    [0.5, 5000, 5100, 0.8401528708121381],
    [0.999999, 3, 2, 0.999999999994],
  ] as const) {
    near(lowerBeta(x, a, b), chance, 1e-11)
  }
  assert.deepEqual([lowerBeta(-1, 2, 3), lowerBeta(2, 2, 3)], [0, 1])
  assert.ok(Number.isNaN(lowerBeta(0.5, 0, 1)))
})

test('what lies below x and what lies above sum to 1', () => {
  const parameter = fc.double({ min: 0.05, max: 2000, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), parameter, parameter, (x, a, b) => {
      assert.ok(Math.abs(lowerBeta(x, a, b) + lowerBeta(1 - x, b, a) - 1) < 1e-10)
    }),
  )
})

test('Student’s t has the tails and critical values of scipy', () => {
  for (const [t, freedom, chance] of [
    [1, 1, 0.5],
    [2.5, 7.3, 0.03965023466560043],
    [0.2, 1269.32, 0.8415126174204338],
    [-6, 30, 1.3942768767204764e-6],
  ] as const) {
    near(studentTwoSided(t, freedom), chance, 1e-10)
  }
  for (const [probability, freedom, t] of [
    [0.05, 1, 12.706204736174705],
    [0.05, 7.3, 2.3450667365477034],
    [0.01, 30, 2.749995653567226],
    [0.05, 1e5, 1.95998770753461],
    [0.9, 3, 0.1365981993536989],
  ] as const) {
    near(studentCritical(probability, freedom), t, 1e-9)
  }
})

// Exact values: sums over a whole shape (methods of Cook 2005, "Exact calculation of beta inequalities"), and integrals of
// uniform rates by hand.

import assert from 'node:assert/strict'
import test from 'node:test'
import { type Contender, chancesToBeBest } from './chance-to-be-best.ts'
import { lnBeta } from './incomplete-beta.ts'

function near(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected} ± ${tolerance}`,
  )
}

/** P(B > A) for a whole shape a of B. */
function exactlyBeats(b: Contender, a: Contender): number {
  let sum = 0
  for (let i = 0; i < b.a; i++) {
    sum += Math.exp(lnBeta(a.a + i, a.b + b.b) - Math.log(b.b + i) - lnBeta(1 + i, b.b) - lnBeta(a.a, a.b))
  }
  return sum
}

test('the chance that one of two is better is the exact sum, from few showings to many', () => {
  for (const [one, other] of [
    [
      { a: 51, b: 951, worth: 1 },
      { a: 66, b: 936, worth: 1 },
    ],
    [
      { a: 3, b: 39, worth: 1 },
      { a: 5, b: 37, worth: 1 },
    ],
    [
      { a: 2, b: 48, worth: 7 },
      { a: 1, b: 99, worth: 7 },
    ],
    [
      { a: 40, b: 6000, worth: 1 },
      { a: 2, b: 48, worth: 1 },
    ],
  ] as const) {
    near(chancesToBeBest([one, other])[1], exactlyBeats(other, one), 1e-6)
  }
})

test('uniform rates with unlike worths win as the integral says: 5 against 3 in seven of ten cases', () => {
  const [cheap, dear] = chancesToBeBest([
    { a: 1, b: 1, worth: 3 },
    { a: 1, b: 1, worth: 5 },
  ])
  near(dear, 0.7, 5e-3)
  near(cheap, 0.3, 5e-3)
})

test('a narrow arm inside a wide one is weighed as it is (the mean of a uniform)', () => {
  // A Beta(1, 1) beats a rate that is known to be near .3 in seven of ten cases.
  const narrow = { a: 300_000, b: 700_000, worth: 1 }
  near(chancesToBeBest([{ a: 1, b: 1, worth: 1 }, narrow])[0], 0.7, 2e-3)
})

test('two hundred equal arms have equal chances, and one arm alone is the best', () => {
  const equal = Array.from({ length: 200 }, () => ({ a: 4, b: 76, worth: 9 }))
  for (const chance of chancesToBeBest(equal)) near(chance, 1 / 200, 1e-9)
  assert.deepEqual([...chancesToBeBest([{ a: 2, b: 48, worth: 3 }])], [1])
  assert.equal(chancesToBeBest([]).length, 0)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { momentsOf } from './sample-moments.ts'
import { capOf, winsorise } from './winsorise.ts'

const sums = [...Array.from({ length: 90 }, () => 0), 20, 25, 30, 35, 40, 45, 50, 60, 80, 2000]

test('one wholesaler among a hundred customers is cut to 80: mean 4.65 instead of 23.85 (numpy)', () => {
  assert.equal(capOf(sums), 80)
  const capped = momentsOf(winsorise(sums, capOf(sums)))
  assert.ok(Math.abs(capped.mean - 4.65) < 1e-12)
  assert.ok(Math.abs(Math.sqrt(capped.variance) - 15.4111) < 6e-5)
  const whole = momentsOf(sums)
  assert.ok(Math.abs(whole.mean - 23.85) < 1e-12)
  assert.ok(Math.abs(Math.sqrt(whole.variance) - 200.0604) < 6e-5)
})

test('for values per order the customers without one do not move the cap', () => {
  assert.equal(capOf([...sums, ...sums], { withoutZeros: true, share: 0.9 }), 80)
  assert.equal(capOf(sums, { withoutZeros: true }), 2000)
})

test('at most the stated share of the values is cut, and none is raised', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.9, 0.95, 0.99, 1),
      (values, share) => {
        const capped = winsorise(values, capOf(values, { share }))
        const cut = values.filter((value, unit) => value !== capped[unit]).length
        assert.ok(cut <= (1 - share) * values.length + 1e-9)
        assert.ok(values.every((value, unit) => (capped[unit] ?? 0) <= value))
      },
    ),
  )
})

test('without values nothing is capped', () => {
  assert.equal(capOf([]), Number.POSITIVE_INFINITY)
})

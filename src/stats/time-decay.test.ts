import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { decayWeight, effectiveCount } from './time-decay.ts'

test('a weight halves with every half-life and never exceeds 1', () => {
  assert.equal(decayWeight(0, 90), 1)
  assert.equal(decayWeight(90, 90), 0.5)
  assert.equal(decayWeight(180, 90), 0.25)
  assert.equal(decayWeight(-5, 90), 1)
  assert.equal(decayWeight(1e6, Number.POSITIVE_INFINITY), 1)
})

test('the effective count is at most the count, reached when all weights are equal (Cauchy and Schwarz)', () => {
  assert.equal(effectiveCount(0, 0), 0)
  assert.equal(effectiveCount(1.5, 1.25), 1.8)
  const ages = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(ages, (found) => {
      const weights = found.map((age) => decayWeight(age, 90))
      const sum = weights.reduce((total, weight) => total + weight, 0)
      const count = effectiveCount(
        sum,
        weights.reduce((total, weight) => total + weight * weight, 0),
      )
      assert.ok(count <= found.length + 1e-9 && count >= 1 - 1e-9)
    }),
  )
  assert.ok(Math.abs(effectiveCount(7 * 0.3, 7 * 0.09) - 7) < 1e-12)
})

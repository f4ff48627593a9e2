import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { shrunkLift } from './shrunk-lift.ts'
import { lowerGamma } from './special-functions.ts'

test('the shrunk lift has the values of scipy’s gamma posterior with a = b = 2', () => {
  for (const [count, expected, mean, low] of [
    [1, 0.01, 1.492537, 0.406812],
    [3, 0.5, 2.0, 0.78806],
    [30, 15, 1.882353, 1.370438],
  ] as const) {
    const lift = shrunkLift(count, expected)
    assert.ok(Math.abs(lift.mean - mean) < 1e-6, `mean ${lift.mean}`)
    assert.ok(Math.abs(lift.low - low) < 1e-6, `low ${lift.low}`)
  }
})

test('low and high are the 5 % and 95 % points of the posterior, for any counts and weights', () => {
  const count = fc.oneof(fc.nat(10), fc.nat(100_000), fc.double({ min: 0, max: 1e4, noNaN: true }))
  const expected = fc.double({ min: 0, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(count, expected, (together, chance) => {
      const { mean, low, high } = shrunkLift(together, chance)
      assert.ok(low < mean && mean < high)
      assert.ok(Math.abs(lowerGamma(together + 2, low * (chance + 2)) - 0.05) < 1e-9)
      assert.ok(Math.abs(lowerGamma(together + 2, high * (chance + 2)) - 0.95) < 1e-9)
      assert.deepEqual(shrunkLift(together, chance), { mean, low, high })
    }),
  )
})

test('the shrunk lift rises with what was seen and falls with what was expected', () => {
  const expected = fc.double({ min: 0, max: 1e4, noNaN: true })
  fc.assert(
    fc.property(fc.nat(10_000), expected, (count, chance) => {
      const { low, high } = shrunkLift(count, chance)
      assert.ok(shrunkLift(count + 1, chance).low > low && shrunkLift(count + 1, chance).high > high)
      assert.ok(shrunkLift(count, chance + 1).low < low && shrunkLift(count, chance + 1).high < high)
    }),
  )
})

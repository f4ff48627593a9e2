import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { fitQuantityExponent, scaleByQuantity } from './quantity-scaling.ts'

function sumsOf(points: readonly (readonly [quantity: number, days: number])[]) {
  let [sumU, sumV, sumUU, sumUV] = [0, 0, 0, 0]
  for (const [quantity, days] of points) {
    const [u, v] = [Math.log(quantity), Math.log(days)]
    sumU += u
    sumV += v
    sumUU += u * u
    sumUV += u * v
  }
  return { n: points.length, sumU, sumV, sumUU, sumUV }
}

test('three units of what lasts 30 days last 90 days in a pantry and 72.25 by default', () => {
  assert.equal(scaleByQuantity(30, 3, 1), 90)
  assert.ok(Math.abs(scaleByQuantity(30, 3) - 72.25) < 0.005)
  assert.equal(scaleByQuantity(30, 1, 0.5), 30)
})

test('the fitted exponent is the one that made the intervals, and stays in [0, 1]', () => {
  const exponent = fc.double({ min: -0.5, max: 1.5, noNaN: true })
  fc.assert(
    fc.property(exponent, fc.integer({ min: 2, max: 9 }), (theta, most) => {
      const points = Array.from(
        { length: 60 },
        (_, i) => [1 + (i % most), 30 * (1 + (i % most)) ** theta] as const,
      )
      const fitted = fitQuantityExponent(sumsOf(points))
      assert.ok(Math.abs(fitted - Math.min(1, Math.max(0, theta))) < 1e-9)
    }),
  )
})

test('few observations, or one quantity alone, leave the usual exponent', () => {
  assert.equal(
    fitQuantityExponent(
      sumsOf([
        [1, 30],
        [2, 60],
      ]),
    ),
    0.8,
  )
  assert.equal(fitQuantityExponent(sumsOf(Array.from({ length: 80 }, (_, i) => [3, 20 + i] as const))), 0.8)
})

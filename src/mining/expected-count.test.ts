import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { addSize, clearSizes, emptySizes, expectedCount, sealSizes } from './expected-count.ts'

function histogramOf(sizes: readonly number[]) {
  const histogram = emptySizes()
  for (const size of sizes) addSize(histogram, size)
  sealSizes(histogram)
  return histogram
}

/** The formula as the paper states it, basket by basket. */
function plainly(sizes: readonly number[], share: number): number {
  return sizes.reduce((sum, size) => sum - Math.expm1(size * Math.log1p(-share)), 0)
}

// Six customers, X Y A | X A B C | X | Y A | X Y B C D | A B: 17 purchases. The values follow from the closed form
// of Smith and Linden (2017): E_XY with P_Y = 3/17, E_XC with P_C = 2/17, E_YX with P_X = 4/17.
test('expected counts agree with the closed form on a small shop', () => {
  const othersOfBuyersOfX = histogramOf([2, 3, 0, 4])
  assert.ok(Math.abs(expectedCount(othersOfBuyersOfX, 3 / 17) - 1.303325) < 1e-6)
  assert.ok(Math.abs(expectedCount(othersOfBuyersOfX, 2 / 17) - 0.928365) < 1e-6)
  assert.ok(Math.abs(expectedCount(histogramOf([2, 1, 4]), 4 / 17) - 1.308557) < 1e-6)
})

test('any histogram gives the sum over its baskets, however far its sizes lie apart', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(40), fc.nat(5000)), { maxLength: 60 }),
      fc.double({ min: 1e-9, max: 0.9, noNaN: true }),
      (sizes, share) => {
        const plain = plainly(sizes, share)
        assert.ok(Math.abs(expectedCount(histogramOf(sizes), share) - plain) <= 1e-10 * Math.max(plain, 1e-9))
      },
    ),
  )
})

test('a product on no line is never expected, one on every line always', () => {
  assert.equal(expectedCount(histogramOf([1, 5]), 0), 0)
  assert.equal(expectedCount(histogramOf([1, 5, 5]), 1), 3)
})

test('a cleared histogram holds nothing of the anchor before', () => {
  const histogram = histogramOf([3, 700])
  clearSizes(histogram)
  addSize(histogram, 2)
  sealSizes(histogram)
  assert.equal(expectedCount(histogram, 0.5), 0.75)
})

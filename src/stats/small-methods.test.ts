import assert from 'node:assert/strict'
import test from 'node:test'
import { bootstrapMean } from './bootstrap-interval.ts'
import { expectedTogether } from './expected-together.ts'
import { hitAt, ndcgAt, precisionAt, recallAt } from './ranking-metrics.ts'
import { seededRandom } from './seeded-random.ts'
import { shrunkConfidence } from './shrunk-confidence.ts'

test('the heavy-buyer-corrected count equals the expansion of Smith & Linden by hand', () => {
  // Customers u1 {X, Y, A}, u2 {X, A, B, C}, u3 {X}, u4 {Y, A}, u5 {X, Y, B, C, D}, u6 {A, B}: 17 purchases, Y in 3.
  const othersOfBuyersOfX = [2, 3, 0, 4].map((size) => ({ size, count: 1 }))
  assert.ok(Math.abs(expectedTogether(othersOfBuyersOfX, 3 / 17) - 1.303325) < 1e-6)
  assert.ok(Math.abs(expectedTogether(othersOfBuyersOfX, 2 / 17) - 0.928365) < 1e-6)
  const othersOfBuyersOfY = [2, 1, 4].map((size) => ({ size, count: 1 }))
  assert.ok(Math.abs(expectedTogether(othersOfBuyersOfY, 4 / 17) - 1.308557) < 1e-6)
})

test('the expected count is between nothing and all baskets, also for huge baskets', () => {
  assert.equal(expectedTogether([{ size: 5, count: 3 }], 0), 0)
  assert.equal(expectedTogether([{ size: 5, count: 3 }], 1), 3)
  const huge = expectedTogether([{ size: 100_000, count: 2 }], 0.001)
  assert.ok(huge > 1.99 && huge <= 2)
})

test('a confidence is drawn towards popularity, the more so the fewer the orders', () => {
  assert.equal(shrunkConfidence(0, 0, 0.1, 5), 0.1)
  assert.equal(shrunkConfidence(3, 5, 0.1, 5), 0.35)
  assert.ok(Math.abs(shrunkConfidence(300, 500, 0.1, 5) - 0.6) < 0.01)
})

test('ranking metrics on a list worked by hand', () => {
  const truth = new Set([7, 9, 11])
  const ranked = [1, 7, 3, 9]
  assert.equal(hitAt(ranked, truth, 1), 0)
  assert.equal(hitAt(ranked, truth, 2), 1)
  assert.equal(precisionAt(ranked, truth, 2), 0.5)
  assert.equal(precisionAt([7], truth, 2), 0.5)
  assert.equal(recallAt(ranked, truth, 10), 2 / 3)
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2
  assert.ok(Math.abs(ndcgAt(ranked, truth, 10) - (1 / Math.log2(3) + 1 / Math.log2(5)) / ideal) < 1e-12)
})

test('the bootstrap interval covers a known mean about as often as it says, and repeats with its seed', () => {
  let covered = 0
  const draw = seededRandom(7)
  for (let study = 0; study < 200; study++) {
    const values = Array.from({ length: 100 }, () => (draw() < 0.3 ? 1 : 0))
    const { low, high } = bootstrapMean(values, seededRandom(study))
    if (low <= 0.3 && 0.3 <= high) covered += 1
  }
  assert.ok(covered >= 180 && covered <= 200, `${covered} of 200`)
  assert.deepEqual(bootstrapMean([1, 0, 1], seededRandom(1)), bootstrapMean([1, 0, 1], seededRandom(1)))
  assert.deepEqual(bootstrapMean([], seededRandom(1)), { mean: 0, low: 0, high: 0 })
})

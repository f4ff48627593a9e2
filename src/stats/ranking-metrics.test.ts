import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { hitAt, ndcgAt, precisionAt, recallAt } from './ranking-metrics.ts'

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

test('the ideal of nDCG holds the whole truth: with more truths than places a perfect list stays below 1', () => {
  const truth = new Set([1, 2, 3])
  assert.ok(Math.abs(ndcgAt([3, 1, 2], truth, 3) - 1) < 1e-12)
  assert.ok(Math.abs(ndcgAt([3, 1], truth, 2) - (1 + 1 / Math.log2(3)) / (1.5 + 1 / Math.log2(3))) < 1e-12)
})

test('metrics are rates, a repeated product earns once, and more places never hurt recall', () => {
  const products = fc.array(fc.nat(12), { maxLength: 15 })
  fc.assert(
    fc.property(products, products, fc.integer({ min: 1, max: 12 }), (ranked, bought, k) => {
      const truth = new Set(bought)
      const rates = [hitAt, precisionAt, recallAt, ndcgAt].map((metric) => metric(ranked, truth, k))
      for (const rate of rates) assert.ok(rate >= 0 && rate <= 1 + 1e-12, `${rates}`)
      assert.equal(hitAt(ranked, truth, k), recallAt(ranked, truth, k) > 0 ? 1 : 0)
      assert.ok(recallAt(ranked, truth, k + 1) >= recallAt(ranked, truth, k))
      if (truth.size === 0) assert.deepEqual(rates, [0, 0, 0, 0])
    }),
  )
  assert.equal(recallAt([7, 7], new Set([7, 9]), 2), 0.5)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { emptyTop, offerToTop } from './top-products.ts'

test('the best are kept whatever the sequence of offers; equal scores go to the smaller number', () => {
  const offers = fc.uniqueArray(fc.record({ product: fc.nat(50), score: fc.nat(5) }), {
    selector: (o) => o.product,
  })
  fc.assert(
    fc.property(offers, fc.nat(8), (offered, limit) => {
      const top = emptyTop(limit)
      for (const { product, score } of offered) offerToTop(top, product, score)
      const kept = [...top.product.subarray(0, top.size)].sort((a, b) => a - b)
      const best = offered.toSorted((a, b) => b.score - a.score || a.product - b.product).slice(0, limit)
      assert.deepEqual(
        kept,
        best.map((offer) => offer.product).sort((a, b) => a - b),
      )
    }),
  )
})

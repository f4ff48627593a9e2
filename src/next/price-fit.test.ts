import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { defaultSettings } from '../domain/settings.ts'
import { priceCeilingMinor } from './earn-yes.ts'
import { openPriceFit } from './price-fit.ts'

const product = (priceMinor: number | null, category: string | null = null) => ({ priceMinor, category })

test('an add-on at half of its anchor fits any order, a dearer one only orders of four times its price', () => {
  const fit = openPriceFit(defaultSettings)
  assert.deepEqual(fit(product(1000), product(500), 'complete'), { fits: 'any-order', fromMinor: null })
  assert.deepEqual(fit(product(1000), product(501), 'complete'), { fits: 'larger-orders', fromMinor: 2004 })
  assert.deepEqual(fit(product(295), product(1275), 'complete'), { fits: 'larger-orders', fromMinor: 5100 })
})

test('a refill fits any order, and what has no price fits none', () => {
  const fit = openPriceFit(defaultSettings)
  assert.equal(fit(product(295), product(295), 'refill').fits, 'any-order')
  assert.equal(fit(product(295), product(null), 'complete').fits, 'no-order')
})

test('a ceiling of the add-on’s category stands in place of the usual one, whatever its capitals', () => {
  const priceCeilingByCategory = { Teacup: { anchorShare: 0.1, subtotalShare: 0 } }
  const fit = openPriceFit({ ...defaultSettings, priceCeilingByCategory })
  assert.equal(fit(product(1000), product(500, 'teacup'), 'complete').fits, 'no-order')
  assert.equal(fit(product(1000), product(500, 'mug'), 'complete').fits, 'any-order')
})

test('the amount told is the smallest order that the ceiling lets pass, for all prices and ceilings', () => {
  const price = fc.integer({ min: 1, max: 100_000 })
  const share = fc.integer({ min: 1, max: 40 }).map((part) => part / 20)
  fc.assert(
    fc.property(price, price, share, share, (anchor, addOn, anchorShare, subtotalShare) => {
      const ceiling = { anchorShare, subtotalShare }
      const fit = openPriceFit({ priceCeiling: ceiling, priceCeilingByCategory: {} })
      const found = fit(product(anchor), product(addOn), 'complete')
      const passes = (subtotal: number): boolean => addOn <= priceCeilingMinor(anchor, subtotal, ceiling)
      if (found.fits === 'any-order') assert.ok(passes(anchor))
      else {
        assert.ok(found.fromMinor !== null && found.fromMinor > anchor)
        assert.ok(passes(found.fromMinor))
        assert.ok(!passes(found.fromMinor - 1))
      }
    }),
    { numRuns: 2000 },
  )
})

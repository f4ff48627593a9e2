import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { defaultSettings } from '../domain/settings.ts'
import { priceCeilingMinor } from './earn-yes.ts'

const { priceCeiling } = defaultSettings

test('a $14 add-on on a $40 order passes and a $90 one does not', () => {
  const ceiling = priceCeilingMinor(4000, 4000, priceCeiling)
  assert.ok(1400 <= ceiling)
  assert.ok(9000 > ceiling)
})

test('the ceiling is the larger of half the anchor and a quarter of the order', () => {
  assert.equal(priceCeilingMinor(1000, 1000, priceCeiling), 500)
  assert.equal(priceCeilingMinor(1000, 8000, priceCeiling), 2000)
})

test('the ceiling always stays below the subtotal, whatever the shop sets', () => {
  const share = fc.double({ min: 0, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.nat(1e7), fc.nat(1e7), share, share, (anchor, rest, anchorShare, subtotalShare) => {
      const subtotal = anchor + rest
      assert.ok(priceCeilingMinor(anchor, subtotal, { anchorShare, subtotalShare }) < Math.max(1, subtotal))
    }),
  )
})

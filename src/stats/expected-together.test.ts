import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expectedTogether } from './expected-together.ts'

test('the heavy-buyer-corrected count equals the expansion of Smith & Linden by hand', () => {
  // Customers u1 {X, Y, A}, u2 {X, A, B, C}, u3 {X}, u4 {Y, A}, u5 {X, Y, B, C, D}, u6 {A, B}: 17 purchases, Y in 3.
  const othersOfBuyersOfX = [2, 3, 0, 4].map((size) => ({ size, count: 1 }))
  const expected = expectedTogether(othersOfBuyersOfX, 3 / 17)
  assert.ok(Math.abs(expected - 1.303325) < 1e-6)
  assert.ok(Math.abs((2 - expected) / Math.sqrt(expected) - 0.610245) < 1e-6)
  const expectedC = expectedTogether(othersOfBuyersOfX, 2 / 17)
  assert.ok(Math.abs(expectedC - 0.928365) < 1e-6)
  assert.ok(Math.abs((2 - expectedC) / Math.sqrt(expectedC) - 1.112211) < 1e-6)
  const othersOfBuyersOfY = [2, 1, 4].map((size) => ({ size, count: 1 }))
  assert.ok(Math.abs(expectedTogether(othersOfBuyersOfY, 4 / 17) - 1.308557) < 1e-6)
})

test('the expected count is between nothing and all baskets, also for huge baskets', () => {
  assert.equal(expectedTogether([{ size: 5, count: 3 }], 0), 0)
  assert.equal(expectedTogether([{ size: 5, count: 3 }], 1), 3)
  assert.equal(expectedTogether([{ size: 0, count: 3 }], 1), 0)
  const huge = expectedTogether([{ size: 100_000, count: 2 }], 0.001)
  assert.ok(huge > 1.99 && huge <= 2)
})

test('the expected count rises with the share and the sizes, and never exceeds size times share', () => {
  const sizes = fc.array(fc.record({ size: fc.nat(500), count: fc.nat(1000) }), { maxLength: 12 })
  const share = fc.double({ min: 0, max: 0.9, noNaN: true })
  fc.assert(
    fc.property(sizes, share, (found, p) => {
      const expected = expectedTogether(found, p)
      const baskets = found.reduce((sum, { size, count }) => sum + (size > 0 ? count : 0), 0)
      const plain = found.reduce((sum, { size, count }) => sum + count * size * p, 0)
      assert.ok(expected >= 0 && expected <= baskets * (1 + 1e-12) && expected <= plain * (1 + 1e-12))
      assert.ok(expectedTogether(found, p + 0.05) >= expected)
      const larger = found.map(({ size, count }) => ({ size: size + 1, count }))
      assert.ok(expectedTogether(larger, p) >= expected - 1e-9)
    }),
  )
})

const tafeng = join(process.env.AFTERCART_DATASETS ?? '', 'tafeng', 'tafeng_history.json.gz')
const skip =
  process.env.AFTERCART_DATASETS !== undefined && existsSync(tafeng)
    ? false
    : 'AFTERCART_DATASETS names no folder with tafeng'

test('of 13,858 shoppers of TaFeng as many are expected with items 9 and 50 as numpy computes', {
  skip,
}, () => {
  const histories = JSON.parse(gunzipSync(readFileSync(tafeng)).toString()) as Record<string, number[][]>
  const shoppers = Object.values(histories).map(
    (baskets) => new Set(baskets.flat().filter((item) => item >= 0)),
  )
  const purchases = shoppers.reduce((sum, items) => sum + items.size, 0)
  const expected = (one: number, other: number): number => {
    const buyers = shoppers.filter((items) => items.has(one))
    const share = shoppers.filter((items) => items.has(other)).length / purchases
    return expectedTogether(
      buyers.map((items) => ({ size: items.size - 1, count: 1 })),
      share,
    )
  }
  assert.equal(shoppers.filter((items) => items.has(9) && items.has(50)).length, 1293)
  assert.ok(Math.abs(expected(9, 50) - 830.967687) < 1e-6)
  assert.ok(Math.abs(expected(50, 9) - 865.284587) < 1e-6)
})

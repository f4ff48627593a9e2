import assert from 'node:assert/strict'
import test from 'node:test'
import { murmur3, unitShare } from './unit-share.ts'

test('the hash gives the known values of MurmurHash3 x86 32-bit', () => {
  // Test vectors of the reference implementation, as listed at Wikipedia's article "MurmurHash".
  const known: readonly (readonly [string, number, number])[] = [
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['test', 0x9747b28c, 0x704b81dc],
    ['Hello, world!', 0, 0xc0363e43],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ]
  for (const [text, seed, hash] of known)
    assert.equal(murmur3(new TextEncoder().encode(text), seed), hash, `${text} with ${seed}`)
})

test('shares of neighbouring units are spread evenly, and are unrelated from salt to salt', () => {
  const count = 100_000
  const bins = new Array<number>(20).fill(0)
  let both = 0
  for (let unit = 0; unit < count; unit++) {
    const share = unitShare(`customer:${unit}`, 'salt')
    assert.ok(share >= 0 && share < 1)
    bins[Math.floor(share * 20)] = (bins[Math.floor(share * 20)] ?? 0) + 1
    if (share < 0.1 && unitShare(`customer:${unit}`, 'other salt') < 0.1) both += 1
  }
  const expected = count / 20
  const chiSquare = bins.reduce((sum, hits) => sum + (hits - expected) ** 2 / expected, 0)
  // 19 degrees of freedom: 43.8 is passed once in a thousand.
  assert.ok(chiSquare < 43.8, `chi-square ${chiSquare}`)
  // 1,000 expected, standard deviation 31.5.
  assert.ok(Math.abs(both - 1000) < 126, `${both} units are below 0.1 in both`)
})

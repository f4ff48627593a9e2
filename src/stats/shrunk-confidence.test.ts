import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { shrunkConfidence } from './shrunk-confidence.ts'

test('a confidence is drawn towards popularity, the more so the fewer the orders', () => {
  assert.equal(shrunkConfidence(0, 0, 0.1, 5), 0.1)
  assert.equal(shrunkConfidence(3, 5, 0.1, 5), 0.35)
  assert.ok(Math.abs(shrunkConfidence(300, 500, 0.1, 5) - 0.6) < 0.01)
  assert.equal(shrunkConfidence(0, 0, 0.1, 0), 0.1)
})

test('a share of 0.1 worth 20 counts is the Beta(2, 18) prior of customers who come back', () => {
  for (const [back, customers, share] of [
    [0, 5, 0.08],
    [3, 5, 0.2],
    [30, 200, 0.145455],
    [400, 1000, 0.394118],
  ] as const) {
    assert.ok(Math.abs(shrunkConfidence(back, customers, 0.1, 20) - share) < 1e-6)
  }
})

test('a shrunk confidence lies between what was seen and what is usual', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      share,
      share,
      fc.nat(100),
      (trials, seen, usual, strength) => {
        const shrunk = shrunkConfidence(trials * seen, trials, usual, strength)
        assert.ok(shrunk >= Math.min(seen, usual) - 1e-12 && shrunk <= Math.max(seen, usual) + 1e-12)
      },
    ),
  )
})

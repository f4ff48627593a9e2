import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { wilsonInterval } from './wilson-interval.ts'

test('the Wilson interval has the values that statsmodels gives', () => {
  for (const [successes, trials, low, high] of [
    [3, 10, 0.107791, 0.603222],
    [30, 500, 0.042348, 0.084361],
    [300, 5000, 0.053749, 0.066927],
    [0, 50, 0, 0.071348],
  ] as const) {
    const interval = wilsonInterval(successes, trials)
    assert.ok(Math.abs(interval.low - low) < 1e-6 && Math.abs(interval.high - high) < 1e-6)
  }
})

test('the interval holds the rate, stays in [0, 1] and narrows with more trials', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (trials, share) => {
        const successes = Math.round(trials * share)
        const { low, high } = wilsonInterval(successes, trials)
        assert.ok(
          low >= 0 && high <= 1 && low <= successes / trials + 1e-12 && high >= successes / trials - 1e-12,
        )
        const more = wilsonInterval(successes * 4, trials * 4)
        assert.ok(more.high - more.low <= high - low + 1e-12)
      },
    ),
  )
  assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 })
})

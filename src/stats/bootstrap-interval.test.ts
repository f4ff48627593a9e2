import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { bootstrapMean, bootstrapPairedDifference } from './bootstrap-interval.ts'
import { seededRandom } from './seeded-random.ts'

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

test('hits drawn by value and values drawn by unit both have the width of the normal interval', () => {
  const hits = Float64Array.from({ length: 2000 }, (_, unit) => (unit % 5 === 0 ? 1 : 0))
  const spread = Float64Array.from({ length: 2000 }, (_, unit) => unit / 2000)
  for (const [values, mean, deviation] of [
    [hits, 0.2, 0.4],
    [spread, 0.49975, Math.sqrt(1 / 12)],
  ] as const) {
    const interval = bootstrapMean(values, seededRandom(5))
    const half = (1.96 * deviation) / Math.sqrt(2000)
    assert.ok(Math.abs(interval.mean - mean) < 1e-9)
    assert.ok(Math.abs(interval.high - mean - half) < 0.12 * half, `${interval.high} for ${mean + half}`)
    assert.ok(Math.abs(mean - interval.low - half) < 0.12 * half, `${interval.low} for ${mean - half}`)
  }
})

test('a bootstrap interval stays within the values and shifts with them', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(values, fc.integer(), (found, seed) => {
      const { low, high } = bootstrapMean(found, seededRandom(seed))
      assert.ok(Math.min(...found) <= low && low <= high && high <= Math.max(...found))
      const shifted = bootstrapMean(
        found.map((value) => value + 10),
        seededRandom(seed),
      )
      assert.ok(Math.abs(shifted.low - low - 10) < 1e-9 && Math.abs(shifted.high - high - 10) < 1e-9)
    }),
    { numRuns: 30 },
  )
})

test('a paired difference resamples pairs: what both share in every unit cancels out', () => {
  const second = Array.from({ length: 400 }, (_, unit) => Math.sin(unit) * 100)
  const lead = bootstrapPairedDifference(
    second.map((value) => value + 3),
    second,
    seededRandom(2),
  )
  assert.ok(Math.abs(lead.mean - 3) < 1e-9 && lead.high - lead.low < 1e-9)
  const swapped = bootstrapPairedDifference([0, 1, 0, 1], [1, 1, 0, 0], seededRandom(2))
  assert.equal(swapped.mean, 0)
  assert.throws(() => bootstrapPairedDifference([1], [1, 2], seededRandom(2)), RangeError)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { rateSequence } from './rate-sequence.ts'
import { seededRandom } from './seeded-random.ts'
import { wilsonInterval } from './wilson-interval.ts'

test('the interval of a rate under every look is that of the tests of confseq', () => {
  for (const [successes, trials, tunedFor, low, high] of [
    [700, 1000, 100, 0.651629, 0.745949],
    [15, 50, 50, 0.129556, 0.511896],
    [5, 50, 50, 0.013021, 0.269264],
    [1, 50, 50, 0, 0.13489],
  ] as const) {
    const found = rateSequence(successes, trials, { tunedFor })
    // The least of a rate of 1 in 50 is given as 0 to the digits of the reference.
    assert.ok(Math.abs(found.low - low) < 2e-5, `${found.low} is not ${low}`)
    assert.ok(Math.abs(found.high - high) < 6e-6, `${found.high} is not ${high}`)
  }
})

test('a rate of 0.5 % that is looked at after each of 4,000 messages leaves the interval in at most 5 of 100 runs', () => {
  const random = seededRandom(9)
  let missed = 0
  for (let run = 0; run < 100; run++) {
    let successes = 0
    for (let trial = 1; trial <= 4000; trial++) {
      const yes = random() < 0.005
      if (yes) successes += 1
      // The interval moves against the rate fastest where something happened.
      if (!yes && trial % 200 !== 0) continue
      const { low, high } = rateSequence(successes, trial)
      if (low > 0.005 || high < 0.005) {
        missed += 1
        break
      }
    }
  }
  assert.ok(missed <= 5, `${missed}`)
})

test('what may be looked at always is wider than what is looked at once, and holds the rate that was seen', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: 5000 }), (successes, more) => {
      const trials = successes + more
      const [always, once] = [rateSequence(successes, trials), wilsonInterval(successes, trials)]
      assert.ok(always.low <= successes / trials && successes / trials <= always.high)
      assert.ok(always.high - always.low > (once.high - once.low) * 0.99)
    }),
  )
})

test('without trials every rate is possible, and a sure outcome keeps its end', () => {
  assert.deepEqual(rateSequence(0, 0), { low: 0, high: 1 })
  assert.equal(rateSequence(0, 500).low, 0)
  assert.equal(rateSequence(500, 500).high, 1)
})

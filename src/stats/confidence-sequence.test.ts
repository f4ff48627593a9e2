import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBinomial } from './binomial-draw.ts'
import {
  alwaysValidCritical,
  confidenceSequence,
  lowerConfidenceSequence,
  mixtureRho,
} from './confidence-sequence.ts'
import { type Effect, estimateEffect, type NotComparable } from './mean-difference.ts'
import { momentsOfRate, momentsOfSums } from './sample-moments.ts'
import { seededRandom } from './seeded-random.ts'
import { Z_95 } from './wilson-interval.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function estimated(found: Effect | NotComparable): Effect {
  assert.ok(!('kind' in found))
  return found
}

const treated = momentsOfSums(3461, 2422.7, 134698.29)
const revenue = estimated(estimateEffect(momentsOfSums(3000, 1396.87, 52377.9767), treated, 'relative'))

test('revenue under daily looks has the interval of GrowthBook (test_tests.py, tuned for 1,000)', () => {
  const { low, high, pValue } = confidenceSequence(revenue, { tunedFor: 1000 })
  near(revenue.effect, 0.50336, 6e-6)
  near(revenue.standardError, 0.33341, 6e-6)
  near(low, -0.55844, 6e-6)
  near(high, 1.56516, 6e-6)
  assert.equal(pValue, 1)
})

test('a rate under daily looks has the interval of GrowthBook (test_tests.py, tuned for 5,000)', () => {
  const rate = estimated(estimateEffect(momentsOfRate(1396, 3000), momentsOfRate(2422, 3461), 'relative'))
  const { low, high, pValue } = confidenceSequence(rate)
  near(rate.effect, 0.50386, 6e-6)
  near(low, 0.40098, 6e-6)
  near(high, 0.60675, 6e-6)
  near(pValue, 0, 1e-10)
})

test('the one-sided lower end is that of GrowthBook (test_tests.py)', () => {
  near(lowerConfidenceSequence(revenue), -0.423565, 3e-6)
})

test('ρ and the width against an interval of a fixed time are as computed with numpy', () => {
  near(mixtureRho(0.05, 5000), 0.03984007, 5e-9)
  near(mixtureRho(0.05, 1000), 0.0890851, 5e-9)
  for (const [units, times] of [
    [100, 3.41557],
    [1000, 1.7163],
    [5000, 1.5486],
    [10_000, 1.56201],
    [100_000, 1.70251],
  ] as const) {
    near(alwaysValidCritical(units) / Z_95, times, 6e-6)
  }
})

test('ρ, the mixture and the bound at intrinsic time 100 are those of the tests of confseq (normal mixture, two-sided)', () => {
  const tuned = { alpha: 0.05, tunedFor: 100 }
  near(1 / mixtureRho(0.05, 100) ** 2, 12.60056, 6e-6)
  near(10 * alwaysValidCritical(100, tuned), 30.35209, 6e-6)
  // A sum of 10 at time 100 is one standard error: evidence of exp(-.651), which a p-value caps at 1.
  assert.equal(confidenceSequence({ effect: 1, standardError: 1, units: 100 }, tuned).pValue, 1)
  const z = 4
  const { pValue } = confidenceSequence({ effect: z, standardError: 1, units: 100 }, tuned)
  // The same mixture at a sum of 40: its logarithm grows by (40² - 10²) / (2 (100 + ρ)).
  near(-Math.log(pValue), -0.6510052 + (40 ** 2 - 10 ** 2) / (2 * (100 + 12.60056)), 1e-6)
})

test('attach rates of 5 % and 6 % are told apart as computed with numpy', () => {
  for (const [perArm, pValue, half] of [
    [2000, 1, 0.021914],
    [5000, 0.42711, 0.013956],
    [20_000, 0.000616, 0.007321],
  ] as const) {
    const effect = estimated(
      estimateEffect(momentsOfRate(perArm * 0.05, perArm), momentsOfRate(perArm * 0.06, perArm)),
    )
    const found = confidenceSequence(effect)
    near(found.pValue, pValue, 6e-7)
    near((found.high - found.low) / 2, half, 6e-7)
  }
})

test('two equal arms that are looked at 28 times are called different in at most 5 of 100 runs', () => {
  const random = seededRandom(6)
  let alarms = 0
  const runs = 400
  for (let run = 0; run < runs; run++) {
    let [one, other] = [0, 0]
    for (let look = 1; look <= 28; look++) {
      one += drawBinomial(500, 0.05, random)
      other += drawBinomial(500, 0.05, random)
      const effect = estimated(
        estimateEffect(momentsOfRate(one, look * 500), momentsOfRate(other, look * 500)),
      )
      const { low, high } = confidenceSequence(effect)
      if (low > 0 || high < 0) {
        alarms += 1
        break
      }
    }
  }
  assert.ok(alarms <= 0.05 * runs, `${alarms} of ${runs}`)
})

test('the interval excludes 0 exactly where the p-value is below alpha', () => {
  for (let z = 0.5; z < 6; z += 0.25) {
    const found = confidenceSequence({ effect: z, standardError: 1, units: 4000 })
    assert.equal(found.low > 0, found.pValue < 0.05, `z = ${z}`)
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBinomial } from './binomial-draw.ts'
import {
  alwaysValidCritical,
  confidenceSequence,
  lowerConfidenceSequence,
  mixtureRho,
  plannedCritical,
  plannedSequence,
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

test('two equal arms that are looked at 28 times are called different in at most 5 of 100 runs, by either sequence', () => {
  const random = seededRandom(6)
  const runs = 400
  const alarms = { mixture: 0, planned: 0 }
  for (let run = 0; run < runs; run++) {
    let [one, other] = [0, 0]
    const called = { mixture: false, planned: false }
    for (let look = 1; look <= 28; look++) {
      one += drawBinomial(500, 0.05, random)
      other += drawBinomial(500, 0.05, random)
      const effect = estimated(
        estimateEffect(momentsOfRate(one, look * 500), momentsOfRate(other, look * 500)),
      )
      called.mixture ||= confidenceSequence(effect).pValue < 0.05
      called.planned ||= plannedSequence(effect, { plannedUnits: 28_000 }).pValue < 0.05
    }
    if (called.mixture) alarms.mixture += 1
    if (called.planned) alarms.planned += 1
  }
  assert.ok(alarms.mixture <= 0.05 * runs && alarms.planned <= 0.05 * runs, JSON.stringify(alarms))
})

test('the interval excludes 0 exactly where the p-value is below alpha, early, at the planned end and far beyond', () => {
  for (const units of [400, 4000, 28_000, 400_000]) {
    for (let z = 0.5; z < 6; z += 0.25) {
      const effect = { effect: z, standardError: 1, units }
      const mixture = confidenceSequence(effect)
      assert.equal(mixture.low > 0, mixture.pValue < 0.05, `z = ${z}`)
      for (const alpha of [0.05, 0.01]) {
        const planned = plannedSequence(effect, { alpha, plannedUnits: 28_000 })
        if (alpha === 0.05) assert.equal(planned.low > 0, planned.pValue < alpha, `z = ${z} at ${units}`)
        else assert.ok(planned.high > planned.low)
      }
    }
  }
})

test('at the planned end the line is √(2 ln 50) = 2.797 standard errors, the mixture 3.035', () => {
  near(plannedCritical(28_000, { plannedUnits: 28_000 }), Math.sqrt(2 * Math.log(50)), 1e-12)
  near(alwaysValidCritical(28_000, { tunedFor: 28_000 }), 3.035, 5e-4)
  // Far from the plan the mixture, at a fifth of alpha, takes over.
  const rest = { alpha: 0.01, tunedFor: 5000 }
  near(plannedCritical(1500, { plannedUnits: 28_000 }), alwaysValidCritical(1500, rest), 1e-12)
  near(plannedCritical(500_000, { plannedUnits: 28_000 }), alwaysValidCritical(500_000, rest), 1e-12)
})

test('a walk crosses the line before it ends with the chance of Wald’s identity, exp(-2 start slope) on each side', () => {
  // 2,000 walks of 400 normal steps, 400 planned, the mixture left out by a look at the line alone.
  const random = seededRandom(11)
  let crossed = 0
  for (let walk = 0; walk < 2000; walk++) {
    let sum = 0
    for (let step = 1; step <= 1600; step++) {
      sum += Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      if (step >= 150 && Math.abs(sum) > Math.sqrt(step) * plannedCritical(step, { plannedUnits: 400 })) {
        crossed += 1
        break
      }
    }
  }
  assert.ok(crossed > 0.02 * 2000 && crossed < 0.05 * 2000, `${crossed}`)
})

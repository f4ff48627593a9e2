import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBeta } from './beta-draw.ts'
import { fitBetaPrior, learnPriors, lnMarginal, type PlacedCounts, USUAL_PRIOR } from './beta-prior.ts'
import { drawBinomial } from './binomial-draw.ts'
import { lowerBeta } from './incomplete-beta.ts'
import { seededRandom } from './seeded-random.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

const meanOf = ({ a, b }: { a: number; b: number }): number => a / (a + b)

const ten = (
  [
    [12, 300],
    [8, 250],
    [30, 400],
    [2, 100],
    [5, 90],
    [40, 700],
    [1, 60],
    [9, 150],
    [0, 40],
    [22, 310],
  ] as const
).map(([taken, shown]) => ({ taken, shown }))

test('the prior of ten arms is the maximum that scipy found, 19.40859 and 360.5377, and so are their rates', () => {
  const prior = fitBetaPrior(ten)
  near(prior.a, 19.40859, 2e-3)
  near(prior.b, 360.5377, 4e-2)
  near(meanOf(prior), 0.051082, 6e-7)
  near(-ten.reduce((sum, arm) => sum + lnMarginal(arm, prior), 0), 502.110816, 6e-7)
  const rates = ten.map(({ taken, shown }) => (taken + prior.a) / (shown + prior.a + prior.b))
  for (const [arm, rate] of [
    0.046193, 0.043509, 0.063349, 0.044606, 0.051939, 0.055011, 0.046389, 0.053607, 0.046217, 0.060017,
  ].entries()) {
    near(rates[arm] ?? 0, rate, 2e-6)
  }
})

test('without data the prior is what was believed, and few data move it little', () => {
  assert.deepEqual(fitBetaPrior([]), USUAL_PRIOR)
  const priorOf = learnPriors([])
  near(meanOf(priorOf(['thank-you', 'refill'])), 0.04, 1e-9)
  const moved = learnPriors([{ path: ['thank-you', 'complete'], taken: 0, shown: 3 }])
  const rate = meanOf(moved(['thank-you', 'complete']))
  assert.ok(rate > 0.025 && rate < 0.04, `${rate}`)
})

/** Two placements with three relations each and 12 arms per kind around planted rates. */
const planted = { 'thank-you': [0.08, 0.06, 0.04], 'follow-up': [0.02, 0.012, 0.006] } as const
const relations = ['complete', 'refill', 'extend'] as const

function plantedArms(): PlacedCounts[] {
  const random = seededRandom(3)
  return Object.entries(planted).flatMap(([placement, rates]) =>
    rates.flatMap((rate, kind) =>
      Array.from({ length: 12 }, () => ({
        path: [placement, relations[kind] ?? ''],
        taken: drawBinomial(400, drawBeta(rate * 200, (1 - rate) * 200, random), random),
        shown: 400,
      })),
    ),
  )
}

test('a kind’s prior comes near the planted rate of the kind, nearer than that of the whole shop', () => {
  const arms = plantedArms()
  const priorOf = learnPriors(arms)
  const shop = meanOf(fitBetaPrior(arms))
  for (const [placement, rates] of Object.entries(planted)) {
    for (const [kind, rate] of rates.entries()) {
      const prior = priorOf([placement, relations[kind] ?? ''])
      const ratio = meanOf(prior) / rate
      assert.ok(ratio > 0.7 && ratio < 1.4, `${placement} ${relations[kind]}: ${meanOf(prior)}`)
      assert.ok(Math.abs(meanOf(prior) - rate) < Math.abs(shop - rate) + 0.004)
      assert.ok(prior.a + prior.b > 60 && prior.a + prior.b < 700, `${prior.a + prior.b}`)
    }
  }
})

test('a relation that was never shown takes the prior of its placement, not that of the shop', () => {
  const priorOf = learnPriors(plantedArms().filter(({ path }) => path.join() !== 'follow-up,refill'))
  const rate = meanOf(priorOf(['follow-up', 'refill']))
  assert.ok(rate < 0.025 && rate > 0.004, `${rate}`)
  assert.ok(meanOf(priorOf(['nowhere', 'refill'])) > rate)
})

test('draws of a beta have its distribution, also for shapes below 1 (Kolmogorov–Smirnov, 4,000 draws)', () => {
  for (const [a, b] of [
    [0.5, 0.7],
    [2, 48],
    [300, 200],
  ] as const) {
    const random = seededRandom(12)
    const draws = Float64Array.from({ length: 4000 }, () => drawBeta(a, b, random)).sort()
    let distance = 0
    for (const [rank, draw] of draws.entries()) {
      distance = Math.max(distance, Math.abs((rank + 0.5) / draws.length - lowerBeta(draw, a, b)))
    }
    // The .1 % point is 1.95 / √n.
    assert.ok(distance < 1.95 / Math.sqrt(draws.length), `${distance} for ${a}, ${b}`)
  }
})

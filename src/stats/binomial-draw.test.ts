import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBinomial } from './binomial-draw.ts'
import { seededRandom } from './seeded-random.ts'
import { lnGamma, upperGamma } from './special-functions.ts'

const draws = 40_000

/** Pearson's test of draws against the binomial probabilities, cells below 10 expected joined with the next. */
function fitOfDraws(trials: number, probability: number, seed: number): number {
  const random = seededRandom(seed)
  const found = new Float64Array(trials + 1)
  for (let draw = 0; draw < draws; draw++) {
    const successes = drawBinomial(trials, probability, random)
    found[successes] = (found[successes] ?? 0) + 1
  }
  let chiSquare = 0
  let cells = 0
  let seen = 0
  let expected = 0
  let rest = draws
  for (let k = 0; k <= trials; k++) {
    const logChance =
      lnGamma(trials + 1) -
      lnGamma(k + 1) -
      lnGamma(trials - k + 1) +
      k * Math.log(probability) +
      (trials - k) * Math.log1p(-probability)
    seen += found[k] ?? 0
    expected += draws * Math.exp(logChance)
    if (k < trials && (expected < 10 || rest - expected < 10)) continue
    rest -= expected
    chiSquare += (seen - expected) ** 2 / expected
    cells += 1
    seen = 0
    expected = 0
  }
  return upperGamma((cells - 1) / 2, chiSquare / 2)
}

test('binomial draws follow the binomial distribution, in both ways of drawing', () => {
  for (const [trials, probability] of [
    [5, 0.3],
    [200, 0.02],
    [40, 0.4],
    [300, 0.1],
    [1000, 0.77],
  ] as const) {
    const pValue = fitOfDraws(trials, probability, 11)
    assert.ok(pValue > 1e-4, `Binomial(${trials}, ${probability}): p = ${pValue}`)
  }
})

test('a certain toss always succeeds, an impossible one never', () => {
  const random = seededRandom(3)
  assert.equal(drawBinomial(50, 1, random), 50)
  assert.equal(drawBinomial(50, 0, random), 0)
  assert.equal(drawBinomial(50, -1e-17, random), 0)
  assert.equal(drawBinomial(0, 0.5, random), 0)
})

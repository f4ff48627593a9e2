import assert from 'node:assert/strict'
import test from 'node:test'
import { fitLiftPrior, liftPriorLoss, squashPairs, type WeightedPairs } from './fit-lift-prior.ts'
import { type LiftPrior, logNegativeBinomial, mixtureLift } from './shrunk-lift-mixture.ts'

const truth: LiftPrior = { firstShape: 3, firstRate: 0.5, secondShape: 4, secondRate: 3.5, firstShare: 0.15 }

function pairsOf(counts: readonly number[], expected: readonly number[], weight = 1): WeightedPairs {
  return {
    counts: Float64Array.from(counts),
    expected: Float64Array.from(expected),
    weights: new Float64Array(counts.length).fill(weight),
  }
}

/** What an endless sample of pairs would hold: every count with its chance as weight. */
function endlessPairs(prior: LiftPrior, countMin: number): WeightedPairs {
  const rows: { count: number; expected: number; weight: number }[] = []
  for (const expected of [0.1, 0.5, 1, 2, 5, 10]) {
    const kinds = [
      [prior.firstShape, prior.firstRate, prior.firstShare],
      [prior.secondShape, prior.secondRate, 1 - prior.firstShare],
    ] as const
    const weights = new Float64Array(400)
    for (const [shape, rate, share] of kinds) {
      const chances = weights.map((_, count) =>
        count < countMin ? 0 : Math.exp(logNegativeBinomial(count, expected, shape, rate)),
      )
      const total = chances.reduce((sum, chance) => sum + chance, 0)
      chances.forEach((chance, count) => {
        weights[count] = (weights[count] ?? 0) + (5000 * share * chance) / total
      })
    }
    weights.forEach((weight, count) => {
      if (weight > 1e-9) rows.push({ count, expected, weight })
    })
  }
  rows.sort((a, b) => a.count - b.count)
  return {
    counts: Float64Array.from(rows, (row) => row.count),
    expected: Float64Array.from(rows, (row) => row.expected),
    weights: Float64Array.from(rows, (row) => row.weight),
  }
}

function assertNear(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('the likelihood has the values of openEBGM’s testC_Likelihoods.R, whole and truncated', () => {
  const prior = {
    firstShape: 0.125874,
    firstRate: 0.13587,
    secondShape: 1.24578,
    secondRate: 3.01587,
    firstShare: 0.05,
  }
  const counts = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3]
  const expected = counts.map((_, i) => i + 1)
  assertNear(liftPriorLoss(prior, pairsOf(counts, expected), 0), 28.70877804, 1e-8)
  const fromTwo = pairsOf(counts.slice(9), expected.slice(9))
  assertNear(liftPriorLoss(prior, fromTwo, 2), 15.49200732, 1e-8)
  assertNear(liftPriorLoss(prior, pairsOf(counts.slice(9), expected.slice(9), 0.1), 2), 1.549200732, 1e-9)
})

test('the fit finds the prior that made the pairs, with all counts and with rare ones dropped', () => {
  for (const [countMin, tolerance] of [
    [0, 0.01],
    [1, 0.01],
    [3, 0.05],
  ] as const) {
    const pairs = endlessPairs(truth, countMin)
    const fit = fitLiftPrior(pairs, countMin)
    assert.ok(fit.kind === 'fitted')
    assert.ok(fit.negativeLogLikelihood <= liftPriorLoss(truth, pairs, countMin) + 1e-6)
    for (const [name, value] of Object.entries(truth) as [keyof LiftPrior, number][]) {
      assertNear(fit.prior[name], value, tolerance * Math.max(1, value))
    }
    assertNear(mixtureLift(fit.prior, 12, 4).low, mixtureLift(truth, 12, 4).low, 0.01)
  }
})

test('squashing keeps the number of pairs, their counts and the sum of what was expected', () => {
  const counts = Array.from({ length: 5000 }, (_, i) => (i * i) % 7)
  const expected = counts.map((_, i) => ((i * 37) % 1000) / 100 + 0.01)
  const squashed = squashPairs(counts, expected, 50)
  assert.ok(squashed.counts.length <= 7 * 50)
  const sum = (values: ArrayLike<number>, weights: ArrayLike<number>): number =>
    Array.from(values).reduce((total, value, i) => total + value * (weights[i] ?? 0), 0)
  const ones = counts.map(() => 1)
  assert.equal(
    squashed.weights.reduce((total, weight) => total + weight, 0),
    5000,
  )
  assertNear(sum(squashed.counts, squashed.weights), sum(counts, ones), 1e-9)
  assertNear(sum(squashed.expected, squashed.weights), sum(expected, ones), 1e-6)
  const prior = { ...truth }
  const exact = liftPriorLoss(prior, squashPairs(counts, expected, 5000), 0)
  assertNear(liftPriorLoss(prior, squashed, 0), exact, 0.005 * exact)
})

test('too few pairs give no prior instead of a wild one', () => {
  assert.equal(fitLiftPrior(pairsOf([3, 4], [1, 1]), 1).kind, 'not-computable')
  assert.equal(fitLiftPrior(squashPairs([], []), 1).kind, 'not-computable')
})

// Reference values: the tests of the Python package lifetimes on the CDNOW sample (946 customers who came back), or
// numpy and scipy on the published formulas.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import fc from 'fast-check'
import {
  expectedOrderValue,
  fitGammaGamma,
  type GammaGamma,
  gammaGammaLikelihood,
  type OrderValues,
  usualOrderValue,
  valueFrequencyCorrelation,
} from './gamma-gamma.ts'

const cdnow: readonly OrderValues[] = readFileSync(
  new URL('../../test/fixtures/cdnow/sample-values.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .flatMap((row) => {
    const [repeats = 0, meanValue = 0, customers = 0] = row.split(',').map(Number)
    return Array.from({ length: customers }, () => ({ repeats, meanValue }))
  })

const best: GammaGamma = { p: 6.2488, q: 3.74459, v: 15.44774 }

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('on the CDNOW sample the fit finds the published maximum (lifetimes: 6.25, 3.74, 15.44)', () => {
  assert.equal(cdnow.length, 946)
  const fit = fitGammaGamma(cdnow)
  assert.ok(fit.kind === 'fitted')
  near(fit.model.p, 6.25, 0.01)
  near(fit.model.q, 3.74, 0.01)
  near(fit.model.v, 15.44, 0.01)
  // scipy found -4055.923244 on values rounded to cents; ours are not rounded.
  near(fit.logLikelihood, -4055.923244, 0.01)
  near(usualOrderValue(fit.model), 35.171, 0.005)
  for (const name of ['p', 'q', 'v'] as const) {
    const aside = { ...fit.model, [name]: fit.model[name] * 1.001 }
    assert.ok(gammaGammaLikelihood(cdnow, aside) < fit.logLikelihood)
  }
})

test('the first ten CDNOW customers are expected to spend what lifetimes’ tests say', () => {
  const customers: readonly (readonly [repeats: number, meanValue: number, expected: number])[] = [
    [2, 22.35, 24.65],
    [1, 11.77, 18.91],
    [0, 0, 35.17],
    [0, 0, 35.17],
    [0, 0, 35.17],
    [7, 73.74, 71.46],
    [1, 11.77, 18.91],
    [0, 0, 35.17],
    [2, 25.55, 27.28],
    [0, 0, 35.17],
  ]
  for (const [repeats, meanValue, expected] of customers) {
    near(expectedOrderValue({ repeats, meanValue }, best), expected, 0.1)
  }
})

test('what is expected lies between the shop’s mean and the customer’s own, nearer to it with each order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      (repeats, own) => {
        const shop = usualOrderValue(best)
        const [once, again] = [repeats, repeats + 1].map((orders) =>
          expectedOrderValue({ repeats: orders, meanValue: own }, best),
        )
        assert.ok(once !== undefined && again !== undefined)
        assert.ok(Math.abs(again - own) <= Math.abs(once - own) + 1e-9)
        assert.ok(once >= Math.min(shop, own) - 1e-9 && once <= Math.max(shop, own) + 1e-9)
      },
    ),
  )
})

test('cents instead of dollars change nothing but the unit', () => {
  const [dollars, cents] = [
    fitGammaGamma(cdnow),
    fitGammaGamma(cdnow.map((one) => ({ ...one, meanValue: one.meanValue * 100 }))),
  ]
  assert.ok(dollars.kind === 'fitted' && cents.kind === 'fitted')
  near(usualOrderValue(cents.model) / usualOrderValue(dollars.model), 100, 1e-4)
})

test('value and frequency hardly go together in the CDNOW sample (numpy: .1139)', () => {
  near(valueFrequencyCorrelation(cdnow), 0.11388791939, 1e-5)
  assert.equal(valueFrequencyCorrelation([]), 0)
})

test('too few who came back, or orders of no value, give no model', () => {
  assert.equal(fitGammaGamma(cdnow.slice(0, 19)).kind, 'not-computable')
  assert.equal(fitGammaGamma(cdnow.map((one) => ({ ...one, meanValue: 0 }))).kind, 'not-computable')
})

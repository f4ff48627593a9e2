// CDNOW, weeks 1 to 39. The values were computed with numpy and scipy (BFGS, then Nelder-Mead) from the formulas of Fader
// & Hardie 2007 on the very same fixture; there is no published fit of this form.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { expectedPurchases } from './bg-nbd.ts'
import { fifthsOf, fitSizedBgNbd, modelOfSize, type SizedRecord } from './sized-bg-nbd.ts'

const file = new URL('../../test/fixtures/cdnow/sample-sizes.csv', import.meta.url)
const rows: readonly (SizedRecord & { readonly later: number })[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [size = 0, repeats = 0, lastAt = 0, watched = 0, later = 0, customers = 0] = row
      .split(',')
      .map(Number)
    return { size, repeats, lastAt, watched, later, customers }
  })

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('on the CDNOW sample larger first orders promise more purchases: effect 0.494, ln L up by 17.9 (scipy)', () => {
  const fit = fitSizedBgNbd(rows)
  assert.ok(fit.kind === 'fitted')
  near(fit.logLikelihood, -9564.51116, 1e-4)
  near(fit.plainLogLikelihood, -9582.42556, 1e-4)
  near(fit.model.effect, 0.49367, 2e-3)
  near(fit.model.r, 0.25117, 1e-3)
  near(fit.model.alpha, 4.7575, 2e-2)
  near(fit.model.a, 0.7943, 5e-3)
  near(fit.model.b, 2.47, 2e-2)
})

test('weeks 40 to 78 of the CDNOW sample are foretold within 12 %: 1,661.5 of 1,882, RMSE 1.606 (scipy)', () => {
  const fit = fitSizedBgNbd(rows)
  assert.ok(fit.kind === 'fitted')
  let [customers, later, foretold, squares] = [0, 0, 0, 0]
  for (const row of rows) {
    const expected = expectedPurchases(row, 39, modelOfSize(fit.model, row.size))
    customers += row.customers
    later += row.customers * row.later
    foretold += row.customers * expected
    squares += row.customers * (expected - row.later) ** 2
  }
  assert.equal(customers, 2357)
  assert.equal(later, 1882)
  near(foretold, 1661.49, 0.2)
  near(Math.sqrt(squares / customers), 1.60586, 1e-4)
})

test('where sizes say nothing they have no effect, and the model is the one without them', () => {
  const shuffled = rows.map((row, place) => ({ ...row, size: place % 2 === 0 ? 0.5 : -0.5 }))
  const fit = fitSizedBgNbd(shuffled)
  assert.ok(fit.kind === 'fitted')
  assert.equal(fit.model.effect, 0)
  assert.equal(fit.logLikelihood, fit.plainLogLikelihood)
})

test('first orders fall into fifths whose sizes have a mean of 0, whatever the unit of the values', () => {
  const values = Float64Array.from({ length: 1000 }, (_, place) => (place % 37 === 0 ? 0 : 1 + (place % 100)))
  const [sizeOf, inCents] = [fifthsOf(values), fifthsOf(values.map((value) => value * 100))]
  let sum = 0
  for (const value of values) {
    sum += sizeOf(value)
    near(inCents(value * 100), sizeOf(value), 1e-9)
  }
  near(sum / values.length, 0, 1e-3)
  assert.equal(new Set(Array.from(values, sizeOf)).size, 5)
  assert.ok(sizeOf(-5) === sizeOf(0) && sizeOf(0) < sizeOf(50) && sizeOf(50) < sizeOf(1e9))
})

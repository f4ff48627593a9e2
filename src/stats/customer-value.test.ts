import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { expectedPurchases } from './bg-nbd.ts'
import { customerValue } from './customer-value.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('one purchase of 10 each month for a year is worth 112.55 at 1 % a month (annuity formula), 120 without discount', () => {
  near(
    customerValue((month) => month, 10),
    (10 * (1 - 1.01 ** -12)) / 0.01,
    1e-9,
  )
  near(
    customerValue((month) => month, 10, { discount: 0 }),
    120,
    1e-9,
  )
  assert.equal(
    customerValue(() => 0, 10),
    0,
  )
})

test('fitted on 39 weeks, the next 39 weeks of the CDNOW sample are foretold as by numpy: 1,653.95 of 1,882, RMSE 1.608', () => {
  const file = new URL('../../test/fixtures/cdnow/sample-later.csv', import.meta.url)
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [repeats = 0, lastAt = 0, watched = 0, later = 0, customers = 0] = row.split(',').map(Number)
      return { record: { repeats, lastAt, watched }, later, customers }
    })
  // The published fit to the weeks before (Fader, Hardie & Lee 2005); bg-nbd.test.ts finds it again.
  const model = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  let [customers, actual, foretold, absolute, squares] = [0, 0, 0, 0, 0]
  for (const row of rows) {
    const expected = expectedPurchases(row.record, 39, model)
    customers += row.customers
    actual += row.customers * row.later
    foretold += row.customers * expected
    absolute += row.customers * Math.abs(expected - row.later)
    squares += row.customers * (expected - row.later) ** 2
  }
  assert.equal(customers, 2357)
  assert.equal(actual, 1882)
  near(foretold, 1653.95, 0.005)
  near(absolute / customers, 0.7856, 1e-4)
  near(Math.sqrt(squares / customers), 1.608, 1e-4)
})

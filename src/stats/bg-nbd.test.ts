// Where no other source is named, values come from the tests of the Python package lifetimes, or were computed with
// numpy and scipy from the published formulas. Time in weeks.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import fc from 'fast-check'
import {
  type BgNbd,
  type CountedRecord,
  chanceAlive,
  chanceOfPurchases,
  chanceToBuyWithin,
  compressRecords,
  expectedOfNewCustomer,
  expectedPurchases,
  fitBgNbd,
  logLikelihood,
} from './bg-nbd.ts'

const file = new URL('../../test/fixtures/cdnow/sample-records.csv', import.meta.url)
const cdnow: readonly CountedRecord[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [repeats = 0, lastAt = 0, watched = 0, customers = 0] = row.split(',').map(Number)
    return { repeats, lastAt, watched, customers }
  })

const best: BgNbd = { r: 0.24259291, alpha: 4.41353144, a: 0.79288565, b: 2.42575174 }
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

const seen = (repeats: number, lastAt: number) => ({ repeats, lastAt, watched: 38.86 })

test('on the CDNOW sample the fit finds the published maximum (Fader, Hardie & Lee 2005: .243, 4.414, .793, 2.426)', () => {
  assert.equal(
    cdnow.reduce((sum, { customers }) => sum + customers, 0),
    2357,
  )
  const fit = fitBgNbd(cdnow)
  assert.ok(fit.kind === 'fitted')
  for (const name of ['r', 'alpha', 'a', 'b'] as const) {
    close(fit.model[name], published[name], 1e-3)
    close(fit.model[name], best[name], 2e-5)
  }
  close(fit.logLikelihood, -9582.425561, 1e-5)
})

test('the likelihood of the CDNOW sample has the reference values, at the maximum and away from it', () => {
  close(logLikelihood(cdnow, published), -9582.426831, 1e-5)
  close(logLikelihood(cdnow, { r: 1, alpha: 1, a: 1, b: 1 }), -13887.694644, 1e-5)
})

test('the likelihood of one customer does not overflow at 200 purchases (values of pymc-marketing’s tests)', () => {
  const model = { r: 0.25, alpha: 4, a: 0.8, b: 2.5 }
  const one = (repeats: number, lastAt: number) => [{ repeats, lastAt, watched: 40, customers: 1 }]
  close(logLikelihood(one(0, 0), model), -0.59947382, 1e-8)
  close(logLikelihood(one(200, 38), model), 100.7957, 1e-4)
})

test('a new customer is expected to make the published number of purchases (lifetimes, three decimals)', () => {
  for (const [time, purchases] of [
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ] as const) {
    close(expectedOfNewCustomer(time, best), purchases, 1e-3)
  }
})

test('what a customer did sets what is expected of them (1.226 published; the others computed with scipy for the published model)', () => {
  for (const [repeats, lastAt, purchases, alive] of [
    [2, 30.43, 1.226028, 0.726579],
    [0, 0, 0.195098, 1],
    [1, 1.71, 0.203187, 0.212101],
    [7, 29.43, 3.337053, 0.641756],
  ] as const) {
    close(expectedPurchases(seen(repeats, lastAt), 39, published), purchases, 2e-6)
    close(chanceAlive(seen(repeats, lastAt), published), alive, 2e-6)
  }
})

test('the number of purchases within a time has the distribution of the R package BTYD', () => {
  close(chanceOfPurchases(0, 39, published), 0.5737864, 1e-7)
  close(chanceOfPurchases(10, 2, published), 1.07869e-7, 1e-12)
  close(chanceOfPurchases(11, 30, published), 0.0019995214, 1e-10)
  close(chanceOfPurchases(12, 30, published), 0.0015170236, 1e-10)
  close(chanceOfPurchases(13, 30, published), 0.001163315, 1e-10)
})

const anyModel = fc.record({
  r: fc.double({ min: 0.05, max: 5, noNaN: true }),
  alpha: fc.double({ min: 0.5, max: 100, noNaN: true }),
  a: fc.double({ min: 0.05, max: 4, noNaN: true }),
  b: fc.double({ min: 0.05, max: 10, noNaN: true }),
})

test('expected purchases are never below the chance of one, also where a is 1', () => {
  fc.assert(
    fc.property(
      anyModel,
      fc.nat(20),
      fc.double({ min: 0.1, max: 200, noNaN: true }),
      (model, repeats, horizon) => {
        for (const a of [model.a, 1]) {
          const record = { repeats, lastAt: repeats === 0 ? 0 : 20, watched: 30 }
          const chance = chanceToBuyWithin(record, horizon, { ...model, a })
          const expected = expectedPurchases(record, horizon, { ...model, a })
          assert.ok(chance >= 0 && chance <= 1)
          assert.ok(expected >= chance * (1 - 1e-4), `${expected} purchases with a chance of ${chance}`)
        }
      },
    ),
  )
})

test('the chances of every number of purchases sum to 1', () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      let sum = 0
      for (let purchases = 0; purchases <= 200; purchases++)
        sum += chanceOfPurchases(purchases, model.alpha, model)
      close(sum, 1, 1e-9)
    }),
  )
})

test('equal records are counted once, and days or weeks make no difference to what is expected', () => {
  const days = [...cdnow].flatMap(({ repeats, lastAt, watched, customers }) =>
    Array.from({ length: customers }, () => ({ repeats, lastAt: lastAt * 7, watched: watched * 7 })),
  )
  const counted = compressRecords(days)
  assert.equal(counted.length, cdnow.length)
  const fit = fitBgNbd(counted)
  assert.ok(fit.kind === 'fitted')
  close(fit.model.alpha, best.alpha * 7, 2e-4)
  close(fit.model.b, best.b, 1e-4)
})

test('too few customers who came back give no model', () => {
  assert.equal(fitBgNbd([{ repeats: 0, lastAt: 0, watched: 10, customers: 900 }]).kind, 'not-computable')
})

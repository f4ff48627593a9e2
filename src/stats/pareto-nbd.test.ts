// Values of the tests of the Python package lifetimes; those with more digits were computed with scipy. Time in weeks.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import type { CountedRecord } from './bg-nbd.ts'
import { fitParetoNbd, paretoAlive, paretoLikelihood, paretoPurchases } from './pareto-nbd.ts'

const file = new URL('../../test/fixtures/cdnow/sample-records.csv', import.meta.url)
const cdnow: readonly CountedRecord[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [repeats = 0, lastAt = 0, watched = 0, customers = 0] = row.split(',').map(Number)
    return { repeats, lastAt, watched, customers }
  })

const published = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('the Pareto/NBD fit of the CDNOW sample is the published one: .553, 10.578, .606, 11.669', () => {
  const { model, logLikelihood } = fitParetoNbd(cdnow)
  near(model.r, published.r, 1e-3)
  near(model.alpha, published.alpha, 5e-3)
  near(model.s, published.s, 1e-3)
  near(model.beta, published.beta, 1e-2)
  near(logLikelihood, -9594.973, 2e-2)
})

test('a customer with 26 purchases is alive at .9979 and buys 25.46 times in 52 weeks, as published', () => {
  const record = { repeats: 26, lastAt: 30.86, watched: 31 }
  near(paretoPurchases(record, 52, published), 25.45847, 1e-4)
  near(paretoAlive(record, published), 0.99791873, 1e-7)
})

test('the Pareto/NBD likelihood of a customer with 500 purchases is finite', () => {
  for (const model of [published, { r: 0.5, alpha: 12, s: 0.6, beta: 3 }]) {
    const one = [{ repeats: 500, lastAt: 90, watched: 100, customers: 1 }]
    assert.ok(Number.isFinite(paretoLikelihood(one, model)))
    const alive = paretoAlive({ repeats: 500, lastAt: 90, watched: 100 }, model)
    assert.ok(alive >= 0 && alive <= 1, `${alive}`)
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  fitRebuyModel,
  forecastRebuy,
  type RebuyModel,
  type RebuyRecord,
  returnShare,
} from './rebuy-model.ts'
import { chanceToRenew } from './renewal-interval.ts'
import { type Random, seededRandom } from './seeded-random.ts'

const planted: RebuyModel = { mu: Math.log(30), sigmaWithin: 0.4, sigmaBetween: 0.3, stops: 1.5, goesOn: 3 }

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Customers who begin on any of `days` days and are watched to the end. */
function watch(model: RebuyModel, customers: number, days: number, seed: number): RebuyRecord[] {
  const random = seededRandom(seed)
  return Array.from({ length: customers }, () => {
    const own = model.mu + model.sigmaBetween * normal(random)
    let left = days * random()
    const logs: number[] = []
    // Pólya's urn: who went on k times goes on with (goesOn + k) / (all + k), which is the beta mixed over customers.
    while (random() < returnShare(model, logs.length + 1)) {
      const log = own + model.sigmaWithin * normal(random)
      if (Math.exp(log) > left) break
      left -= Math.exp(log)
      logs.push(log)
    }
    return {
      gaps: logs.length,
      sumLog: logs.reduce((sum, log) => sum + log, 0),
      sumLogSquares: logs.reduce((sum, log) => sum + log * log, 0),
      openLog: Math.log(Math.max(0.5, left)),
      customers: 1,
    }
  })
}

test('the fit finds what was planted, though half of the customers stop and every last interval is open', () => {
  for (const seed of [1, 2, 3]) {
    const fit = fitRebuyModel(watch(planted, 4000, 365, seed))
    assert.ok(fit !== null)
    close(fit.mu, planted.mu, 0.03)
    close(fit.sigmaWithin, 0.4, 0.03)
    close(fit.sigmaBetween, 0.3, 0.03)
    for (const purchases of [1, 2, 5]) {
      close(returnShare(fit, purchases), returnShare(planted, purchases), 0.05)
    }
  }
})

test('a short history does not shorten the days: the plain mean of closed intervals would', () => {
  const records = watch(planted, 8000, 60, 7)
  const fit = fitRebuyModel(records)
  assert.ok(fit !== null)
  const closed = records.reduce(
    (all, { gaps, sumLog }) => ({ gaps: all.gaps + gaps, sum: all.sum + sumLog }),
    { gaps: 0, sum: 0 },
  )
  assert.ok(closed.sum / closed.gaps < planted.mu - 0.2, `${closed.sum / closed.gaps}`)
  close(fit.mu, planted.mu, 0.12)
})

test('several customers alike may be one record', () => {
  const records = watch(planted, 300, 365, 5)
  const twice = fitRebuyModel([...records, ...records])
  const counted = fitRebuyModel(records.map((record) => ({ ...record, customers: 2 })))
  assert.ok(twice !== null && counted !== null)
  close(counted.mu, twice.mu, 1e-9)
  close(counted.sigmaBetween, twice.sigmaBetween, 1e-9)
  close(counted.evidence, twice.evidence, 1e-6)
})

test('few customers leave spreads and shares with the prior, many with the data; nobody back is no model', () => {
  const prior = { model: { ...planted, sigmaWithin: 1, stops: 9, goesOn: 1 }, customers: 50 }
  const few = fitRebuyModel(watch(planted, 5, 365, 9), prior)
  const many = fitRebuyModel(watch(planted, 5000, 365, 9), prior)
  assert.ok(few !== null && many !== null)
  assert.ok(few.sigmaWithin > 0.85 && many.sigmaWithin < 0.45)
  assert.ok(returnShare(few, 1) < 0.25 && returnShare(many, 1) > 0.6)
  assert.equal(fitRebuyModel([{ gaps: 0, sumLog: 0, sumLogSquares: 0, openLog: 3, customers: 90 }]), null)
})

test('a customer’s own intervals take over from the product’s, and the first purchase has the product’s alone', () => {
  const first = forecastRebuy(planted, [])
  assert.equal(first.mu, planted.mu)
  close(first.sigma, 0.5, 1e-12)
  close(first.returns, 3 / 4.5, 1e-12)
  // One interval of 90 days: (ln 30 / 0.09 + ln 90 / 0.16) / (1 / 0.09 + 1 / 0.16), the normal posterior mean.
  close(forecastRebuy(planted, [Math.log(90)]).mu, 3.7966978, 1e-7)
  const often = forecastRebuy(
    planted,
    Array.from({ length: 40 }, () => Math.log(90)),
  )
  close(Math.exp(often.mu), 90, 4)
  assert.ok(often.sigma < first.sigma && often.returns > first.returns)
})

test('a forecast is a distribution: its chance rises with the horizon, and never exceeds who returns at all', () => {
  const logs = fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { maxLength: 12 })
  const days = fc.double({ min: 0, max: 400, noNaN: true })
  fc.assert(
    fc.property(logs, days, days, (own, elapsed, horizon) => {
      const { mu, sigma, returns } = forecastRebuy(planted, own)
      const chance = chanceToRenew(elapsed, horizon, mu, sigma, returns)
      assert.ok(sigma > 0 && chance >= 0 && chance <= returns + 1e-12)
      assert.ok(chanceToRenew(elapsed, horizon + 1, mu, sigma, returns) >= chance - 1e-12)
    }),
  )
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { chanceToRenew, fitRenewalIntervals, renewalSurvival, shrunkMu } from './renewal-interval.ts'

const once = (days: number) => ({ days, intervals: 1 })
const closed = [28, 31, 25, 35, 60, 30, 29, 33].map(once)
const open = [40, 50, 90, 120].map(once)

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function fitted(...intervals: Parameters<typeof fitRenewalIntervals>) {
  const fit = fitRenewalIntervals(...intervals)
  assert.ok(fit.kind === 'fitted')
  return fit
}

test('without open intervals the fit is the plain lognormal (values computed with scipy)', () => {
  const fit = fitted(closed, [])
  close(fit.mu, 3.48747, 1e-6)
  close(fit.sigma, 0.248491, 1e-6)
  close(fit.medianDays, 32.7031, 1e-4)
  for (const [days, survival, withinWeek] of [
    [28, 0.73396, 0.465414],
    [30, 0.635775, 0.512927],
    [45, 0.099479, 0.688424],
  ] as const) {
    close(renewalSurvival(days, fit.mu, fit.sigma), survival, 1e-6)
    close(chanceToRenew(days, 7, fit.mu, fit.sigma), withinWeek, 1e-6)
  }
})

test('open intervals pull the median up: the censored maximum-likelihood values of scipy', () => {
  const fit = fitted(closed, open)
  close(fit.mu, 3.876641363191947, 1e-7)
  close(fit.sigma, 0.6469703247203992, 1e-7)
  close(fit.medianDays, 48.262, 1e-3)
  close(fit.negativeLogLikelihood, 39.34666039708106, 1e-9)
  // As a density of ln t, which leaves out Σ ln t of the closed intervals.
  const sumOfLogs = closed.reduce((sum, { days }) => sum + Math.log(days), 0)
  close(fit.negativeLogLikelihood - sumOfLogs, 11.446899, 1e-6)
  assert.equal(fit.closedIntervals, 8)
})

test('where nine in ten intervals are open the fit still reaches the maximum that scipy finds', () => {
  const few = [3, 5, 8, 13, 21].map((days, i) => ({ days, intervals: 5 - i }))
  const many = [
    { days: 30, intervals: 40 },
    { days: 60, intervals: 60 },
    { days: 90, intervals: 100 },
  ]
  const fit = fitted(few, many)
  close(fit.mu, 11.341627855913384, 1e-4)
  close(fit.sigma, 4.890666541534468, 1e-4)
  close(fit.negativeLogLikelihood, 107.74849032377438, 1e-9)
  const alike = fitted([{ days: 30, intervals: 5 }], [{ days: 45, intervals: 2 }])
  close(alike.mu, 3.554229701495885, 1e-6)
  close(alike.sigma, 0.249096905453223, 1e-6)
})

test('counted intervals weigh as many single ones', () => {
  const twice = fitted(
    closed.map(({ days }) => ({ days, intervals: 2 })),
    open.map(({ days }) => ({ days, intervals: 2 })),
  )
  const single = fitted(closed, open)
  close(twice.mu, single.mu, 1e-9)
  close(twice.sigma, single.sigma, 1e-9)
})

test('too few closed intervals are not computable instead of a number', () => {
  assert.equal(fitRenewalIntervals([], open).kind, 'not-computable')
  assert.equal(fitRenewalIntervals([once(30)], open).kind, 'not-computable')
  assert.equal(fitRenewalIntervals([{ days: 0, intervals: 5 }], []).kind, 'not-computable')
})

test('zero days tell nothing and change nothing, days below zero are a bug', () => {
  const fit = fitted([...closed, { days: 0, intervals: 9 }], [...open, { days: 0, intervals: 9 }])
  assert.deepEqual(fit, { ...fitted(closed, open), negativeLogLikelihood: fit.negativeLogLikelihood })
  assert.throws(() => fitRenewalIntervals([once(-1), once(3)], []), RangeError)
  assert.throws(() => fitRenewalIntervals([once(Number.NaN), once(3)], []), RangeError)
})

test('intervals all alike have the least spread instead of none', () => {
  const fit = fitted([{ days: 30, intervals: 40 }], [{ days: 10, intervals: 5 }])
  assert.equal(fit.sigma, 0.05)
  close(fit.medianDays, 30, 1e-6)
})

const days = fc.integer({ min: 1, max: 2000 })
const counted = fc.record({ days, intervals: fc.integer({ min: 1, max: 500 }) })
const closedIntervals = fc.array(counted, { minLength: 2, maxLength: 20 })
const openIntervals = fc.array(counted, { maxLength: 20 })

test('no other lognormal near the fit is more likely, whatever the intervals', () => {
  const loss = (mu: number, sigma: number, own: typeof closed, others: typeof closed): number => {
    let sum = 0
    for (const { days: t, intervals } of own) {
      const z = (Math.log(t) - mu) / sigma
      sum += intervals * (0.5 * z * z + Math.log(sigma * t) + 0.5 * Math.log(2 * Math.PI))
    }
    for (const { days: e, intervals } of others) sum -= intervals * Math.log(renewalSurvival(e, mu, sigma))
    return sum
  }
  fc.assert(
    fc.property(closedIntervals, openIntervals, (own, others) => {
      const fit = fitted(own, others)
      const best = loss(fit.mu, fit.sigma, own, others)
      close(fit.negativeLogLikelihood, best, 1e-8 * Math.max(1, Math.abs(best)))
      const slack = 1e-9 * Math.max(1, Math.abs(best))
      for (const step of [-0.01, 0.01]) {
        assert.ok(loss(fit.mu + step * fit.sigma, fit.sigma, own, others) >= best - slack)
        assert.ok(
          fit.sigma * (1 + step) < 0.05 || loss(fit.mu, fit.sigma * (1 + step), own, others) >= best - slack,
        )
      }
    }),
  )
})

test('more time scales the interval and nothing else: days times three give a median times three', () => {
  fc.assert(
    fc.property(closedIntervals, openIntervals, (own, others) => {
      const fit = fitted(own, others)
      const thrice = (found: typeof own) => found.map((one) => ({ ...one, days: one.days * 3 }))
      const scaled = fitted(thrice(own), thrice(others))
      close(scaled.mu, fit.mu + Math.log(3), 1e-6 * Math.max(1, fit.sigma))
      close(scaled.sigma, fit.sigma, 1e-6 * fit.sigma)
    }),
  )
})

test('the chance to renew is a chance, grows with the horizon and shrinks with the share that never comes back', () => {
  const mu = fc.double({ min: 0, max: 8, noNaN: true })
  const sigma = fc.double({ min: 0.05, max: 3, noNaN: true })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(days, days, mu, sigma, share, (elapsed, horizon, m, s, returning) => {
      const all = chanceToRenew(elapsed, horizon, m, s)
      const cured = chanceToRenew(elapsed, horizon, m, s, returning)
      assert.ok(all >= 0 && all <= 1 && cured >= 0 && cured <= all + 1e-12)
      assert.ok(chanceToRenew(elapsed, horizon + 1, m, s, returning) >= cured)
    }),
  )
  assert.equal(chanceToRenew(10, 0, 3, 0.5), 0)
  assert.ok(
    chanceToRenew(1e6, 7, 3, 0.2) > 0,
    'far in the tail, where survival underflows, a chance is still a number',
  )
})

test('with a share that comes back, the chance is the one of the mixture S*(t) = 1 - share + share · S(t)', () => {
  const mixture = (t: number): number => 0.6 + 0.4 * renewalSurvival(t, 3.5, 0.4)
  close(chanceToRenew(45, 30, 3.5, 0.4, 0.4), 1 - mixture(75) / mixture(45), 1e-12)
  assert.equal(chanceToRenew(45, 30, 3.5, 0.4, 0), 0)
})

test('the median of a product with few intervals is drawn towards its category', () => {
  assert.equal(shrunkMu(4, 0, 3), 3)
  assert.equal(shrunkMu(4, 20, 3), 3.5)
  assert.ok(shrunkMu(4, 2000, 3) > 3.98)
})

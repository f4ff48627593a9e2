import assert from 'node:assert/strict'
import test from 'node:test'
import { chanceToRenew, fitRenewalIntervals, renewalSurvival } from './renewal-interval.ts'

const closed = [28, 31, 25, 35, 60, 30, 29, 33].map((days) => ({ days, intervals: 1 }))
const open = [40, 50, 90, 120].map((days) => ({ days, intervals: 1 }))

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('without open intervals the fit is the plain lognormal (values computed with scipy)', () => {
  const fit = fitRenewalIntervals(closed, [])
  assert.ok(fit.kind === 'fitted')
  close(fit.mu, 3.48747, 1e-6)
  close(fit.sigma, 0.248491, 1e-6)
  close(fit.medianDays, 32.7031, 1e-4)
  close(renewalSurvival(28, fit.mu, fit.sigma), 0.73396, 1e-5)
  close(chanceToRenew(28, 7, fit.mu, fit.sigma), 0.465414, 1e-5)
  close(chanceToRenew(45, 7, fit.mu, fit.sigma), 0.688424, 1e-5)
})

test('open intervals pull the median up: the censored maximum-likelihood values of scipy', () => {
  const fit = fitRenewalIntervals(closed, open)
  assert.ok(fit.kind === 'fitted')
  close(fit.mu, 3.876641, 1e-5)
  close(fit.sigma, 0.64697, 1e-5)
  // The reference counts densities of ln t; ours are of t, which adds Σ ln t of the closed intervals.
  const sumOfLogs = closed.reduce((sum, { days }) => sum + Math.log(days), 0)
  close(fit.negativeLogLikelihood - sumOfLogs, 11.446899, 1e-5)
  close(fit.medianDays, 48.262, 1e-2)
})

test('counted intervals weigh as many single ones', () => {
  const twice = fitRenewalIntervals(
    closed.map(({ days }) => ({ days, intervals: 2 })),
    open.map(({ days }) => ({ days, intervals: 2 })),
  )
  const once = fitRenewalIntervals(closed, open)
  assert.ok(twice.kind === 'fitted' && once.kind === 'fitted')
  close(twice.mu, once.mu, 1e-9)
})

test('too few closed intervals are not computable instead of a number', () => {
  assert.equal(fitRenewalIntervals([], open).kind, 'not-computable')
  assert.equal(fitRenewalIntervals([{ days: 0, intervals: 5 }], []).kind, 'not-computable')
})

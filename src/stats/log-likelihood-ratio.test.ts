import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { logLikelihoodRatio, rootLogLikelihoodRatio } from './log-likelihood-ratio.ts'

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

test('the log-likelihood ratio has the values of Apache Mahout’s LogLikelihoodTest', () => {
  close(logLikelihoodRatio(1, 0, 0, 1), 2.772589, 1e-6)
  close(logLikelihoodRatio(10, 0, 0, 10), 27.72589, 1e-5)
  close(logLikelihoodRatio(5, 1995, 0, 100000), 39.33052, 1e-5)
  close(logLikelihoodRatio(1000, 1995, 1000, 100000), 4730.737, 1e-3)
  close(logLikelihoodRatio(1000, 1000, 1000, 100000), 5734.343, 1e-3)
  close(logLikelihoodRatio(1000, 1000, 1000, 99000), 5714.932, 1e-3)
})

test('its root is negative where the two are together less than by chance (signs of Mahout’s test)', () => {
  close(rootLogLikelihoodRatio(904, 21060, 1144, 283012), 46.382369, 1e-6)
  close(rootLogLikelihoodRatio(36, 21928, 60280, 623876), -60.183346, 1e-6)
  close(Math.abs(rootLogLikelihoodRatio(6, 7567, 1924, 2426487)), 0, 1e-8)
})

test('a single co-occurrence of two singletons looks strong: why the evidence gate asks for five orders', () => {
  close(logLikelihoodRatio(1, 0, 0, 10000), 20.420781, 1e-6)
  close(logLikelihoodRatio(30, 470, 270, 9230), 12.88571, 1e-5)
})

test('the ratio is never negative and does not care which of the two comes first', () => {
  const count = fc.nat(1e6)
  fc.assert(
    fc.property(count, count, count, count, (both, one, other, neither) => {
      const ratio = logLikelihoodRatio(both, one, other, neither)
      assert.ok(ratio >= 0)
      close(logLikelihoodRatio(both, other, one, neither), ratio, 1e-6 + ratio * 1e-9)
    }),
  )
})

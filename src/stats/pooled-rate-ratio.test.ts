import assert from 'node:assert/strict'
import test from 'node:test'
import { addSums, noSums, pooledRatio, type RatioSums, ratioSums } from './pooled-rate-ratio.ts'

function close(actual: number | undefined, expected: number, within: number): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`)
}

/** Doll & Hill 1966: coronary deaths of British doctors by age, of non-smokers (before) and smokers (after), per person-year. */
const doctors = [
  [2, 18790, 32, 52407],
  [12, 10673, 104, 43248],
  [28, 5710, 206, 28612],
  [28, 2585, 186, 12663],
  [31, 1462, 102, 5317],
].map(([takenBefore = 0, shownBefore = 0, takenAfter = 0, shownAfter = 0]) => ({
  ...{ takenBefore, shownBefore, takenAfter, shownAfter },
}))

test('the ratio and its interval are those of the textbook for the British doctors: 1.424682 (1.154703 to 1.757784)', () => {
  const sums = doctors.map(ratioSums).reduce((sum: RatioSums, one) => addSums(sum, one), noSums)
  const found = pooledRatio(sums)
  close(found?.ratio, 1.424682, 1e-6)
  const half = 1.959964 * (found?.lnError ?? 0)
  close(1.424682 * Math.exp(-half), 1.154703, 2e-6)
  close(1.424682 * Math.exp(half), 1.757784, 2e-6)
})

test('of one group it is the plain ratio, with 1/k + 1/K as the variance of its logarithm', () => {
  const found = pooledRatio(
    ratioSums({ takenBefore: 40, shownBefore: 1000, takenAfter: 10, shownAfter: 500 }),
  )
  close(found?.ratio, 0.5, 1e-12)
  close(found?.lnError, Math.sqrt(1 / 40 + 1 / 10), 1e-12)
})

test('that more of the weak groups is shown moves nothing, and a group can be left out again', () => {
  const strong = ratioSums({ takenBefore: 100, shownBefore: 1000, takenAfter: 10, shownAfter: 100 })
  const weak = ratioSums({ takenBefore: 1, shownBefore: 100, takenAfter: 10, shownAfter: 1000 })
  close(pooledRatio(addSums(strong, weak))?.ratio, 1, 1e-12)
  close(pooledRatio(addSums(addSums(strong, weak), weak, -1))?.ratio, 1, 1e-12)
  assert.equal(pooledRatio(addSums(weak, weak, -1)), null)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  chanceOfPurchase,
  fitRatePrior,
  gammaOfMoments,
  purchaseRate,
  timedPurchaseRate,
} from './customer-purchase-rate.ts'

const prior = { shape: 2, rate: 60 }
const after = (daysSinceLast: number) => ({ purchases: 3, daysBetween: 62, daysSinceLast })

function near(actual: number, expected: number, tolerance = 1e-8): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`)
}

test('the rates of a customer follow the formulas of Bhagat et al., worked for three purchases in 62 days', () => {
  for (const [days, timed, plain] of [
    [1, 0.02747253, 0.04065041],
    [15, 0.03246753, 0.03649635],
    [31, 0.04098361, 0.03267974],
    [45, 0.03333333, 0.02994012],
    [61, 0.02747253, 0.0273224],
    [80, 0.02475248, 0.02475248],
  ] as const) {
    near(timedPurchaseRate(after(days), prior), timed)
    near(purchaseRate(after(days), prior), plain)
  }
  near(chanceOfPurchase(timedPurchaseRate(after(31), prior), 7), 0.249402, 1e-6)
})

test('the timed rate peaks when the customer’s own mean interval has passed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 900 }),
      (purchases, daysBetween) => {
        const own = daysBetween / (purchases - 1)
        const at = (daysSinceLast: number) =>
          timedPurchaseRate({ purchases, daysBetween, daysSinceLast }, prior)
        assert.ok(at(own) >= at(own * 0.5) && at(own) >= at(own * 1.5) && at(own) >= at(own * 3))
        assert.ok(at(own) > 0 && chanceOfPurchase(at(own), 30) < 1)
      },
    ),
  )
  const once = { purchases: 1, daysBetween: 0, daysSinceLast: 40 }
  assert.equal(timedPurchaseRate(once, prior), purchaseRate(once, prior))
})

test('the gamma of repeat rates has the maximum-likelihood values of scipy', () => {
  const rates = [0.02, 0.035, 0.03, 0.05, 0.01, 0.04, 0.025, 0.033]
  const sum = rates.reduce((total, rate) => total + rate, 0)
  const sumLogs = rates.reduce((total, rate) => total + Math.log(rate), 0)
  const fit = gammaOfMoments(sum / 8, sumLogs / 8)
  assert.ok(fit !== null)
  near(fit.shape, 5.582784, 1e-6)
  near(fit.rate, 183.79537, 1e-4)
  assert.deepEqual(fitRatePrior(80, sum * 10, sumLogs * 10)?.shape.toFixed(6), '5.582784')
  assert.equal(fitRatePrior(8, sum, sumLogs), null)
  assert.equal(fitRatePrior(30, 0.6, 30 * Math.log(0.02)), null)
})

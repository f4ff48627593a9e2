// Reference values computed with scipy from the published formula, where no other source is named.

import assert from 'node:assert/strict'
import test from 'node:test'
import { alwaysValidCritical } from './confidence-sequence.ts'
import { estimateEffect } from './mean-difference.ts'
import {
  detectableEffect,
  detectableRise,
  effectOfAmounts,
  effectOfLimit,
  effectOfRates,
  powerOf,
  requiredPerArm,
  unitsToFind,
} from './required-sample.ts'
import { momentsOfSums } from './sample-moments.ts'
import { normalQuantile } from './special-functions.ts'

test('the planning table of attach rates is as computed with scipy', () => {
  for (const [rate, ...needed] of [
    [0.02, 315_204, 80_679, 21_106, 3823],
    [0.03, 207_936, 53_208, 13_911, 2515],
    [0.05, 122_121, 31_231, 8155, 1468],
    [0.08, 73_851, 18_869, 4918, 880],
  ] as const) {
    assert.deepEqual(
      [0.05, 0.1, 0.2, 0.5].map((rise) => requiredPerArm(effectOfRates(rate, rate * (1 + rise)))),
      needed,
    )
  }
})

test('revenue that varies by 2 and 4 times its mean needs 25,117 and 100,466 per arm for 5 %', () => {
  assert.equal(Math.round(requiredPerArm(effectOfAmounts(2, 0.05))), 25_117)
  assert.ok(Math.abs(requiredPerArm(effectOfAmounts(4, 0.05)) - 100_466) <= 1)
})

test('the limits of unsubscribes need as many customers as computed with scipy', () => {
  const plan = { sides: 'greater' } as const
  for (const [rate, margin, needed] of [
    [0.002, 0.001, 24_681],
    [0.005, 0.001, 61_517],
    [0.005, 0.0025, 9843],
  ] as const) {
    assert.ok(Math.abs(requiredPerArm(effectOfLimit(rate, margin), plan) - needed) <= 1)
  }
})

test('the rise that 5,000 per arm show is as computed with scipy', () => {
  for (const [rate, rise] of [
    [0.02, 0.008627],
    [0.05, 0.012928],
    [0.08, 0.015862],
  ] as const) {
    const found = detectableRise(rate, 5000)
    assert.ok(found !== null && Math.abs(found - rise) < 2e-6, `${found} is not ${rise}`)
  }
  assert.equal(detectableRise(0.5, 3), null)
})

test('three arms of 400,000 find 5 % more of a mean of 10 with a power of .52144, and 7.027 % with .8 (GrowthBook, power.test.ts)', () => {
  // The relative effect of 5 % has the variance of both arms, the treated one's mean 1.05 times as far from 0.
  const variance = 3909.99977 / 100
  const effectOf = (lift: number) =>
    ({ difference: lift, variances: [variance * (1 + lift) ** 2, variance] }) as const
  assert.ok(Math.abs(powerOf(effectOf(0.05), 400_000 / 3) - 0.52144) < 6e-6)
  const lift = detectableEffect(effectOf, 1, 400_000 / 3)
  assert.ok(lift !== null && Math.abs(lift - 0.07027) < 6e-6, `${lift}`)
})

test('an experiment of 1,000 needs 25.457 times as many again (GrowthBook, test_midexperimentpower.py)', () => {
  const [one, other] = [momentsOfSums(500, 500, 1500), momentsOfSums(500, 525, 1551.25)]
  const found = estimateEffect(one, other, 'relative')
  assert.ok(!('kind' in found))
  const more = unitsToFind(0.05, found.standardError ** 2 * found.units) / found.units - 1
  // Their search ends within 1e-5 of the power: some hundredths of the factor.
  assert.ok(Math.abs(more - 25.457) < 0.01, `${more}`)
  // Under looks, of the mixture tuned for 5,000, they find 55.668: there the effect lies where its own formula says.
  const units = 56.66797 * found.units
  const z = 0.05 / (found.standardError / Math.sqrt(56.66797))
  assert.ok(Math.abs(z - alwaysValidCritical(units, { tunedFor: 5000 }) - normalQuantile(0.8)) < 1e-4)
})

test('far more than was planned is still counted by a sequence that holds', () => {
  const effect = effectOfRates(0.05, 0.051)
  const [planned, unplanned] = [{}, { plannedUnits: 28_000 }].map((plan) =>
    requiredPerArm(effect, { looks: 'daily', ...plan }),
  )
  assert.ok(planned !== undefined && unplanned !== undefined)
  assert.ok(unplanned > planned && unplanned < 2.2 * planned, `${planned} and ${unplanned}`)
})

test('what is required has the power that was asked for, looked at once or daily', () => {
  for (const looks of ['once', 'daily'] as const) {
    for (const effect of [effectOfRates(0.05, 0.06), effectOfRates(0.02, 0.03), effectOfAmounts(3, 0.1)]) {
      const needed = requiredPerArm(effect, { looks, power: 0.9 })
      assert.ok(Math.abs(powerOf(effect, needed, { looks }) - 0.9) < 2e-3, `${looks} ${needed}`)
    }
  }
})

test('daily looks cost customers, and an effect of nothing or an impossible rate is refused', () => {
  const effect = effectOfRates(0.05, 0.06)
  const [once, daily] = [requiredPerArm(effect), requiredPerArm(effect, { looks: 'daily' })]
  assert.ok(daily > 1.5 * once && daily < 2 * once, `${daily} against ${once}`)
  assert.throws(() => requiredPerArm(effectOfAmounts(2, 0)), RangeError)
  assert.throws(() => effectOfRates(0, 0.1), RangeError)
  assert.throws(() => effectOfRates(0.1, 1), RangeError)
})

// The hold-out's answer is the difference of the arms over what was attributed, and claims nothing that it does not know.
// Reference: the intention-to-treat example of docs/methods.md, recomputed with scipy's Welch test from sums.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { MetricSums, UnitMoments, VariationSums } from '../ports/measure-store.ts'
import { alwaysValidCritical } from '../stats/confidence-sequence.ts'
import { causedBy } from './measure-hold-out.ts'

const DAY_MS = 86_400_000
const question = {
  ...({
    windowDays: 90,
    untilMs: 400 * DAY_MS,
    currency: 'GBP',
    term: { share: 0.1, fromMs: null, untilMs: null },
    marginShare: 0.5,
  } as const),
}

/** Each unit with one eligible order and no past. */
function arm(
  variation: string,
  units: number,
  sum: number,
  squares: number,
  addOnsMinor: number,
): VariationSums {
  const metric = (one: number, two: number): MetricSums => ({
    ...{ sum: one, squares: two, withEligible: one, withBefore: 0 },
  })
  return {
    ...{ variation, assigned: units, units, addOnsMinor },
    ...{ eligible: metric(units, units), bought: metric(units / 5, units / 5) },
    orders: metric(units * 1.5, units * 3),
    ...{ spend: metric(sum, squares), spendUncapped: metric(sum, squares), before: metric(0, 0) },
  }
}

function moments(...variations: readonly VariationSums[]): UnitMoments {
  return { variations, capMinor: 1e9, unitsInTwo: 0, sinceMs: 0 }
}

const reference = moments(
  arm('held-out', 1_000, 4_700, 1.15e5, 0),
  arm('offered', 9_000, 45_900, 1.2e6, 9_000),
)

test('of 9,000 attributed 3,600 were caused: a factor of .40, with the standard error of scipy', () => {
  const caused = causedBy(reference, question)
  const perOrder = caused.perOrder?.revenueMinor
  assert.ok(perOrder !== undefined)
  assert.ok(Math.abs(perOrder.value - 0.4) < 1e-12)
  const standardError = (perOrder.high - perOrder.value) / alwaysValidCritical(10_000)
  assert.ok(Math.abs(standardError - 0.323928) < 1e-6, `${standardError}`)
  assert.ok(Math.abs((caused.revenueMinor?.value ?? 0) - 3_600) < 1e-6)
  assert.ok(Math.abs((caused.incrementality?.value ?? 0) - 0.4) < 1e-9)
  assert.equal(caused.attributedMinor, 9_000)
  assert.ok(Math.abs((caused.marginMinor?.value ?? 0) - 1_800) < 1e-6)
  // An interval that may be looked at any day is wider than (-2,119.4, 9,319.4), that of a time fixed before.
  assert.ok((caused.revenueMinor?.low ?? 0) < -2_119.4 && (caused.revenueMinor?.high ?? 0) > 9_319.4)
})

test('while the interval holds 0 it says how many more days it may take, and 0 days once it does not', () => {
  const waiting = causedBy(reference, question).moreDays
  assert.ok(waiting !== null && waiting > 1_000, `${waiting}`)
  // What would then be known, is known: as many customers more come with the days that it names.
  const longer = (310 + waiting) / 310
  const grown = reference.variations.map(({ variation, units, spend, addOnsMinor }) =>
    arm(variation, units * longer, spend.sum * longer, spend.squares * longer, addOnsMinor * longer),
  )
  assert.equal(causedBy(moments(...grown), question).moreDays, 0)
  const never = moments(arm('held-out', 1_000, 5_000, 1e5, 0), arm('offered', 9_000, 45_000, 1e6, 0))
  assert.equal(causedBy(never, question).moreDays, null)
  assert.equal(causedBy(never, question).incrementality, null)
})

test('nothing is claimed below 150 customers in an arm, nor without any', () => {
  const few = moments(arm('held-out', 149, 700, 9_000, 0), arm('offered', 9_000, 45_900, 1.2e6, 9_000))
  for (const found of [causedBy(few, question), causedBy(moments(), question)]) {
    assert.deepEqual([found.perOrder, found.revenueMinor, found.incrementality], [null, null, null])
  }
  assert.equal(causedBy(few, question).attributedMinor, 9_000)
})

test('too many or too few held out raises the alarm', () => {
  assert.equal(causedBy(reference, question).sampleRatioAlarm, false)
  // 8,900 and 1,100 against shares of .9 and .1: p .00085812, chi-square by scipy.
  const askew = moments(arm('held-out', 1_100, 4_700, 1.15e5, 0), arm('offered', 8_900, 45_900, 1.2e6, 0))
  const found = causedBy(askew, question)
  assert.ok(found.sampleRatioAlarm)
  assert.ok(Math.abs((found.sampleRatioPValue ?? 0) - 0.00085812) < 1e-8)
})

test('what customers paid before anything was offered is taken out of the noise, not of the effect', () => {
  // Spend is the past and nothing else but 100 more for the offered: the noise is gone, the 100 stay.
  const withPast = (variation: string, units: number, more: number): VariationSums => {
    const pasts = Array.from({ length: units }, (_, unit) => ((unit * 7_919) % 1_000) + (unit % 2))
    const total = (of: (past: number) => number) => pasts.reduce((sum, past) => sum + of(past), 0)
    const spendOf = (past: number) => past + more + (past % 3)
    const base = arm(
      variation,
      units,
      total(spendOf),
      total((past) => spendOf(past) ** 2),
      0,
    )
    return {
      ...base,
      eligible: { ...base.eligible, withBefore: total((past) => past) },
      spend: { ...base.spend, withBefore: total((past) => spendOf(past) * past) },
      before: {
        ...{ sum: total((past) => past), squares: total((past) => past ** 2) },
        ...{ withEligible: total((past) => past), withBefore: total((past) => past ** 2) },
      },
    }
  }
  const found = causedBy(moments(withPast('held-out', 400, 0), withPast('offered', 600, 100)), question)
  const revenue = found.perOrder?.revenueMinor
  assert.ok(revenue !== undefined && revenue.low > 99 && revenue.high < 101, JSON.stringify(revenue))
})

test('an offer that brings customers back shows, though each further order is eligible itself', () => {
  // Both arms spend 10 per eligible order; the offered come twice, the held-out once.
  const twice = (variation: string, units: number, orders: number): VariationSums => {
    const base = arm(variation, units, units * orders * 10, units * orders ** 2 * 101, 0)
    const eligible = { sum: units * orders, squares: units * orders ** 2, withEligible: 0, withBefore: 0 }
    return { ...base, eligible, orders: eligible }
  }
  const found = causedBy(moments(twice('held-out', 1_000, 1), twice('offered', 9_000, 2)), question)
  assert.ok(found.perOrder !== null && found.perOrder.orders.low > 0.4 && found.perOrder.orders.high < 0.6)
  assert.ok(found.perOrder.revenueMinor.low > 0)
  assert.ok(Math.abs((found.revenueMinor?.value ?? 0) - 90_000) < 1e-6)
})

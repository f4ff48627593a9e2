import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { tinyOrder, tinyRhythm } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import { defaultSettings } from '../domain/settings.ts'
import { chanceToRebuy, predictRunOut, purchasesOf } from './predict-run-out.ts'

const rhythm = tinyRhythm(30)
const once = (quantity: number) => [{ day: 0, quantity }]

test('a first purchase runs out by the product’s rhythm, with the interval of its spread, and is offered before', () => {
  const runOut = predictRunOut(rhythm, once(1), defaultSettings)
  // ln 30 ± 1.2816 × √(0.4² + 0.3²): 15.8 to 56.9 days; 0.85 × 30 less 3 days of delivery.
  assert.deepEqual(
    { ...runOut, chance: Math.round(runOut.chance * 1000) / 1000 },
    { day: 30, dayLow: 16, dayHigh: 56, chance: 0.667, ownIntervals: 0, offerDay: 23 },
  )
})

test('three units last 90 days in a pantry and 72 by default (30 × 3^θ, θ = 1 and 0.8)', () => {
  assert.equal(predictRunOut({ ...rhythm, quantityExponent: 1 }, once(3), defaultSettings).day, 90)
  assert.equal(predictRunOut({ ...rhythm, quantityExponent: 0.8 }, once(3), defaultSettings).day, 72)
})

test('a customer who needs two units for 30 days runs out of one in 15, whatever others do', () => {
  const bought = Array.from({ length: 12 }, (_, at) => ({ day: at * 30, quantity: 2 }))
  const two = predictRunOut({ ...rhythm, quantityExponent: 1 }, bought, defaultSettings)
  assert.ok(Math.abs(two.day - 30) <= 2, `${two.day}`)
  const one = predictRunOut(
    { ...rhythm, quantityExponent: 1 },
    [...bought.slice(0, -1), { day: 330, quantity: 1 }],
    defaultSettings,
  )
  assert.ok(Math.abs(one.day - 15) <= 2, `${one.day}`)
  assert.equal(one.ownIntervals, 11)
  assert.ok(one.chance > predictRunOut(rhythm, once(1), defaultSettings).chance)
})

test('the chance dies away with waiting, since who waits long has more and more likely stopped', () => {
  const chances = [20, 60, 120, 365].map((elapsed) => chanceToRebuy(rhythm, once(1), elapsed, 7))
  assert.deepEqual(
    chances,
    [...chances].sort((one, other) => other - one),
  )
  assert.ok((chances.at(-1) ?? 1) < 0.001)
})

test('the interval always holds the day, and the offer never comes before follow-ups may', () => {
  const day = fc.integer({ min: 0, max: 900 })
  const bought = fc
    .array(fc.record({ day, quantity: fc.integer({ min: 1, max: 200 }) }), { minLength: 1, maxLength: 15 })
    .map((all) => [...new Map(all.map((one) => [one.day, one])).values()].sort((a, b) => a.day - b.day))
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 500, noNaN: true }), bought, (median, purchases) => {
      const runOut = predictRunOut(tinyRhythm(median), purchases, defaultSettings)
      assert.ok(1 <= runOut.dayLow && runOut.dayLow <= runOut.day && runOut.day <= runOut.dayHigh)
      assert.ok(runOut.chance > 0 && runOut.chance < 1)
      assert.ok(runOut.offerDay >= defaultSettings.followUpFromDay)
    }),
  )
})

test('purchases of one day are one; other products, the order itself and later orders do not count as past', () => {
  const order = {
    ...tinyOrder([
      ['beans', 2, 1200],
      ['beans', 1, 1200],
      ['mug', 1, 900],
    ]),
  }
  const daysAgo = (days: number) => order.placedAtMs - days * DAY_MS
  const past = (orderId: string, days: number, productIds: string[], quantities: number[]) => ({
    orderId,
    placedAtMs: daysAgo(days),
    productIds,
    quantities,
  })
  const orders = [
    past('later', -3, ['beans'], [9]),
    past(order.id, 1, ['beans'], [9]),
    past('b', 30, ['mug', 'beans'], [5, 4]),
    past('a', 30, ['beans'], [1]),
    past('c', 61, ['mug'], [1]),
  ]
  const today = Math.floor(order.placedAtMs / DAY_MS)
  assert.deepEqual(purchasesOf('beans', order, { customerId: 'c', orders, earlier: [] }), [
    { day: today - 30, quantity: 5 },
    { day: today, quantity: 3 },
  ])
})

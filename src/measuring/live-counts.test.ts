// Counts that grow day by day are those of a plain count over the orders so far.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { type DayOrder, openLiveCounts } from './live-counts.ts'

const PRODUCTS = 6
const settings = { firstDay: 100, halfLifeDays: 120, windowDays: 30 }

const histories = fc
  .array(
    fc.record({
      customer: fc.constantFrom(0, 1, null),
      day: fc.integer({ min: 100, max: 170 }),
      products: fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1, maxLength: 5 }),
    }),
    { maxLength: 30 },
  )
  .map((orders): DayOrder[] => orders.toSorted((one, other) => one.day - other.day))

function counted(orders: readonly DayOrder[]) {
  const counts = openLiveCounts(settings)
  for (const order of orders) counts.add(order)
  return counts
}

function firstDayOf(orders: readonly DayOrder[], customer: number, product: number): number | undefined {
  return orders.find((order) => order.customer === customer && order.products.includes(product))?.day
}

function laterByHand(orders: readonly DayOrder[], anchor: number, addOn: number): number {
  return [0, 1].filter((customer) => {
    const since = firstDayOf(orders, customer, anchor)
    const first = firstDayOf(orders, customer, addOn)
    return since !== undefined && first !== undefined && first > since && first - since <= settings.windowDays
  }).length
}

test('orders together and first purchases later equal a plain count over any history', () => {
  fc.assert(
    fc.property(histories, (orders) => {
      const counts = counted(orders)
      assert.equal(counts.orders, orders.length)
      for (let anchor = 0; anchor < PRODUCTS; anchor++) {
        const withAnchor = orders.filter((order) => order.products.includes(anchor))
        assert.equal(counts.ordersOf(anchor), withAnchor.length)
        const together = new Map<number, number>()
        counts.eachTogether(anchor, 200, (addOn, count) => together.set(addOn, count))
        for (let addOn = 0; addOn < PRODUCTS; addOn++) {
          if (addOn === anchor) continue
          const both = withAnchor.filter((order) => order.products.includes(addOn)).length
          assert.equal(together.get(addOn) ?? 0, both)
          assert.equal(counts.laterOf(anchor, addOn), laterByHand(orders, anchor, addOn))
        }
      }
    }),
  )
})

test('weights halve after the half-life, whatever the first day', () => {
  const counts = counted([{ customer: null, day: 110, products: [1, 2] }])
  assert.ok(Math.abs(counts.ordersWeightOf(1, 110) - 1) < 1e-12)
  assert.ok(Math.abs(counts.ordersWeightOf(1, 230) - 0.5) < 1e-12)
  counts.eachTogether(1, 350, (_addOn, _count, weight) => assert.ok(Math.abs(weight - 0.25) < 1e-12))
})

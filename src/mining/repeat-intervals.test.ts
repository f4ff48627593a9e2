import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { buildHistoryColumns } from './build-history-columns.ts'
import { GUEST } from './history-columns.ts'
import { collectIntervals } from './repeat-intervals.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }

const PRODUCTS = 4

const histories: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    customer: fc.constantFrom(0, 1, 2, GUEST),
    day: fc.integer({ min: -3, max: 20 }),
    products: fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 30 },
)

/** As the question is worded: per customer the sorted different days, the gaps between them, and the wait since. */
function plainly(orders: readonly Order[], product: number): { intervals: number[]; customers: number } {
  const lastDay = Math.max(...orders.map(({ day }) => day))
  const intervals: number[] = []
  let customers = 0
  for (const customer of [0, 1, 2]) {
    const bought = orders.filter((order) => order.customer === customer && order.products.includes(product))
    const days = [...new Set(bought.map(({ day }) => day))].sort((a, b) => a - b)
    if (days.length < 2) continue
    customers += 1
    for (const [place, day] of days.entries()) {
      const next = days[place + 1]
      intervals.push(next === undefined ? Math.max(1, lastDay - day) * 2 + 1 : (next - day) * 2)
    }
  }
  return { intervals: intervals.sort((a, b) => a - b), customers }
}

test('every gap between the days on which a customer bought a product is there, and the wait since the last one', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 3 }), (orders, customersMin) => {
      const builder = buildHistoryColumns({ productCount: PRODUCTS })
      for (const [order, { customer, day, products }] of orders.entries()) {
        const count = products.length
        const of = (value: number) => new Array<number>(count).fill(value)
        builder.addLines({ count, order: of(order), customer: of(customer), day: of(day), product: products })
      }
      const history = builder.finish()
      const { start, interval } = collectIntervals(history, customersMin)
      for (let product = 0; product < PRODUCTS; product++) {
        const rank = history.rankOf[product] ?? 0
        const { intervals, customers } = plainly(orders, product)
        const expected = customers >= customersMin ? intervals : []
        assert.deepEqual([...interval.slice(start[rank], start[rank + 1]).sort()], expected)
      }
    }),
  )
})

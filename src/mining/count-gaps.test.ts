import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { buildHistoryColumns } from './build-history-columns.ts'
import { countGaps, gapsOf } from './count-gaps.ts'
import { GUEST } from './history-columns.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }

const PRODUCTS = 5
const WINDOW = 10

const histories: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    customer: fc.constantFrom(0, 1, 2, GUEST),
    day: fc.integer({ min: -5, max: 25 }),
    products: fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
)

function counted(orders: readonly Order[], pairs: readonly { anchor: number; addOn: number }[]) {
  const builder = buildHistoryColumns({ productCount: PRODUCTS })
  for (const [order, { customer, day, products }] of orders.entries()) {
    const count = products.length
    const of = (value: number) => new Array<number>(count).fill(value)
    builder.addLines({ count, order: of(order), customer: of(customer), day: of(day), product: products })
  }
  const asked = { anchor: pairs.map(({ anchor }) => anchor), addOn: pairs.map(({ addOn }) => addOn) }
  const columns = countGaps({ history: builder.finish(), pairs: asked, windowDays: WINDOW })
  return pairs.map((_, pair) => gapsOf(columns, pair, WINDOW))
}

function byHand(orders: readonly Order[], anchor: number, addOn: number): number[] {
  const histogram = new Array<number>(WINDOW + 1).fill(0)
  for (const customer of [0, 1, 2]) {
    const firstOf = (product: number): number =>
      Math.min(
        ...orders
          .filter((one) => one.customer === customer && one.products.includes(product))
          .map((one) => one.day),
      )
    const gap = firstOf(addOn) - firstOf(anchor)
    if (gap > 0 && gap <= WINDOW) histogram[gap] = (histogram[gap] ?? 0) + 1
  }
  return histogram
}

test('gaps between first purchases equal a plain count over any history, both ways round', () => {
  const pairs = [
    { anchor: 0, addOn: 1 },
    { anchor: 1, addOn: 0 },
    { anchor: 3, addOn: 2 },
  ]
  fc.assert(
    fc.property(histories, (orders) => {
      for (const [place, { later, earlier }] of counted(orders, pairs).entries()) {
        const { anchor, addOn } = pairs[place] ?? { anchor: 0, addOn: 0 }
        assert.deepEqual([...later], byHand(orders, anchor, addOn))
        assert.deepEqual([...earlier], byHand(orders, addOn, anchor))
      }
    }),
  )
})

test('a customer without a name has no gap', () => {
  const orders = [
    { customer: GUEST, day: 1, products: [0] },
    { customer: GUEST, day: 4, products: [1] },
  ]
  const [gaps] = counted(orders, [{ anchor: 0, addOn: 1 }])
  assert.equal(
    gaps?.later.reduce((sum, count) => sum + count, 0),
    0,
  )
})

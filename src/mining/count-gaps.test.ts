import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { gapsOf } from '../next/follow-firsts.ts'
import { buildHistoryColumns } from './build-history-columns.ts'
import { countGaps } from './count-gaps.ts'
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
  const asked = {
    anchor: pairs.map(({ anchor }) => anchor),
    addOn: pairs.map(({ addOn }) => addOn),
    ...{ lift: pairs.map(() => 2), surestLift: pairs.map(() => 1) },
  }
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
        assert.deepEqual(Array.from(later), byHand(orders, anchor, addOn))
        assert.deepEqual(Array.from(earlier), byHand(orders, addOn, anchor))
      }
    }),
  )
})

/** Each customer's first purchase of each product, as day. */
function firstsByHand(orders: readonly Order[]): ReadonlyMap<number, number>[] {
  return [0, 1, 2].map((customer) => {
    const firsts = new Map<number, number>()
    for (const { products, day } of orders.filter((one) => one.customer === customer))
      for (const product of products) firsts.set(product, Math.min(day, firsts.get(product) ?? day))
    return firsts
  })
}

/** Each first purchase in the window after the anchor's is the add-on with its share of all first purchases of that week. */
function expectedByHand(orders: readonly Order[], anchor: number, addOn: number): number {
  const from = Math.min(...orders.map(({ day }) => day))
  const weekOf = (day: number) => Math.floor((day - from) / 7)
  const firsts = firstsByHand(orders)
  const all = firsts.flatMap((own) => [...own])
  let sum = 0
  for (const own of firsts) {
    const since = own.get(anchor)
    if (since === undefined) continue
    for (const day of own.values()) {
      if (day <= since || day > since + WINDOW) continue
      const inWeek = all.filter(([, other]) => weekOf(other) === weekOf(day))
      sum += inWeek.filter(([product]) => product === addOn).length / inWeek.length
    }
  }
  return sum
}

test('what each week makes expect equals a plain sum over any history', () => {
  fc.assert(
    fc.property(histories, (orders) => {
      for (const [place, { expected }] of counted(orders, [
        { anchor: 0, addOn: 1 },
        { anchor: 3, addOn: 2 },
      ]).entries()) {
        const [anchor, addOn] = place === 0 ? [0, 1] : [3, 2]
        assert.ok(Math.abs(expected - expectedByHand(orders, anchor, addOn)) < 1e-9)
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
    Array.from(gaps?.later ?? [1]).reduce((sum, count) => sum + count, 0),
    0,
  )
})

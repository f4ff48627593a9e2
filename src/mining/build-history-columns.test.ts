import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { buildHistoryColumns, type HistorySettings } from './build-history-columns.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }
type Read = Order & { readonly firsts: readonly number[]; readonly weight: number }

function build(orders: readonly Order[], settings: HistorySettings = {}, chunk = 3): HistoryColumns {
  const lines = orders.flatMap(({ customer, day, products }, order) =>
    products.map((product) => ({ order, customer, day, product })),
  )
  const builder = buildHistoryColumns(settings)
  for (let from = 0; from < lines.length; from += chunk) {
    const part = lines.slice(from, from + chunk)
    builder.addLines({
      count: part.length,
      order: part.map((line) => line.order),
      customer: part.map((line) => line.customer),
      day: part.map((line) => line.day),
      product: part.map((line) => line.product),
    })
  }
  return builder.finish()
}

function readBack({ records, recordWeights, productOf }: HistoryColumns): Read[] {
  const orders: Read[] = []
  for (let at = 0; at < records.length; ) {
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] ?? 0)
    const products = [...records.subarray(begin, end)].map((rank) => productOf[rank] ?? -1)
    orders.push({
      customer: records[at + RECORD.customer] ?? -1,
      day: (records[at + RECORD.day] ?? 0) | 0,
      products: products.toSorted((a, b) => a - b),
      firsts: products.slice(0, records[at + RECORD.firsts]).sort((a, b) => a - b),
      weight: recordWeights[at + RECORD.weight] ?? 0,
    })
    at = end
  }
  return orders
}

const anyOrder: fc.Arbitrary<Order> = fc.record({
  customer: fc.constantFrom(0, 1, 5, GUEST),
  day: fc.integer({ min: -30, max: 30 }),
  products: fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }),
})

test('orders come out by customer and day, each product once, first purchases told apart', () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 30 }), (orders) => {
      const sorted = orders.toSorted((a, b) => a.customer - b.customer || a.day - b.day)
      const had = new Set<string>()
      const expected = sorted.map(({ customer, day, products }) => {
        const distinct = [...new Set(products)].sort((a, b) => a - b)
        const firsts = distinct.filter((product) => customer !== GUEST && !had.has(`${customer} ${product}`))
        for (const product of firsts) had.add(`${customer} ${product}`)
        return { customer, day, products: distinct, firsts, weight: 1 }
      })
      assert.deepEqual(readBack(build(orders)), expected)
    }),
  )
})

test('an order weighs half after one half-life, and a basket over 50 products no more than one of 50', () => {
  const wholesale = Array.from({ length: 100 }, (_, product) => product)
  const orders = [
    { customer: 0, day: 0, products: [1] },
    { customer: 0, day: 120, products: [1] },
    { customer: 0, day: 120, products: wholesale },
  ]
  const weights = readBack(build(orders, { halfLifeDays: 120 })).map((order) => order.weight)
  assert.deepEqual(weights, [0.5, 1, 0.5])
})

test('a basket over the cap keeps the same products however its lines stood', () => {
  const products = Array.from({ length: 40 }, (_, product) => product)
  const forwards = build([{ customer: 0, day: 0, products }], { largestBasket: 10 })
  const backwards = build([{ customer: 0, day: 0, products: products.toReversed() }], {
    largestBasket: 10,
  })
  assert.equal(readBack(forwards)[0]?.products.length, 10)
  assert.deepEqual(readBack(forwards), readBack(backwards))
  assert.deepEqual(
    forwards.sampled.map(({ linesLeftOut }) => linesLeftOut),
    [30],
  )
})

test('units stand beside their product, added up within an order, at most 65,535, also in a sample', () => {
  const lines = (
    units: readonly (readonly [product: number, units: number])[],
    settings: HistorySettings = {},
  ) => {
    const order = units.map(([product, pieces]) => ({
      order: 1,
      customer: 0,
      day: 0,
      product,
      units: pieces,
    }))
    const { records, units: read, productOf } = columnsOfLines(order, settings)
    return new Map(
      [...read.subarray(RECORD.ranks)].map((pieces, place) => [
        productOf[records[RECORD.ranks + place] ?? 0] ?? -1,
        pieces,
      ]),
    )
  }
  const few = [
    [3, 2],
    [1, 70_000],
    [3, 5],
    [0, 65_535],
    [0, 1],
  ] as const
  assert.deepEqual(
    lines(few),
    new Map([
      [0, 65_535],
      [1, 65_535],
      [3, 7],
    ]),
  )
  const many = Array.from({ length: 100 }, (_, product) => [product, product + 1] as const)
  const sampled = lines(many, { largestBasket: 10 })
  assert.equal(sampled.size, 10)
  for (const [product, pieces] of sampled) assert.equal(pieces, product + 1)
})

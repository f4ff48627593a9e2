import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { sameThread } from '../adapters/parallel/same-thread.ts'
import { buildHistoryColumns } from './build-history-columns.ts'
import type { CountSettings } from './count-anchors.ts'
import { countPairs } from './count-pairs.ts'
import { GUEST } from './history-columns.ts'
import type { PairCounts } from './pair-columns.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }

const PRODUCTS = 7
const WINDOW = 10
const SHRINKAGE = 20

const histories: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    customer: fc.constantFrom(0, 1, 2, 3, GUEST),
    day: fc.nat(40),
    products: fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 30 },
)

function count(orders: readonly Order[], settings: Partial<CountSettings>): Promise<PairCounts> {
  const builder = buildHistoryColumns({ productCount: PRODUCTS, halfLifeDays: 15 })
  for (const [order, { customer, day, products }] of orders.entries()) {
    const count = products.length
    const of = (value: number) => new Array<number>(count).fill(value)
    builder.addLines({ count, order: of(order), customer: of(customer), day: of(day), product: products })
  }
  return countPairs(builder.finish(), { windowDays: WINDOW, ...settings }, { parallel: sameThread() })
}

/** The days on which each known customer bought the product, first to last. */
function daysOf(orders: readonly Order[], product: number): Map<number, number[]> {
  const days = new Map<number, number[]>()
  for (const { customer, day, products } of orders.toSorted((a, b) => a.day - b.day)) {
    if (customer !== GUEST && products.includes(product))
      days.set(customer, [...(days.get(customer) ?? []), day])
  }
  return days
}

const everything = { minTogether: 1, minLater: 1, keepPerAnchor: 100 }

test('orders, customers, those followed for the whole window and those who came back are counted per product', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (orders) => {
      const { margins } = await count(orders, everything)
      const lastDay = Math.max(...orders.map((order) => order.day))
      for (let product = 0; product < PRODUCTS; product++) {
        const days = [...daysOf(orders, product).values()]
        assert.deepEqual(
          [
            margins.orders[product],
            margins.customers[product],
            margins.customersFollowed[product],
            margins.repeatCustomers[product],
          ],
          [
            orders.filter((order) => order.products.includes(product)).length,
            days.length,
            days.filter(([first = 0]) => first + WINDOW <= lastDay).length,
            days.filter((bought) => new Set(bought).size > 1).length,
          ],
        )
      }
    }),
  )
})

test('weights, followed customers and expected counts of every pair agree with their definitions', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (orders) => {
      const { pairs, totals } = await count(orders, everything)
      const lastDay = Math.max(...orders.map((order) => order.day))
      const firsts = Array.from({ length: PRODUCTS }, (_, product) => daysOf(orders, product))
      for (let row = 0; row < pairs.pairCount; row++) {
        const x = pairs.anchor[row] ?? 0
        const y = pairs.addOn[row] ?? 0
        const withX = orders.filter((order) => order.products.includes(x))
        const weight = withX
          .filter((order) => order.products.includes(y))
          .reduce((sum, order) => sum + Math.fround(2 ** ((order.day - lastDay) / 15)), 0)
        assert.ok(Math.abs((pairs.togetherWeight[row] ?? 0) - weight) < 1e-9)
        const shareOfLines = orders.filter((order) => order.products.includes(y)).length / totals.lines
        const expected = withX.reduce(
          (sum, order) => sum + 1 - (1 - shareOfLines) ** (order.products.length - 1),
          0,
        )
        assert.ok(Math.abs((pairs.expectedTogether[row] ?? 0) - expected) < 1e-9)
        let followed = 0
        let expectedLater = 0
        const shareOfFirsts = (firsts[y]?.size ?? 0) / totals.firstPurchases
        for (const [customer, [day = 0]] of firsts[x] ?? []) {
          const isWithin = (first: number | undefined) =>
            first !== undefined && first > day && first <= day + WINDOW
          if (day + WINDOW <= lastDay && isWithin(firsts[y]?.get(customer)?.[0])) followed += 1
          const bought = firsts.filter((days) => isWithin(days.get(customer)?.[0])).length
          expectedLater += 1 - (1 - shareOfFirsts) ** bought
        }
        assert.equal(pairs.laterFollowed[row], followed)
        assert.ok(Math.abs((pairs.expectedLater[row] ?? 0) - expectedLater) < 1e-9)
      }
    }),
  )
})

test('an anchor keeps the best by shrunk confidence in the same order, and the best in later ones', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(3), async (orders, keepPerAnchor) => {
      const all = await count(orders, everything)
      const kept = await count(orders, { ...everything, keepPerAnchor })
      const expected = new Set<string>()
      for (let anchor = 0; anchor < PRODUCTS; anchor++) {
        const rows = [...all.pairs.anchor.keys()].filter((row) => all.pairs.anchor[row] === anchor)
        const together = (row: number) => {
          const bought = all.margins.ordersWeight[all.pairs.addOn[row] ?? 0] ?? 0
          return (all.pairs.togetherWeight[row] ?? 0) + (SHRINKAGE / all.totals.ordersWeight) * bought
        }
        const later = (row: number) => {
          const buyers = all.margins.customers[all.pairs.addOn[row] ?? 0] ?? 0
          return (all.pairs.laterFollowed[row] ?? 0) + (SHRINKAGE / all.totals.customers) * buyers
        }
        for (const [counts, score] of [
          [all.pairs.together, together] as const,
          [all.pairs.later, later] as const,
        ]) {
          const best = rows.filter((row) => (counts[row] ?? 0) > 0)
          best.sort((a, b) => score(b) - score(a) || (all.pairs.addOn[a] ?? 0) - (all.pairs.addOn[b] ?? 0))
          for (const row of best.slice(0, keepPerAnchor)) expected.add(`${anchor} ${all.pairs.addOn[row]}`)
        }
      }
      const found = [...kept.pairs.anchor.keys()].map(
        (row) => `${kept.pairs.anchor[row]} ${kept.pairs.addOn[row]}`,
      )
      assert.deepEqual(found.sort(), [...expected].sort())
    }),
  )
})

test('orders of more than 50 products are counted; by a guest they are told apart, and expect nothing', async () => {
  const wide = Array.from({ length: 51 }, (_, product) => product)
  const order = (customer: number, products: readonly number[]): Order => ({ customer, day: 0, products })
  const known = [order(0, [0, 1]), order(0, [0, 2]), order(1, wide)]
  const plain = (await count(known, everything)).pairs
  const { pairs } = await count([...known, order(GUEST, wide), order(GUEST, wide.slice(0, 50))], everything)
  const row = (columns: typeof pairs, addOn: number) =>
    columns.anchor
      .subarray(0, columns.pairCount)
      .findIndex((one, at) => one === 0 && columns.addOn[at] === addOn)
  assert.deepEqual([pairs.together[row(pairs, 1)], pairs.bulk[row(pairs, 1)]], [4, 1])
  assert.deepEqual([pairs.together[row(pairs, 50)], pairs.bulk[row(pairs, 50)]], [2, 1])
  assert.deepEqual([plain.together[row(plain, 1)], plain.bulk[row(plain, 1)]], [2, 0])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { countLately, latelyOf } from './count-lately.ts'

const orders = (days: number) => {
  const random = seededRandom(7)
  return Array.from({ length: 600 }, (_, order) => ({
    order,
    day: Math.floor(random() * days) - 40,
    products: [0, 1, 2, 3, 4].filter((product) => random() < 0.5 / (product + 1)),
  })).filter(({ products }) => products.length > 0)
}

function columnsOf(all: ReturnType<typeof orders>) {
  const lines = all.flatMap(({ order, day, products }) =>
    products.map((product) => ({ order, day, product, customer: -1 })),
  )
  return columnsOfLines(lines, { productCount: 5 })
}

test('orders of late are those that a walk over all orders counts, for each pair', () => {
  const all = orders(700)
  const columns = columnsOf(all)
  // As the kernel hands pairs on: by the rank of their anchor.
  const pairs = [...columns.productOf].flatMap((anchor) =>
    [0, 1, 2, 3, 4].filter((addOn) => addOn !== anchor).map((addOn) => ({ anchor, addOn })),
  )
  const lately = countLately({
    history: columns,
    pairs: {
      pairCount: pairs.length,
      anchor: Uint32Array.from(pairs, ({ anchor }) => anchor),
      addOn: Uint32Array.from(pairs, ({ addOn }) => addOn),
    },
  })
  assert.ok(lately)
  const last = Math.max(...all.map(({ day }) => day))
  for (const [row, { anchor, addOn }] of pairs.entries()) {
    const count = (days: number, ...held: number[]): number =>
      all.filter(
        ({ day, products }) => day > last - days && held.every((product) => products.includes(product)),
      ).length
    assert.deepEqual(latelyOf(lately, row), {
      orders: count(90, anchor),
      together: count(90, anchor, addOn),
      ordersInYear: count(365, anchor),
      togetherInYear: count(365, anchor, addOn),
    })
  }
})

test('a history of less than a year says nothing of late', () => {
  const pairs = { pairCount: 1, anchor: Uint32Array.of(0), addOn: Uint32Array.of(1) }
  assert.equal(countLately({ history: columnsOf(orders(300)), pairs }), null)
})

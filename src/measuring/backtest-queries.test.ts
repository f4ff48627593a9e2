// The questions of the backtest ask what they say, and the same seed asks the same ones.

import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '../stats/seeded-random.ts'
import { makeQueries } from './backtest-queries.ts'
import type { ReplayOrder } from './replay.ts'

const order = (customer: number | null, day: number, ...products: number[]): ReplayOrder => ({
  customer,
  day,
  lines: products.map((product) => ({ product, quantity: 1, unitPriceMinor: 100 })),
})

const orders = [
  order(1, 10, 1, 2),
  order(2, 19, 8),
  order(1, 20, 2, 3, 4),
  order(null, 20, 5, 6),
  order(1, 25, 1, 7),
  order(1, 70, 9),
]
const asked = { newOnly: false, splitDay: 20 }

test('completion knows one product of each test order with at least two, and every other one is right', () => {
  const queries = makeQueries(orders, { ...asked, question: 'completion' }, seededRandom(1))
  assert.deepEqual(
    queries.map((query) => query.order.day),
    [20, 20, 25],
  )
  for (const { order: asks, known, truth, excluded } of queries) {
    assert.equal(known.length, 1)
    const products = asks.lines.map((line) => line.product)
    assert.deepEqual(new Set([...known, ...truth]), new Set(products))
    assert.deepEqual([...excluded], known)
  }
})

test('leave one out knows all products but one', () => {
  const queries = makeQueries(orders, { ...asked, question: 'leave-one-out' }, seededRandom(1))
  assert.deepEqual(
    queries.map((query) => [query.known.length, query.truth.size]),
    [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
  )
})

test('leave one out passes over orders of more than 60 products', () => {
  const large = order(3, 30, ...Array.from({ length: 61 }, (_, product) => product))
  assert.equal(makeQueries([large], { ...asked, question: 'leave-one-out' }, seededRandom(1)).length, 0)
})

test('the next order asks for products that its customer never had, within 30 days, and guests are not asked', () => {
  const queries = makeQueries(orders, { ...asked, question: 'next-order' }, seededRandom(1))
  assert.deepEqual(
    queries.map(({ order: { day }, known, truth, excluded }) => [
      day,
      known,
      [...truth],
      [...excluded].sort(),
    ]),
    [[20, [2, 3, 4], [7], [1, 2, 3, 4]]],
  )
})

test('with new only, what the customer had on earlier days is neither right nor an answer', () => {
  const queries = makeQueries(orders, { ...asked, question: 'completion', newOnly: true }, seededRandom(3))
  const own = queries.filter((query) => query.order.customer === 1)
  for (const { order: asks, truth, excluded } of own) {
    const had = asks.day === 20 ? [1, 2] : [1, 2, 3, 4]
    for (const product of had) assert.ok(!truth.has(product) && excluded.has(product))
  }
})

test('the same seed asks the same questions, another seed others', () => {
  const many = Array.from({ length: 50 }, (_, place) => order(place, 30, 1, 2, 3, 4, 5))
  const draw = (seed: number) =>
    makeQueries(many, { ...asked, question: 'completion' }, seededRandom(seed)).map((query) => query.known)
  assert.deepEqual(draw(1), draw(1))
  assert.notDeepEqual(draw(1), draw(2))
})

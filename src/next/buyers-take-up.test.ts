import assert from 'node:assert/strict'
import test from 'node:test'
import { type BuyerOrder, openBuyersTakeUp, TAKE_UPS_KEPT } from './buyers-take-up.ts'

const TODAY = 1000
const [MUG, TEA, POT, JAM] = [0, 1, 2, 3]

/** First purchases in front, as the columns hold them. */
const order = (daysAgo: number, fresh: readonly number[], again: readonly number[] = []): BuyerOrder => ({
  day: TODAY - daysAgo,
  products: [...fresh, ...again],
  ...{ begin: 0, firstsEnd: fresh.length, end: fresh.length + again.length },
})

function counted(...customers: readonly (readonly BuyerOrder[])[]) {
  const of = openBuyersTakeUp(1000, TODAY, (visit) => {
    for (const orders of customers) visit(orders)
  })
  return { of }
}

const close = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-6, `${actual} is not ${expected}`)

test('a customer is one voice, shared among what they bought by how lately, and a take-up halves in 20 days', () => {
  const count = counted([order(90, [MUG]), order(20, [TEA], [MUG]), order(0, [POT])])
  // Bought last 20, 20 and 0 days ago; two orders came back, 20 and 0 days ago.
  const [mug, pot] = [2 ** (-20 / 90), 1]
  const share = mug / (2 * mug + pot)
  const list = count.of(MUG)
  assert.deepEqual(list?.products, [POT, TEA])
  close(list?.orders, share * 1.5)
  close(list?.amounts[0], share)
  close(list?.amounts[1], share * 0.5)
})

test('the first order of a customer, and a product that they had before, are no take-up', () => {
  const count = counted([order(10, [MUG, TEA])], [order(10, [MUG, TEA]), order(0, [POT], [TEA])])
  assert.deepEqual(count.of(MUG)?.products, [POT])
  assert.deepEqual(count.of(TEA)?.products, [POT])
  assert.deepEqual(count.of(POT)?.products, [])
})

test('a product whose buyers did not come back lately has no list', () => {
  const count = counted([order(500, [MUG]), order(100, [TEA])], [order(3, [JAM])])
  assert.equal(count.of(MUG), null)
  assert.equal(count.of(JAM), null)
  assert.equal(count.of(POT), null)
})

test('a list keeps what most took up, of equals the smaller number, and two lists do not mix', () => {
  const many = Array.from({ length: 80 }, (_, place) => 100 + place)
  const count = counted([order(5, [MUG]), order(1, many)], [order(5, [MUG]), order(1, [179])])
  const list = count.of(MUG)
  assert.equal(list?.products.length, TAKE_UPS_KEPT)
  assert.deepEqual(list?.products.slice(0, 3), [179, 100, 101])
  assert.deepEqual(count.of(MUG), list)
})

test('of very many buyers a part is asked, and the share that took something up stays what it is', () => {
  const buyers = Array.from({ length: 9000 }, (_, place) => [
    order(5, [MUG]),
    order(1, place % 7 === 0 ? [TEA, POT] : [POT]),
  ])
  const list = counted(...buyers).of(MUG)
  const perOrder = (at: number): number => (list?.amounts[at] ?? 0) / (list?.orders ?? 0)
  assert.deepEqual(list?.products, [POT, TEA])
  assert.ok((list?.orders ?? 0) < 2000)
  assert.ok(perOrder(1) > 0.08 && perOrder(1) < 0.13, `${perOrder(1)}`)
})

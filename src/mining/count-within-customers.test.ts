import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { cannotTell, openWithinCount, type WithinCustomers } from '../next/within-customers.ts'
import { buildHistoryColumns } from './build-history-columns.ts'
import { countWithinCustomers } from './count-within-customers.ts'
import { GUEST } from './history-columns.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }

const PRODUCTS = 5
const pairs = { anchor: [0, 1, 3, 0], addOn: [1, 0, 2, 4] }

const histories: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    customer: fc.constantFrom(0, 1, 2, GUEST),
    day: fc.integer({ min: -5, max: 25 }),
    products: fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 25 },
)

function counted(orders: readonly Order[]) {
  const builder = buildHistoryColumns({ productCount: PRODUCTS })
  for (const [order, { customer, day, products }] of orders.entries()) {
    const count = products.length
    const of = (value: number) => new Array<number>(count).fill(value)
    builder.addLines({ count, order: of(order), customer: of(customer), day: of(day), product: products })
  }
  return countWithinCustomers(builder.finish(), pairs)
}

/** The definition in docs/methods.md, customer by customer. */
function byHand(orders: readonly Order[], anchor: number, addOn: number): WithinCustomers[] {
  const answers = [true, false].map((firstOnly) => {
    let [choices, beside, expected, variance] = [0, 0, 0, 0]
    for (const customer of [0, 1, 2]) {
      const own = orders.filter((one) => one.customer === customer).toSorted((a, b) => a.day - b.day)
      const places = (some: readonly Order[]) =>
        some.flatMap(({ products }) => products.filter((product) => product !== anchor)).length
      const near = 1.75 * places(own.filter(({ products }) => products.includes(anchor)))
      const far = places(own.filter(({ products }) => !products.includes(anchor)))
      const taken = own.filter(({ products }) => products.includes(addOn)).slice(0, firstOnly ? 1 : undefined)
      if (near === 0 || far === 0) continue
      const chance = near / (near + far)
      choices += taken.length
      beside += taken.filter(({ products }) => products.includes(anchor)).length
      expected += taken.length * chance
      variance += taken.length * chance * (1 - chance)
    }
    const most = choices === 0 ? 0 : expected + 3.090232306167814 * Math.sqrt(variance + 0.5)
    return { choices, choicesBeside: beside, choicesBesideMost: most }
  })
  return answers
}

test('choices of customers equal a plain count over any history, by first or by every purchase', () => {
  fc.assert(
    fc.property(histories, (orders) => {
      const counts = counted(orders)
      for (let pair = 0; pair < pairs.anchor.length; pair++) {
        const found = counts.of(pair)
        const asked = byHand(orders, pairs.anchor[pair] ?? 0, pairs.addOn[pair] ?? 0)
        const same = asked.find(
          ({ choices, choicesBeside, choicesBesideMost }) =>
            choices === found.choices &&
            choicesBeside === found.choicesBeside &&
            Math.abs(choicesBesideMost - found.choicesBesideMost) < 1e-9,
        )
        assert.ok(same, JSON.stringify({ found, asked }))
      }
    }),
  )
})

/** 200 customers with five orders of three products each: 0 and 1, and others that nobody asks about. */
function shop(place: (customer: number, order: number) => readonly number[]): WithinCustomers {
  const count = openWithinCount(100, { anchor: [0], addOn: [1] })
  for (let customer = 0; customer < 200; customer++) {
    for (let order = 0; order < 5; order++) {
      const own = place(customer, order)
      const filled = [...own, 10 + order, 20 + order, 30 + order].slice(0, 3)
      count.addOrder(filled, 0, 3)
    }
    count.endCustomer()
  }
  return count.of(0)
}

const exceeds = (found: WithinCustomers) =>
  !cannotTell(found) && found.choicesBeside > found.choicesBesideMost

test('customers who like both and buy them in any of their orders show no pairing', () => {
  const found = shop((customer, order) => [
    ...(order === customer % 5 ? [0] : []),
    ...(order === Math.floor(customer / 5) % 5 ? [1] : []),
  ])
  assert.equal(found.choices, 200)
  assert.equal(exceeds(found), false)
})

test('customers who buy both in one order, whichever it is, show a pairing', () => {
  const found = shop((customer, order) => (order === customer % 5 ? [0, 1] : []))
  assert.deepEqual([found.choices, found.choicesBeside], [200, 200])
  assert.equal(exceeds(found), true)
})

test('refills that come alone say nothing against a first purchase beside the anchor', () => {
  const found = shop((customer, order) => (order === 0 ? [0, 1] : customer % 2 === 0 ? [1] : []))
  assert.deepEqual([found.choices, found.choicesBeside], [200, 200])
  assert.equal(exceeds(found), true)
})

test('customers with one order, and customers whose orders all hold the anchor, have had no choice', () => {
  const count = openWithinCount(10, { anchor: [0], addOn: [1] })
  count.addOrder([0, 1, 2], 0, 3)
  count.endCustomer()
  for (let order = 0; order < 4; order++) count.addOrder([0, 1, 3], 0, 3)
  count.endCustomer()
  assert.equal(count.of(0).choices, 0)
  assert.equal(cannotTell(count.of(0)), true)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { type Choices, cannotTell, exceedsTaste, openWithinCount } from '../next/within-customers.ts'
import { buildHistoryColumns } from './build-history-columns.ts'
import { countWithinCustomers, withinOf } from './count-within-customers.ts'
import { GUEST } from './history-columns.ts'

type Order = { readonly customer: number; readonly day: number; readonly products: readonly number[] }

const PRODUCTS = 5
const pairs = { anchor: [0, 1, 3, 0], addOn: [1, 0, 2, 4] }
const quietMonths = new Array<number[]>(PRODUCTS).fill([])

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
  return countWithinCustomers({ history: builder.finish(), pairs, quietMonths })
}

/** Mean and variance at odds of 1.75, the mean found by bisection on the odds ratio of the four cells. */
function hypergeometric(orders: number, near: number, taken: number): [number, number] {
  let [low, high] = [Math.max(0, near + taken - orders), Math.min(near, taken)]
  for (let step = 0; step < 200; step++) {
    const mean = (low + high) / 2
    const odds = (mean * (orders - near - taken + mean)) / ((near - mean) * (taken - mean))
    if (odds < 1.75) low = mean
    else high = mean
  }
  const cells = [low, near - low, taken - low, orders - near - taken + low]
  return [low, orders / ((orders - 1) * cells.reduce((sum, cell) => sum + 1 / cell, 0))]
}

/** The definition in docs/methods.md, customer by customer. */
function byHand(orders: readonly Order[], anchor: number, addOn: number): Choices[] {
  const answers = [true, false].flatMap((firstOnly) => {
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
      if (taken.length === 0 || (!firstOnly && taken.length === own.length)) continue
      const [mean, spread] =
        taken.length === 1
          ? [chance, chance * (1 - chance)]
          : hypergeometric(own.length, (own.length * near) / (near + 1.75 * far), taken.length)
      choices += taken.length
      beside += taken.filter(({ products }) => products.includes(anchor)).length
      expected += mean
      variance += spread
    }
    return [0.3, 0].map((errandSpread) => {
      const spread = Math.sqrt(variance + 0.5 + (errandSpread * variance) ** 2)
      const most = choices === 0 ? 0 : expected + 3.090232306167814 * spread
      return { choices, choicesBeside: beside, choicesBesideMost: most, errandSpread }
    })
  })
  return answers
}

test('choices of customers equal a plain count over any history, by first or by every purchase', () => {
  fc.assert(
    fc.property(histories, (orders) => {
      const counts = counted(orders)
      for (let pair = 0; pair < pairs.anchor.length; pair++) {
        const found = withinOf(counts, pair)
        const asked = byHand(orders, pairs.anchor[pair] ?? 0, pairs.addOn[pair] ?? 0)
        const same = asked.find(
          ({ choices, choicesBeside, choicesBesideMost, errandSpread }) =>
            (choices === 0 || errandSpread === found.errandSpread) &&
            choices === found.choices &&
            choicesBeside === found.choicesBeside &&
            Math.abs(choicesBesideMost - found.choicesBesideMost) < 1e-6,
        )
        assert.ok(same, JSON.stringify({ found, asked }))
      }
    }),
  )
})

/** 200 customers with five orders of three products each: 0 and 1, and others that nobody asks about. */
function shop(place: (customer: number, order: number) => readonly number[]): Choices {
  const count = openWithinCount(100, { anchor: [0], addOn: [1] })
  for (let customer = 0; customer < 200; customer++) {
    for (let order = 0; order < 5; order++) {
      const own = place(customer, order)
      const filled = [...own, 10 + order, 20 + order, 30 + order].slice(0, 3)
      count.addOrder(filled, 0, 3, order)
    }
    count.endCustomer()
  }
  return count.of(0)
}

const exceeds = (found: Choices) => !cannotTell(found) && exceedsTaste(found)

test('who takes both again and again shows a pairing that the first purchases do not', () => {
  const count = openWithinCount(100, { anchor: [0], addOn: [1] })
  for (let customer = 0; customer < 30; customer++) {
    for (let order = 0; order < 12; order++) {
      const isBoth = order > 1 && (order + customer) % 3 === 0
      const products = [isBoth ? 0 : 10, isBoth || order === 0 ? 1 : 11, 12]
      count.addOrder(products, 0, 3, order)
    }
    count.endCustomer()
  }
  const found = count.of(0)
  assert.ok(found.choices > 90, 'every purchase is counted, not the first alone')
  assert.equal(exceeds(found), true)
})

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
  count.addOrder([0, 1, 2], 0, 3, 1)
  count.endCustomer()
  for (let order = 0; order < 4; order++) count.addOrder([0, 1, 3], 0, 3, order)
  count.endCustomer()
  assert.equal(count.of(0).choices, 0)
  assert.equal(cannotTell(count.of(0)), true)
})

test('a surplus that many orders make sure, and a stronger errand would explain, is told as such', () => {
  // Of 600 customers with five orders 60 in 100 took the add-on beside the anchor by chance and errand, some more did.
  const count = openWithinCount(100, { anchor: [0], addOn: [1] })
  for (let customer = 0; customer < 600; customer++) {
    const beside = customer % 100 < 38
    for (let order = 0; order < 5; order++) {
      const own = order === 0 ? [0, ...(beside ? [1] : [])] : order === 1 && !beside ? [1] : []
      count.addOrder([...own, 10 + order, 20 + order, 30 + order].slice(0, 3), 0, 3, order)
    }
    count.endCustomer()
  }
  const found = count.of(0)
  assert.equal(found.errandSpread, 0)
  assert.equal(exceeds(found), true)
})

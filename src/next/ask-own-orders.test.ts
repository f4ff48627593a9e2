import assert from 'node:assert/strict'
import test from 'node:test'
import { askOwnOrders } from './ask-own-orders.ts'
import { cannotTell, exceedsTaste, type WithinCustomers } from './within-customers.ts'

type Order = { readonly day: number; readonly products: readonly number[] }

/** 1 January 2024. */
const START = 19_723
const pairs = { anchor: [0], addOn: [1] }

function asked(
  customers: readonly (readonly Order[])[],
  quietMonths: readonly number[] = [],
): WithinCustomers {
  const answerOf = askOwnOrders(
    {
      productCount: 100,
      span: { fromDay: START, toDay: START + 730 },
      quietMonthsOf: (product) => (product === 1 ? quietMonths : []),
      walk({ order, endCustomer }) {
        for (const orders of customers) {
          for (const { day, products } of orders) order(products, 0, products.length, START + day)
          endCustomer()
        }
      },
    },
    pairs,
  )
  return answerOf(0)
}

const isPairing = (found: WithinCustomers): boolean => !cannotTell(found) && exceedsTaste(found)

/** 200 customers, five orders each, one every 140 days; the pair is in one of them, the anchor alone in another. */
function allYear(): Order[][] {
  return Array.from({ length: 200 }, (_, customer) =>
    Array.from({ length: 5 }, (_, order) => ({
      day: order * 140 + (customer % 130),
      products: [
        [0, 1, 10],
        [0, 40, 41],
        [11 + order, 21 + order, 31 + order],
      ][Math.min(2, (order + customer) % 5)] as number[],
    })),
  )
}

test('what is bought together all year is a pairing, and no order of it is put down to a campaign', () => {
  const found = asked(allYear())
  assert.equal(found.ordersCampaign, 0)
  assert.equal(isPairing(found), true)
})

test('what was bought together in one week alone is no pairing, however many did', () => {
  const newsletter = Array.from({ length: 200 }, (_, customer) => [
    { day: 10 + customer, products: [0, 11, 12] },
    { day: 303 + (customer % 6), products: [0, 1, 13] },
    { day: 320 + customer, products: [0, 14, 15] },
    { day: 410 + customer, products: [0, 19, 15] },
    { day: 500 + (customer % 90), products: [0, 20, 15] },
    { day: 610 + (customer % 100), products: [16, 17, 18] },
  ])
  // The add-on is sold before and after, by itself.
  const others = [5, 200, 500, 725].map((day) => [{ day, products: [1, 60] }])
  const found = asked([...newsletter, ...others])
  assert.ok(found.ordersCampaign >= 190)
  assert.equal(isPairing(found), false)
})

test('a campaign for what is bought together all year takes its own orders away and no more', () => {
  const both = allYear().map((orders, customer) =>
    customer < 150 ? orders : [...orders, { day: 725, products: [0, 1, 40] }].sort((a, b) => a.day - b.day),
  )
  const found = asked(both)
  assert.ok(found.ordersCampaign >= 50 && found.ordersCampaign < 60)
  assert.equal(isPairing(found), true)
})

test('two summer things of customers who buy all year do not seem to be bought for each other', () => {
  // Each has three summer orders and five others; anchor and add-on fall on any of the summer ones.
  const summers = Array.from({ length: 300 }, (_, customer) => {
    const summer = [0, 1, 2].map((order) => ({
      day: 160 + order * 25 + (customer % 20),
      products: [
        ...(order === customer % 3 ? [0] : []),
        ...(order === Math.floor(customer / 3) % 3 ? [1] : []),
        ...[50 + order, 60 + order, 70 + order],
      ].slice(0, 3),
    }))
    const rest = [0, 1, 2, 3, 4].map((order) => ({
      day: 330 + order * 40 + (customer % 30),
      products: [20 + order, 30 + order, 40 + order],
    }))
    return [...summer, ...rest]
  })
  assert.equal(isPairing(asked(summers)), true, 'by the whole year it does seem so')
  assert.equal(isPairing(asked(summers, [1, 2, 3, 4, 9, 10, 11, 12])), false)
})

test('where a season leaves too few orders to tell, the whole year may', () => {
  const found = asked(allYear(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  assert.equal(isPairing(found), true)
})

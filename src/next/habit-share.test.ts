import assert from 'node:assert/strict'
import test from 'node:test'
import { newCustomer, openHabitCount } from './habit-share.ts'

const forever = Number.POSITIVE_INFINITY

/** A customer who orders one product every day. */
function orderDaily(days: number, repeats: (day: number) => number): number {
  const habits = openHabitCount(0, forever)
  const customer = newCustomer()
  for (let day = 0; day < days; day++) habits.add(customer, { day, products: 1, repeats: repeats(day) })
  return habits.share(days)
}

test('a shop where nobody buys a thing twice trusts no habit', () => {
  assert.equal(
    orderDaily(1000, () => 0),
    0,
  )
})

test('the share is repeats / (repeats foretold + 50), at most 1.5', () => {
  // Two orders on one day: the first foretells 1 / (1 + 2) of a repeat in the second.
  const habits = openHabitCount(0, forever)
  const customer = newCustomer()
  habits.add(customer, { day: 0, products: 1, repeats: 0 })
  habits.add(customer, { day: 0, products: 1, repeats: 1 })
  assert.ok(Math.abs(habits.share(0) - 1 / (1 / 3 + 50)) < 1e-12)
  assert.equal(
    orderDaily(5000, () => 9),
    1.5,
  )
})

test('a shop with few repeats is not trusted for luck', () => {
  assert.ok(orderDaily(10, (day) => Math.min(1, day)) < 0.2)
  assert.ok(orderDaily(5000, (day) => Math.min(1, day)) > 0.9)
})

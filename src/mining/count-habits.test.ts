import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { newCustomer, openHabitCount } from '../next/habit-share.ts'
import { countHabits } from './count-habits.ts'

test('habits are counted per customer in the sequence of their days, guests and days before 1970 included', () => {
  const lines = [
    { order: 1, customer: 0, day: -3, product: 0 },
    { order: 2, customer: -1, day: -2, product: 0 },
    { order: 3, customer: 1, day: -1, product: 0 },
    { order: 4, customer: 0, day: 5, product: 0 },
    { order: 4, customer: 0, day: 5, product: 1 },
    { order: 5, customer: 0, day: 9, product: 1 },
  ]
  const byHand = openHabitCount(-3, 120)
  const first = newCustomer()
  byHand.add(first, { day: -3, products: 1, repeats: 0 })
  byHand.add(first, { day: 5, products: 2, repeats: 1 })
  byHand.add(first, { day: 9, products: 1, repeats: 1 })
  byHand.add(newCustomer(), { day: -1, products: 1, repeats: 0 })
  assert.ok(byHand.share(9) > 0.03)
  assert.ok(
    Math.abs(countHabits({ history: columnsOfLines(lines), halfLifeDays: 120 }) - byHand.share(9)) < 1e-12,
  )
})

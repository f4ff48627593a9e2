import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { countBuyersTakeUp, takeUpOf } from './count-buyers-take-up.ts'

test('lists name products by their numbers, guests say nothing, and the last customer counts', () => {
  const lines = [
    { order: 1, customer: 0, day: -9, product: 7 },
    { order: 2, customer: 0, day: 11, product: 7 },
    { order: 2, customer: 0, day: 11, product: 3 },
    { order: 3, customer: -1, day: 11, product: 7 },
    { order: 4, customer: -1, day: 11, product: 5 },
    { order: 5, customer: 1, day: -9, product: 7 },
    { order: 6, customer: 1, day: 11, product: 3 },
    { order: 6, customer: 1, day: 11, product: 9 },
  ]
  const counted = countBuyersTakeUp(columnsOfLines(lines))
  const list = takeUpOf(counted, 7, String)
  assert.deepEqual(list?.products, ['3', '9'])
  // Of two customers the first bought the two today, the second all but one of three: 1/2, and a share of 20 days ago.
  const old = 2 ** (-20 / 90)
  const shares = [1 / 2, old / (old + 2)] as const
  assert.ok(Math.abs((list?.orders ?? 0) - shares[0] - shares[1]) < 1e-6)
  assert.ok(Math.abs((list?.amounts[1] ?? 0) - shares[1]) < 1e-6)
  assert.equal(takeUpOf(counted, 5, String), null)
})

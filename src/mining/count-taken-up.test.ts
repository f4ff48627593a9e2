import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { countTakenUp } from './count-taken-up.ts'

test('only first purchases in later orders of known customers are taken up', () => {
  const lines = [
    { order: 1, customer: 0, day: -3, product: 0 },
    { order: 2, customer: -1, day: -2, product: 1 },
    { order: 3, customer: -1, day: -2, product: 1 },
    { order: 4, customer: 1, day: 1, product: 3 },
    { order: 5, customer: 0, day: 17, product: 0 },
    { order: 5, customer: 0, day: 17, product: 2 },
    { order: 6, customer: 1, day: 37, product: 2 },
    { order: 6, customer: 1, day: 37, product: 4 },
  ]
  // The two later orders are 20 days apart: the older one weighs half.
  assert.deepEqual([...countTakenUp(columnsOfLines(lines))], [0, 0, 1, 0, 2 / 3])
})

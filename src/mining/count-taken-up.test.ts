import assert from 'node:assert/strict'
import test from 'node:test'
import { buildHistoryColumns } from './build-history-columns.ts'
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
  const builder = buildHistoryColumns()
  builder.addLines({
    count: lines.length,
    order: lines.map((line) => line.order),
    customer: lines.map((line) => line.customer),
    day: lines.map((line) => line.day),
    product: lines.map((line) => line.product),
  })
  // The two later orders are 20 days apart: the older one weighs half.
  assert.deepEqual([...countTakenUp(builder.finish())], [0, 0, 1, 0, 2 / 3])
})

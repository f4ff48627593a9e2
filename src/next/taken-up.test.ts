import assert from 'node:assert/strict'
import test from 'node:test'
import { openTakenUpCount, TAKEN_UP_HALF_LIFE_DAYS } from './taken-up.ts'

test('what was taken up lately counts more, and halves after the half-life', () => {
  const count = openTakenUpCount(100)
  count.add(100, [1, 2])
  count.add(100 + TAKEN_UP_HALF_LIFE_DAYS, [2, 3])
  assert.deepEqual(
    [1, 2, 3, 4].map((product) => count.share(product)),
    [1 / 3, 1, 2 / 3, 0],
  )
})

test('without an order of a customer who came back nothing was taken up', () => {
  assert.equal(openTakenUpCount(0).share(1), 0)
})

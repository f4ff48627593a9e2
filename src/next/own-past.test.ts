import assert from 'node:assert/strict'
import test from 'node:test'
import { openOwnPast, ownWeight } from './own-past.ts'

const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12)

test('a customer without a past leaves every chance as it is', () => {
  const past = openOwnPast<string>([], 1)
  assert.equal(past.chanceWith('cup', 'saucer', 0.3), 0.3)
  assert.equal(past.habit('saucer'), 0)
  assert.equal(past.bought('saucer'), false)
})

test('own pairs and habits follow their formulas', () => {
  const past = openOwnPast(
    [
      { weight: 1, products: ['cup', 'saucer'] },
      { weight: 0.5, products: ['cup'] },
      { weight: 0.25, products: ['saucer'] },
    ],
    0.8,
  )
  close(past.chanceWith('cup', 'saucer', 0.3), (1 + 5 * 0.3) / (1.5 + 5))
  close(past.chanceWith('cup', 'teapot', 0.3), (0 + 5 * 0.3) / (1.5 + 5))
  close(past.chanceWith('teapot', 'saucer', 0.3), 0.3)
  close(past.habit('saucer'), (0.8 * 1.25) / (1.75 + 2))
})

test('an order of the customer counts half after 180 days, and one from the future counts as one of today', () => {
  assert.equal(ownWeight(180), 0.5)
  assert.equal(ownWeight(0), 1)
  assert.equal(ownWeight(-3), 1)
})

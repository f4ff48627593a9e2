import assert from 'node:assert/strict'
import test from 'node:test'
import { decayWeight } from './time-decay.ts'

test('a weight halves with every half-life and never exceeds 1', () => {
  assert.equal(decayWeight(0, 90), 1)
  assert.equal(decayWeight(90, 90), 0.5)
  assert.equal(decayWeight(180, 90), 0.25)
  assert.equal(decayWeight(-5, 90), 1)
  assert.equal(decayWeight(1e6, Number.POSITIVE_INFINITY), 1)
})

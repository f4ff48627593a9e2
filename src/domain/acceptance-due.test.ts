import assert from 'node:assert/strict'
import test from 'node:test'
import { isDue, isLeased } from './acceptance-due.ts'

const HOUR_MS = 3_600_000

test('a lease holds until it ends, and not where the clock was put back by an hour', () => {
  assert.equal(isLeased({ leaseUntilMs: 30_000 }, 0), true)
  assert.equal(isLeased({ leaseUntilMs: 30_000 }, 30_000), false)
  assert.equal(isLeased({ leaseUntilMs: HOUR_MS + 30_000 }, 0), false)
})

test('an open row is due at its time, and where its time is further ahead than anything is put off', () => {
  assert.equal(isDue({ state: 'confirming', dueAtMs: 60_000 }, 0), false)
  assert.equal(isDue({ state: 'confirming', dueAtMs: 60_000 }, 60_000), true)
  assert.equal(isDue({ state: 'confirming', dueAtMs: HOUR_MS }, 0), true)
  assert.equal(isDue({ state: 'confirming', dueAtMs: null }, 0), false)
})

test('an audit that is a day away is not due', () => {
  assert.equal(isDue({ state: 'void', dueAtMs: 24 * HOUR_MS }, 0), false)
  assert.equal(isDue({ state: 'void', dueAtMs: 0 }, 0), true)
})

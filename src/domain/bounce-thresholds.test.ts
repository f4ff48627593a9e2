// When an address is given up: C13, at its edges.

import assert from 'node:assert/strict'
import test from 'node:test'
import { suppressionAfter } from './bounce-thresholds.ts'
import { noticeKinds } from './delivery-notice.ts'

const hour = 3_600_000
const day = 24 * hour

test('one hard bounce, one complaint, one stop word or unsubscribe is enough, for good', () => {
  const reasons = noticeKinds.map((kind) => [kind, suppressionAfter(kind, [5], 5)] as const)
  assert.deepEqual(
    reasons.filter(([, verdict]) => verdict !== null),
    ['hard-bounce', 'complaint', 'unsubscribed', 'stop-word', 'unclear-reply'].map((kind) => [
      kind,
      { reason: kind, sinceMs: 5, untilMs: null },
    ]),
  )
})

test('soft bounces suppress for 30 days from the third on, when they span 72 hours', () => {
  const after = (...times: number[]) => suppressionAfter('soft-bounce', times, times.at(-1) ?? 0)
  assert.equal(after(), null)
  assert.equal(after(0, 72 * hour), null)
  assert.equal(after(0, hour, 72 * hour - 1), null)
  assert.equal(after(0, 1, 2, 3, 4), null)
  const expected = { reason: 'soft-bounces', sinceMs: 72 * hour, untilMs: 72 * hour + 30 * day }
  assert.deepEqual(after(0, hour, 72 * hour), expected)
  assert.deepEqual(after(0, 1, 2, 3, 72 * hour), expected)
})

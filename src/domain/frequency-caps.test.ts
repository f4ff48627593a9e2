// Frequency caps: known instants for the caps of the shop, and the promise that waiting is enough.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { withinCaps } from './frequency-caps.ts'
import { defaultMessagingSettings } from './messaging-settings.ts'

const day = 86_400_000
const hour = 3_600_000
const { caps } = defaultMessagingSettings
const nowMs = 100 * day
const nothing = { marketingAtMs: [], otherAtMs: null, dismissedAtMs: null }

test('somebody who heard nothing may hear from us now', () => {
  for (const medium of ['email', 'sms'] as const)
    assert.deepEqual(withinCaps(nothing, caps, medium, nowMs), { kind: 'now' })
})

test('one e-mail in seven days: the next one a week later, to the millisecond', () => {
  const facts = { ...nothing, marketingAtMs: [nowMs - 7 * day + 1] }
  assert.deepEqual(withinCaps(facts, caps, 'email', nowMs), {
    ...{ kind: 'later', atMs: nowMs + 1, reason: '1 in 7 days' },
  })
  assert.equal(withinCaps(facts, caps, 'email', nowMs + 1).kind, 'now')
})

test('three e-mails in thirty days: the next one when the first of them is thirty days old', () => {
  const facts = { ...nothing, marketingAtMs: [nowMs - 28 * day, nowMs - 20 * day, nowMs - 10 * day] }
  assert.deepEqual(withinCaps(facts, caps, 'email', nowMs), {
    ...{ kind: 'later', atMs: nowMs + 2 * day, reason: '3 in 30 days' },
  })
})

test('SMS has caps of its own: one in a day, four in thirty days', () => {
  const one = { ...nothing, marketingAtMs: [nowMs - hour] }
  assert.deepEqual(withinCaps(one, caps, 'sms', nowMs), {
    ...{ kind: 'later', atMs: nowMs + 23 * hour, reason: '1 in a day' },
  })
  const four = { ...nothing, marketingAtMs: [25, 20, 15, 2].map((ago) => nowMs - ago * day) }
  assert.deepEqual(withinCaps(four, caps, 'sms', nowMs), {
    ...{ kind: 'later', atMs: nowMs + 5 * day, reason: '4 in 30 days' },
  })
})

test('72 hours after another message of the shop, 14 days after a dismissed offer, the later one counts', () => {
  const other = { ...nothing, otherAtMs: nowMs - 71 * hour }
  assert.deepEqual(withinCaps(other, caps, 'email', nowMs), {
    ...{ kind: 'later', atMs: nowMs + hour, reason: '72 h after another message' },
  })
  const both = { ...other, dismissedAtMs: nowMs - 13 * day }
  assert.deepEqual(withinCaps(both, caps, 'email', nowMs), {
    ...{ kind: 'later', atMs: nowMs + day, reason: '14 days after a dismissed offer' },
  })
  assert.equal(withinCaps({ ...nothing, otherAtMs: nowMs - 72 * hour }, caps, 'email', nowMs).kind, 'now')
})

test('a cap of none allows nothing, ever', () => {
  const verdict = withinCaps(nothing, { ...caps, inSevenDays: 0 }, 'email', nowMs)
  assert.deepEqual(verdict, { kind: 'later', atMs: Number.POSITIVE_INFINITY, reason: '0 in 7 days' })
})

test('whoever waits as told never has more than the caps in any window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5 * day), { minLength: 1, maxLength: 60 }), (pauses) => {
      const sent: number[] = []
      let atMs = 0
      for (const pause of pauses) {
        atMs += pause
        const facts = { ...nothing, marketingAtMs: sent.filter((one) => one >= atMs - 30 * day) }
        const verdict = withinCaps(facts, caps, 'email', atMs)
        if (verdict.kind === 'later') {
          assert.ok(verdict.atMs > atMs)
          atMs = verdict.atMs
        }
        sent.push(atMs)
      }
      for (const last of sent) {
        const inDays = (days: number) => sent.filter((one) => one <= last && one > last - days * day).length
        assert.ok(inDays(7) <= 1 && inDays(30) <= 3)
      }
    }),
  )
})

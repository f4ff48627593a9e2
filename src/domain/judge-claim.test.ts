// The verdict at the claim: which rule speaks first, and what it says.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { ClaimFacts } from './claim.ts'
import type { ConsentEvent } from './consent.ts'
import { type ClaimQuestion, judgeClaim } from './judge-claim.ts'
import { defaultMessagingSettings } from './messaging-settings.ts'
import { type Suppression, suppressionReasons } from './suppression.ts'

const hour = 3_600_000
const day = 24 * hour
/** 14:00 in New York. */
const nowMs = Date.UTC(2026, 0, 14, 19)
const settings = { ...defaultMessagingSettings, legalEntity: 'Shop Ltd' }

const yes = (medium: 'email' | 'sms'): ConsentEvent => ({
  ...{ key: medium, recipientHash: 'ann', medium, given: true, basis: 'express', softOptIn: null },
  ...{ inWriting: true, legalEntity: 'Shop Ltd', noticeVersion: 'v1', source: 'checkout', atMs: 0 },
})
const willing: ClaimFacts = {
  ...{ suppressions: [], consents: [yes('email'), yes('sms')], marketingAtMs: [] },
  ...{ otherAtMs: null, dismissedAtMs: null },
}
const mail: ClaimQuestion = {
  ...{ medium: 'email', class: 'marketing_email', country: 'US', timeZones: ['America/New_York'] },
  lastUsefulAtMs: nowMs + 10 * day,
  hold: null,
}
const sms: ClaimQuestion = { ...mail, medium: 'sms', class: 'marketing_sms' }

const suppressed = (reason: Suppression['reason'], more: Partial<Suppression> = {}): Suppression => ({
  ...{ recipientHash: 'ann', medium: 'email', reason, sinceMs: 0, untilMs: null },
  ...more,
})

test('marketing to somebody who said yes and heard nothing lately is sent', () => {
  for (const asked of [mail, sms])
    assert.deepEqual(judgeClaim(willing, asked, settings, nowMs), { kind: 'send' })
})

test('a suppression of any reason ends marketing on its medium while it lasts', () => {
  for (const reason of suppressionReasons) {
    const facts = { ...willing, suppressions: [suppressed(reason)] }
    assert.deepEqual(judgeClaim(facts, mail, settings, nowMs), { kind: 'never', reason: 'suppressed' })
    assert.deepEqual(judgeClaim(facts, sms, settings, nowMs), { kind: 'send' })
  }
  const over = { ...willing, suppressions: [suppressed('soft-bounces', { untilMs: nowMs })] }
  assert.deepEqual(judgeClaim(over, mail, settings, nowMs), { kind: 'send' })
})

test('a transactional message is held back by a dead address and by nothing else', () => {
  const refusing: ClaimFacts = {
    ...{ consents: [], marketingAtMs: [nowMs], otherAtMs: nowMs, dismissedAtMs: nowMs },
    suppressions: suppressionReasons.filter((one) => one !== 'hard-bounce').map((one) => suppressed(one)),
  }
  const asked: ClaimQuestion = { ...mail, class: 'transactional', lastUsefulAtMs: 0 }
  assert.deepEqual(judgeClaim(refusing, asked, settings, nowMs), { kind: 'send' })
  const dead = { ...refusing, suppressions: [suppressed('hard-bounce')] }
  assert.deepEqual(judgeClaim(dead, asked, settings, nowMs), { kind: 'never', reason: 'suppressed' })
})

test('a confirmation that carries an offer goes only to whom marketing may go, whatever the caps say', () => {
  const asked: ClaimQuestion = { ...mail, class: 'transactional_with_offer', lastUsefulAtMs: 0 }
  const busy = { ...willing, marketingAtMs: [nowMs], otherAtMs: nowMs, dismissedAtMs: nowMs }
  assert.deepEqual(judgeClaim(busy, asked, settings, nowMs), { kind: 'send' })
  const silent = { ...willing, consents: [] }
  assert.deepEqual(judgeClaim(silent, asked, settings, nowMs), { kind: 'never', reason: 'no-consent' })
  for (const reason of suppressionReasons) {
    const facts = { ...willing, suppressions: [suppressed(reason)] }
    assert.deepEqual(judgeClaim(facts, asked, settings, nowMs), { kind: 'never', reason: 'suppressed' })
  }
})

test('without consent for this medium, country and entity marketing is never sent', () => {
  const noConsent = { kind: 'never', reason: 'no-consent' }
  assert.deepEqual(judgeClaim({ ...willing, consents: [] }, mail, settings, nowMs), noConsent)
  assert.deepEqual(judgeClaim({ ...willing, consents: [yes('email')] }, sms, settings, nowMs), noConsent)
  const other = { ...settings, legalEntity: 'Other Ltd' }
  assert.deepEqual(judgeClaim(willing, mail, other, nowMs), noConsent)
})

test('what is past its moment is never sent', () => {
  const asked = { ...mail, lastUsefulAtMs: nowMs - 1 }
  assert.deepEqual(judgeClaim(willing, asked, settings, nowMs), { kind: 'never', reason: 'moment-passed' })
})

test('a cap moves a message as long as it is of use, then ends it', () => {
  const facts = { ...willing, marketingAtMs: [nowMs - 4 * day] }
  const later = { kind: 'later', dueAtMs: nowMs + 3 * day, reason: '1 in 7 days' }
  assert.deepEqual(judgeClaim(facts, mail, settings, nowMs), later)
  const useful = { ...mail, lastUsefulAtMs: nowMs + 3 * day }
  assert.deepEqual(judgeClaim(facts, useful, settings, nowMs), later)
  const useless = { ...mail, lastUsefulAtMs: nowMs + 3 * day - 1 }
  const tooMany = { kind: 'never', reason: 'too-many-messages' }
  assert.deepEqual(judgeClaim(facts, useless, settings, nowMs), tooMany)
  const none = { ...settings, caps: { ...settings.caps, inSevenDays: 0 } }
  assert.deepEqual(judgeClaim(willing, mail, none, nowMs), tooMany)
})

test('an SMS that is late by hours is moved to the next morning and not sent; an e-mail is sent', () => {
  const lateMs = Date.UTC(2026, 0, 15, 2, 10)
  const nineMs = Date.UTC(2026, 0, 15, 14)
  const later = { kind: 'later', dueAtMs: nineMs, reason: 'quiet hours' }
  assert.deepEqual(judgeClaim(willing, sms, settings, lateMs), later)
  assert.deepEqual(judgeClaim(willing, mail, settings, lateMs), { kind: 'send' })
  const useless = { ...sms, lastUsefulAtMs: nineMs - 1 }
  const passed = { kind: 'never', reason: 'moment-passed' }
  assert.deepEqual(judgeClaim(willing, useless, settings, lateMs), passed)
})

test('a cap of SMS that ends at night moves the message to the morning after', () => {
  const facts = { ...willing, marketingAtMs: [Date.UTC(2026, 0, 14, 2)] }
  assert.deepEqual(judgeClaim(facts, sms, settings, nowMs), {
    ...{ kind: 'later', dueAtMs: Date.UTC(2026, 0, 15, 14), reason: '1 in a day' },
  })
})

test('somebody in zones that are never awake together gets no SMS', () => {
  const asked = { ...sms, timeZones: ['Europe/Berlin', 'Pacific/Honolulu'] }
  assert.deepEqual(judgeClaim(willing, asked, settings, nowMs), { kind: 'never', reason: 'unreachable' })
})

test('an unfit domain holds marketing back while it is of use, never a confirmation, and asks who may get it first', () => {
  const hold = { because: 'DKIM: none', untilMs: nowMs + 900_000 }
  const held = judgeClaim(willing, { ...mail, hold }, settings, nowMs)
  assert.ok(held.kind === 'later' && held.dueAtMs === hold.untilMs && held.reason.includes(hold.because))
  for (const one of ['transactional', 'transactional_with_offer'] as const)
    assert.deepEqual(judgeClaim(willing, { ...mail, hold, class: one }, settings, nowMs), { kind: 'send' })
  const late = { ...mail, hold, lastUsefulAtMs: nowMs + 1 }
  assert.deepEqual(judgeClaim(willing, late, settings, nowMs), { kind: 'never', reason: 'domain-unfit' })
  const noConsent = { kind: 'never', reason: 'no-consent' } as const
  assert.deepEqual(judgeClaim({ ...willing, consents: [] }, { ...mail, hold }, settings, nowMs), noConsent)
})

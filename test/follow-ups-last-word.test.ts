// Who may be written to is what the person said last, in whatever order it is told, how often, and by whose clock
// (requirements C4, C8, C9 of docs/reliability.md).

import assert from 'node:assert/strict'
import test from 'node:test'
import type { ConsentEvent } from '../src/domain/consent.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { giveConsent } from '../src/following-up/give-consent.ts'
import { hearNotice } from '../src/following-up/hear-notice.ts'
import { unsubscribe } from '../src/following-up/unsubscribe.ts'
import { agreed, type FollowUpDesk, hashOf, openFollowUpDesk } from './follow-up-desk.ts'
import { marketingAtOnce, orderOf } from './follow-up-world.ts'

const ada = 'ada@example.com'
const recipientHash = hashOf(ada)
const byLink = { recipientHash, medium: 'email', messageId: 'a-mail' } as const

async function open(t: { after(done: () => Promise<void>): void }) {
  const desk = await openFollowUpDesk({ settings: marketingAtOnce })
  t.after(() => desk.close())
  return desk
}

/** What of a new order with a follow-up that is due at once goes out now. */
async function sentNow(desk: FollowUpDesk, id: string): Promise<number> {
  const before = desk.given.length
  await desk.receive(orderOf(['machine'], { id, placedAtMs: desk.clock.nowMs() }), { consents: false })
  const { failures } = await desk.round()
  assert.deepEqual(failures, [])
  return desk.given.length - before
}

const yes = (atMs: number, more: Partial<ConsentEvent> = {}) => ({ ...agreed(ada, atMs), ...more })

test('a consent that a fast clock dates ahead does not outlive the unsubscription, told again or not', async (t) => {
  const desk = await open(t)
  const { effects, clock } = desk
  const ahead = yes(clock.nowMs() + 2 * 3_600_000)
  await giveConsent(ahead, effects)
  assert.equal(await sentNow(desk, 'first'), 1)
  clock.advance(60_000)
  await unsubscribe(byLink, effects)
  for (const _ of [1, 2]) {
    clock.advance(60_000)
    await giveConsent(ahead, effects)
    assert.equal((await effects.store.findSuppressions(recipientHash)).length, 1)
    assert.equal(await sentNow(desk, `after-${clock.nowMs()}`), 0)
  }
})

test('of two unsubscriptions the later one counts against a consent between them that is told last', async (t) => {
  const desk = await open(t)
  const { effects, clock } = desk
  await giveConsent(yes(clock.nowMs() - 5), effects)
  await unsubscribe(byLink, effects)
  const between = yes(clock.nowMs() + DAY_MS)
  clock.advance(2 * DAY_MS)
  await unsubscribe(byLink, effects)
  clock.advance(DAY_MS)
  await giveConsent(between, effects)
  assert.equal(await sentNow(desk, 'after'), 0)
})

test('the same link ends the messages again after a consent in between, and the log says so', async (t) => {
  const desk = await open(t)
  const { effects, clock } = desk
  await unsubscribe(byLink, effects)
  clock.advance(DAY_MS)
  await giveConsent(yes(clock.nowMs()), effects)
  assert.equal(await sentNow(desk, 'back'), 1)
  clock.advance(DAY_MS)
  for (const _ of [1, 2, 3]) await unsubscribe(byLink, effects)
  const words = await effects.store.listConsents(recipientHash)
  assert.deepEqual(
    words.map(({ given }) => given),
    [false, true, false],
  )
  assert.equal(await sentNow(desk, 'gone'), 0)
})

test('a withdrawal and a consent of the same millisecond are a withdrawal, whichever comes first', async (t) => {
  for (const first of [true, false]) {
    const desk = await open(t)
    const atMs = desk.clock.nowMs()
    const no = yes(atMs, { key: 'no', given: false, basis: null })
    for (const event of first ? [no, yes(atMs)] : [yes(atMs), no]) await giveConsent(event, desk.effects)
    assert.equal(await sentNow(desk, 'order'), 0)
  }
})

test('an order that is placed after an unsubscription brings nobody back without express consent', async (t) => {
  const desk = await open(t)
  const { effects, clock } = desk
  await giveConsent(yes(clock.nowMs()), effects)
  clock.advance(1000)
  await unsubscribe(byLink, effects)
  clock.advance(1000)
  const proof = {
    ...{ fromSaleBySameEntity: true, ownSimilarProducts: true, optOutOfferedAtCollection: true },
    ...{ optOutInEveryMessage: true, notOptedOut: true },
  }
  const soft = yes(clock.nowMs(), { key: 'soft', basis: 'soft-opt-in', softOptIn: proof })
  await giveConsent(soft, effects)
  // To another legal entity: it ends the suppression, and is no word to this one.
  clock.advance(1000)
  await giveConsent(yes(clock.nowMs(), { key: 'other', legalEntity: 'Other Ltd' }), effects)
  assert.equal(await sentNow(desk, 'order'), 0)
})

test('a START that is told again does not end the STOP after it', async (t) => {
  const desk = await open(t)
  const { effects, clock } = desk
  const phone = '+15125550100'
  const { store } = effects
  await store.addConsents([agreed(phone, clock.nowMs(), 'sms')])
  const tell = (eventId: string, kind: 'start-word' | 'stop-word') => {
    clock.advance(1000)
    const about = { medium: 'sms', address: phone, messageId: null, atMs: clock.nowMs() } as const
    return hearNotice({ eventId, kind, ...about }, effects)
  }
  await tell('1', 'stop-word')
  await tell('2', 'start-word')
  assert.deepEqual(await store.findSuppressions(hashOf(phone)), [])
  await tell('3', 'stop-word')
  await tell('2', 'start-word')
  assert.equal((await store.findSuppressions(hashOf(phone))).length, 1)
})

// What providers tell of messages, and how a flow stops itself by it.

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { DeliveryNotice } from '../src/domain/delivery-notice.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { guardFlows, judgeFlow } from '../src/following-up/guard-flows.ts'
import { hearNotice } from '../src/following-up/hear-notice.ts'
import { agreed, type FollowUpDesk, hashOf, openFollowUpDesk } from './follow-up-desk.ts'
import { flowSettings, orderOf, startMs } from './follow-up-world.ts'

const address = 'ada@example.com'
const hash = hashOf(address)

async function openDesk(t: TestContext): Promise<FollowUpDesk> {
  const desk = await openFollowUpDesk({ settings: flowSettings() })
  t.after(() => desk.close())
  return desk
}

function notice(kind: DeliveryNotice['kind'], more: Partial<DeliveryNotice> = {}): DeliveryNotice {
  const about = { medium: 'email', address, messageId: null } as const
  return { eventId: `${kind}-1`, kind, ...about, atMs: startMs + 4 * DAY_MS, ...more }
}

async function reasons({ effects }: FollowUpDesk): Promise<string[]> {
  return (await effects.store.findSuppressions(hash)).map(({ reason }) => reason)
}

for (const [kind, reason, entry] of [
  ['hard-bounce', 'hard-bounce', 'bounced'],
  ['complaint', 'complaint', 'complained'],
  ['unsubscribed', 'unsubscribed', 'unsubscribed'],
] as const) {
  test(`one notice "${kind}" suppresses the address, and twice the same is once`, async (t) => {
    const desk = await openDesk(t)
    await desk.receive(orderOf(['machine']))
    await desk.pass(4)
    const [first] = desk.given
    assert.ok(first !== undefined)
    const told = notice(kind, { messageId: first.id, address: null })
    for (let times = 0; times < 2; times += 1) assert.equal(await hearNotice(told, desk.effects), 'heard')
    assert.deepEqual(await reasons(desk), [reason])
    await desk.pass(40)
    assert.equal(desk.given.length, 1)
    const entries = await desk.effects.store.readLedger({ kind: entry, limit: 9 })
    assert.deepEqual(
      entries.map(({ offerId }) => offerId),
      [first.id],
    )
  })
}

test('a notice of somebody who is known only by their address is heard, one of nobody is not', async (t) => {
  const desk = await openDesk(t)
  assert.equal(await hearNotice(notice('complaint'), desk.effects), 'heard')
  assert.deepEqual(await reasons(desk), ['complaint'])
  assert.equal(await hearNotice(notice('complaint', { address: null }), desk.effects), 'unknown')
})

test('three soft bounces over 72 hours suppress for 30 days, and a delivery between them starts anew', async (t) => {
  const desk = await openDesk(t)
  const soft = (day: number) =>
    hearNotice(notice('soft-bounce', { eventId: `soft-${day}`, atMs: startMs + day * DAY_MS }), desk.effects)
  for (const day of [0, 1]) await soft(day)
  await hearNotice(notice('delivered', { atMs: startMs + 2 * DAY_MS }), desk.effects)
  for (const day of [3, 4]) await soft(day)
  assert.deepEqual(await reasons(desk), [])
  await soft(7)
  const [suppression] = await desk.effects.store.findSuppressions(hash)
  assert.deepEqual(suppression, {
    ...{ recipientHash: hash, medium: 'email', reason: 'soft-bounces' },
    ...{ sinceMs: startMs + 7 * DAY_MS, untilMs: startMs + 37 * DAY_MS },
  })
})

test('STOP ends messages by SMS, START brings back what STOP took, and neither touches e-mail', async (t) => {
  const desk = await openDesk(t)
  const { store } = desk.effects
  await store.addConsents([agreed(address, startMs, 'sms'), agreed(address, startMs)])
  const said = async () => {
    const last = (await store.listConsents(hash)).findLast(({ medium }) => medium === 'sms')
    return [last?.given, await reasons(desk)]
  }
  await hearNotice(notice('stop-word', { medium: 'sms', atMs: startMs + 1 }), desk.effects)
  assert.deepEqual(await said(), [false, ['stop-word']])
  await hearNotice(notice('start-word', { medium: 'sms', atMs: startMs + 2 }), desk.effects)
  assert.deepEqual(await said(), [true, []])
  const mail = (await store.listConsents(hash)).filter(({ medium }) => medium === 'email')
  assert.deepEqual(
    mail.map(({ given }) => given),
    [true],
  )
})

test('START by somebody who never agreed gives no consent', async (t) => {
  const desk = await openDesk(t)
  await hearNotice(notice('start-word', { medium: 'sms' }), desk.effects)
  assert.deepEqual(await desk.effects.store.listConsents(hash), [])
})

test('a flow stops above 0.3 % complaints or 2 % unsubscriptions, and warns from 0.1 % complaints on', () => {
  const of = (sent: number, complaints: number, unsubscribes = 0) =>
    judgeFlow('refill', { sent, complaints, unsubscribes })?.kind ?? 'fine'
  assert.deepEqual(
    [of(1000, 0), of(1000, 1), of(1000, 3), of(1000, 4)],
    ['fine', 'warning', 'warning', 'paused'],
  )
  assert.deepEqual([of(1000, 0, 20), of(1000, 0, 21)], ['fine', 'paused'])
  // Below 500 it is what 500 would allow.
  assert.deepEqual(
    [of(100, 1), of(100, 2), of(100, 0, 10), of(100, 0, 11)],
    ['warning', 'paused', 'fine', 'paused'],
  )
})

test('a flow that people complain about pauses itself, says why, sends nothing more, and resumes by the owner', async (t) => {
  const desk = await openDesk(t)
  const receiveSome = async (from: number) => {
    for (let at = from; at < from + 10; at += 1)
      await desk.receive(
        orderOf(['machine'], { id: `o-${at}`, customerId: null, placedAtMs: desk.clock.nowMs() }),
        { address: `p-${at}@example.com` },
      )
  }
  await receiveSome(0)
  await desk.pass(4)
  assert.deepEqual(await guardFlows(desk.effects), [])
  for (const { id } of desk.given.slice(0, 2))
    await hearNotice(notice('complaint', { eventId: id, messageId: id }), desk.effects)
  const [alarm, ...more] = await guardFlows(desk.effects)
  assert.deepEqual([alarm?.flow, alarm?.kind, more.length], ['complete-the-set', 'paused', 0])
  const state = (await desk.effects.store.listFlows()).get('complete-the-set')
  assert.match(state?.pausedBecause ?? '', /^2 of 10 people complained, more than the 0\.3 %/)
  await receiveSome(10)
  const before = desk.given.length
  await desk.pass(4)
  assert.equal(desk.given.length, before)
  desk.clock.advance(60_000)
  const on = { on: true, pausedBecause: null, atMs: desk.clock.nowMs() }
  await desk.effects.store.setFlow('complete-the-set', on)
  assert.deepEqual(await guardFlows(desk.effects), [])
  await receiveSome(20)
  await desk.pass(4)
  assert.equal(desk.given.filter(({ moment }) => moment.flow === 'complete-the-set').length, 20)
})

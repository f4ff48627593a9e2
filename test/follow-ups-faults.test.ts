// What becomes of a message when sending it goes wrong: by the channel's answers, by none, by two workers at once.

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { DAY_MS } from '../src/domain/instant.ts'
import type { Settings } from '../src/domain/settings.ts'
import { ATTEMPTS_MAX } from '../src/following-up/after-sending.ts'
import { replayMessage } from '../src/following-up/replay-message.ts'
import { sendDue } from '../src/following-up/send-due.ts'
import { LEASE_MS } from '../src/following-up/send-message.ts'
import { unsubscribe } from '../src/following-up/unsubscribe.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { type FollowUpDesk, hashOf, openFollowUpDesk } from './follow-up-desk.ts'
import { flowSettings, orderOf, startMs } from './follow-up-world.ts'

const onlyNextStep: Settings = (() => {
  const settings = flowSettings()
  const { 'next-step': next } = settings.messaging.flows
  assert.ok(next !== undefined)
  return { ...settings, messaging: { ...settings.messaging, flows: { 'next-step': next } } }
})()
const onlyConfirmation = flowSettings({ confirmations: true, flows: {} })

async function openDesk(t: TestContext, settings = onlyNextStep): Promise<FollowUpDesk> {
  const desk = await openFollowUpDesk({ settings })
  t.after(() => desk.close())
  return desk
}

const later = { kind: 'try-later', reason: '451 come back' } as const
const unclear = { kind: 'ambiguous', reason: 'the connection was lost' } as const

test('what is not taken is tried again, each time later, until it goes out', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.clock.set(startMs + 12 * DAY_MS)
  const times: number[] = []
  desk.answer = () => {
    times.push(desk.clock.nowMs())
    return times.length < 5 ? later : { kind: 'sent', providerRef: 'ref-1' }
  }
  for (let minutes = 0; minutes < 600; minutes += 1) {
    await desk.round()
    desk.clock.advance(60_000)
  }
  const row = await desk.message('next-step')
  assert.deepEqual([row.state, row.attempts, row.providerRef], ['sent', 5, 'ref-1'])
  const gaps = times.slice(1).map((at, place) => at - (times[place] ?? 0))
  for (const [place, gap] of gaps.entries()) {
    const step = 60_000 * 3 ** place
    assert.ok(gap >= 0.5 * step && gap <= 1.5 * step + 60_000, `${place}: ${gap}`)
  }
})

test('after eight attempts a message is dead; the owner replays it, and it goes out under the same id', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = () => later
  await desk.pass(20)
  const dead = await desk.message('next-step')
  assert.deepEqual([dead.state, dead.attempts, dead.reason], ['dead', ATTEMPTS_MAX, '451 come back'])
  assert.equal(desk.given.length, ATTEMPTS_MAX)
  desk.answer = () => ({ kind: 'sent', providerRef: null })
  assert.equal(await replayMessage(dead.id, desk.effects), 'scheduled')
  assert.equal(await replayMessage(dead.id, desk.effects), 'not-dead')
  assert.equal(await replayMessage('nobody', desk.effects), 'unknown')
  await desk.round()
  assert.equal((await desk.message('next-step')).state, 'sent')
  assert.deepEqual([...new Set(desk.given.map(({ id }) => id))], [dead.id])
})

test('a dead letter whose time is over is not replayed', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = () => later
  await desk.pass(40)
  const { id, state } = await desk.message('next-step')
  assert.equal(state, 'dead')
  assert.equal(await replayMessage(id, desk.effects), 'moment-passed')
})

test('marketing of which nobody knows whether it went out is never sent again', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = () => unclear
  await desk.pass(40)
  assert.equal(desk.given.length, 1)
  const row = await desk.message('next-step')
  assert.deepEqual([row.state, row.reason], ['ambiguous', 'the connection was lost'])
})

test('a confirmation of which nobody knows goes out once more, under the same id, and no third time', async (t) => {
  const desk = await openDesk(t, onlyConfirmation)
  await desk.receive(orderOf(['machine']))
  const answers = [later, unclear, later, unclear, later]
  desk.answer = () => answers[desk.given.length - 1] ?? unclear
  await desk.pass(2)
  assert.equal(desk.given.length, 4)
  assert.equal(new Set(desk.given.map(({ id }) => id)).size, 1)
  assert.equal((await desk.message('confirmation')).state, 'ambiguous')
})

test('a confirmation that may have gone out is no dead letter, however often it is not taken after that', async (t) => {
  const desk = await openDesk(t, onlyConfirmation)
  await desk.receive(orderOf(['machine']))
  desk.answer = () => (desk.given.length === 1 ? unclear : later)
  await desk.pass(2)
  const row = await desk.message('confirmation')
  assert.deepEqual([row.state, row.attempts], ['ambiguous', ATTEMPTS_MAX])
  assert.equal(await replayMessage(row.id, desk.effects), 'not-dead')
})

test('who is erased while their message is being handed over gets no second one', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = async () => {
    const person = { customerIds: ['ada'], recipientHashes: [hashOf('ada@example.com')] }
    await desk.effects.store.erasePerson(person, desk.clock.nowMs())
    return later
  }
  await desk.pass(40)
  assert.equal(desk.given.length, 1)
  const row = await desk.message('next-step')
  assert.deepEqual([row.state, row.reason], ['cancelled', 'unreachable'])
  assert.equal(await desk.effects.store.getRecipient('order-1'), null)
})

test('a channel that throws leaves the message ambiguous, and the round tells of it', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.clock.set(startMs + 12 * DAY_MS)
  desk.answer = () => {
    throw new Error('a bug')
  }
  const { failures } = await desk.round()
  assert.deepEqual(failures.map(String), ['Error: a bug'])
  assert.equal((await desk.message('next-step')).state, 'ambiguous')
})

test('an address that is refused is suppressed, and its other messages are cancelled', async (t) => {
  const desk = await openDesk(t, flowSettings())
  await desk.receive(orderOf(['machine', 'beans']))
  desk.answer = () => ({ kind: 'rejected', reason: '550 no such user', isAddress: true })
  await desk.pass(40)
  const rows = await desk.effects.store.messagesOfOrder('order-1')
  assert.deepEqual(rows.map(({ state }) => state).sort(), ['cancelled', 'cancelled', 'rejected'])
  assert.equal(desk.given.length, 1)
  const [suppression] = await desk.effects.store.findSuppressions(hashOf('ada@example.com'))
  assert.equal(suppression?.reason, 'hard-bounce')
  assert.equal((await desk.effects.store.readLedger({ kind: 'bounced', limit: 9 })).length, 1)
})

test('a message that is refused for itself suppresses nobody', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = () => ({ kind: 'rejected', reason: '554 policy', isAddress: false })
  await desk.pass(40)
  assert.equal((await desk.message('next-step')).state, 'rejected')
  assert.deepEqual(await desk.effects.store.findSuppressions(hashOf('ada@example.com')), [])
})

test('who unsubscribes while their message waits to be tried again does not get it', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  desk.answer = async ({ id }) => {
    await unsubscribe(
      { recipientHash: hashOf('ada@example.com'), medium: 'email', messageId: id },
      desk.effects,
    )
    return later
  }
  await desk.pass(40)
  assert.equal(desk.given.length, 1)
  const row = await desk.message('next-step')
  assert.deepEqual([row.state, row.reason], ['cancelled', 'suppressed'])
})

test('a claim whose worker is gone ends within its lease: marketing is not sent, a confirmation once more', async (t) => {
  for (const [settings, flow, ends] of [
    [onlyNextStep, 'next-step', 'ambiguous'],
    [onlyConfirmation, 'confirmation', 'sent'],
  ] as const) {
    const desk = await openDesk(t, settings)
    await desk.receive(orderOf(['machine']))
    if (flow === 'next-step') desk.clock.set(startMs + 12 * DAY_MS)
    let handedOver: () => void = () => {}
    const isHandedOver = new Promise<void>((resolve) => {
      handedOver = resolve
    })
    desk.answer = () => {
      handedOver()
      return new Promise(() => {})
    }
    void sendDue(desk.effects)
    await isHandedOver
    desk.answer = () => ({ kind: 'sent', providerRef: null })
    await desk.round()
    desk.clock.advance(LEASE_MS - 1)
    await desk.round()
    assert.equal((await desk.message(flow)).state, 'claimed', 'its lease holds')
    desk.clock.advance(1)
    await desk.round()
    desk.clock.advance(90_000)
    await desk.round()
    assert.equal((await desk.message(flow)).state, ends)
    assert.equal(desk.given.length, ends === 'sent' ? 2 : 1)
    assert.equal(new Set(desk.given.map(({ id }) => id)).size, 1)
  }
})

test('a channel that answers after its lease is heard: what went out is known as sent, and not repeated', async (t) => {
  const desk = await openDesk(t, onlyConfirmation)
  await desk.receive(orderOf(['machine']))
  let answerNow: () => void = () => {}
  desk.answer = () =>
    new Promise((resolve) => {
      answerNow = () => resolve({ kind: 'sent', providerRef: 'late' })
    })
  const slow = sendDue(desk.effects)
  while (desk.given.length === 0) await new Promise((resolve) => setImmediate(resolve))
  desk.clock.advance(LEASE_MS)
  await desk.round()
  assert.equal((await desk.message('confirmation')).state, 'scheduled')
  answerNow()
  await slow
  const row = await desk.message('confirmation')
  assert.deepEqual([row.state, row.providerRef], ['sent', 'late'])
  await desk.pass(1)
  assert.equal(desk.given.length, 1)
})

async function sixtyDue(desk: FollowUpDesk): Promise<void> {
  for (let at = 0; at < 60; at += 1)
    await desk.receive(orderOf(['machine'], { id: `o-${at}`, customerId: null }), {
      address: `p-${at}@example.com`,
    })
  desk.clock.set(startMs + 12 * DAY_MS)
}

async function threeWorkers(desk: FollowUpDesk, store: FollowUpDesk['effects']['store']): Promise<number> {
  const rounds = await Promise.all(
    [1, 2, 3].map((seed) => sendDue({ ...desk.effects, store, random: seededRandom(seed) })),
  )
  assert.equal(desk.given.length, 60)
  assert.equal(new Set(desk.given.map(({ id }) => id)).size, 60)
  return rounds.reduce((sum, { outcomes }) => sum + (outcomes.lost ?? 0), 0)
}

test('several workers that look at the same time send each message once, and none does what another does', async (t) => {
  const desk = await openDesk(t)
  await sixtyDue(desk)
  assert.equal(await threeWorkers(desk, desk.effects.store), 0)
})

test('workers who look at the same messages, as after a round that took too long, send each once', async (t) => {
  const desk = await openDesk(t)
  await sixtyDue(desk)
  const { store } = desk.effects
  const lost = await threeWorkers(desk, { ...store, reserveMessages: store.messagesDue })
  assert.ok(lost > 0, 'they met')
})

// Two years of a shop in a second: what is known of people goes when it is too old, what was learnt of it stays.

import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultMessagingSettings } from '../../src/domain/messaging-settings.ts'
import { forgetOld } from '../../src/following-up/forget-old.ts'
import { recordClick } from '../../src/following-up/record-click.ts'
import { unsubscribe } from '../../src/following-up/unsubscribe.ts'
import { hashOf, openFollowUpDesk, recipientOf, sealPlainly } from '../follow-up-desk.ts'
import { marketingAtOnce, orderOf } from '../follow-up-world.ts'

const month = (365.25 / 12) * 86_400_000

test('after 24 months no address and no message of old orders is left, batch after batch, and no figure has changed', async () => {
  const desk = await openFollowUpDesk({ settings: marketingAtOnce })
  const { store } = desk.effects
  const receive = async (from: number, count: number) => {
    for (let at = from; at < from + count; at += 1)
      await desk.receive(
        orderOf(['machine'], { id: `order-${at}`, customerId: null, placedAtMs: desk.clock.nowMs() }),
        {
          address: `canary-${at}@example.com`,
        },
      )
    for (let due = 1; due > 0; ) due = (await desk.round()).due
  }
  await receive(0, 20)
  await Promise.all(
    Array.from({ length: 600 }, (_, at) =>
      store.putRecipient(
        `quiet-${at}`,
        sealPlainly(recipientOf(`quiet-${at}@example.com`)),
        desk.clock.nowMs(),
      ),
    ),
  )
  desk.clock.advance(month)
  await receive(20, 3)
  const known = await desk.message('complete-the-set', 'order-7')
  assert.equal(known.state, 'sent')
  const figures = await store.readLedger({ kind: 'message-sent', limit: 100 })
  assert.equal(figures.length, 23)

  desk.clock.advance(22.9 * month)
  assert.equal(await forgetOld(desk.effects), 0)
  desk.clock.advance(0.2 * month)
  const rounds: number[] = []
  while (rounds.at(-1) !== 0) rounds.push(await forgetOld(desk.effects))
  // 620 recipients by 500 at most, and 20 messages.
  assert.deepEqual(rounds, [520, 120, 0])

  for (const at of [0, 7, 19]) {
    assert.equal(await store.getRecipient(`order-${at}`), null)
    assert.deepEqual(await store.messagesOfOrder(`order-${at}`), [])
    assert.equal((await store.getOrder(`order-${at}`))?.lines.length, 1)
  }
  assert.notEqual(await store.getRecipient('order-22'), null)
  assert.equal((await desk.message('complete-the-set', 'order-22')).state, 'sent')
  assert.deepEqual(await store.readLedger({ kind: 'message-sent', limit: 100 }), figures)

  // A link in a mail of two years ago still ends messages; its product is not known any more.
  assert.equal(await recordClick({ messageId: known.id, index: 0 }, desk.effects), null)
  const hash = hashOf('canary-7@example.com')
  await unsubscribe({ recipientHash: hash, medium: 'email', messageId: known.id }, desk.effects)
  assert.deepEqual(
    (await store.findSuppressions(hash)).map(({ reason }) => reason),
    ['unsubscribed'],
  )
  await desk.close()
})

test('a shop that keeps six months keeps six, and a message that is planned for later reaches nobody', async () => {
  const { 'complete-the-set': completing } = defaultMessagingSettings.flows
  if (completing === undefined) throw new Error('there is no such flow')
  const flows = { 'complete-the-set': { ...completing, on: true, fromDay: 300, toDay: 330 } }
  const settings = {
    ...marketingAtOnce,
    keepPersonalMonths: 6,
    messaging: { ...marketingAtOnce.messaging, flows },
  }
  const desk = await openFollowUpDesk({ settings })
  await desk.receive(orderOf(['machine']))
  desk.clock.advance(6.1 * month)
  assert.equal(await forgetOld(desk.effects), 1)
  desk.clock.advance(5 * month)
  await desk.round()
  const { state, reason } = await desk.message('complete-the-set')
  assert.deepEqual([state, reason, desk.given.length], ['cancelled', 'unreachable', 0])
  await desk.close()
})

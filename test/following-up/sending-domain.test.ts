// What goes out while the sender's domain is fit, is not, and while nobody answers: the real worker's round over the real
// store, a clock that is moved, a name server that says what a test wants.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { GOOD_LOOK_HOLDS_MS, LOOK_AGAIN_MS, type MailRecords } from '../../src/domain/sending-domain.ts'
import { sendDue } from '../../src/following-up/send-due.ts'
import { watchSendingDomain } from '../../src/following-up/watch-sending-domain.ts'
import { type FollowUpDesk, openFollowUpDesk } from '../follow-up-desk.ts'
import { marketingAtOnce, orderOf } from '../follow-up-world.ts'

const fit: MailRecords = {
  ...{ spf: 'found', dkim: 'found', dmarc: 'found' },
  policy: { domain: 'shop.com', strict: false },
}
const noKey: MailRecords = { ...fit, dkim: 'missing' }
const silence: MailRecords = { spf: 'unknown', dkim: 'unknown', dmarc: 'unknown', policy: null }

let desk: FollowUpDesk
let answer: MailRecords = fit
let looks = 0

const withDomain = () => ({
  ...desk.effects,
  sendingDomain: watchSendingDomain(
    { domain: 'shop.com', takesBounces: true, signer: 'shop.com', selector: 'after' },
    {
      clock: desk.clock,
      async lookUp() {
        looks += 1
        return answer
      },
    },
  ),
})

beforeEach(async () => {
  looks = 0
  answer = fit
  const settings = { ...marketingAtOnce, messaging: { ...marketingAtOnce.messaging, confirmations: true } }
  desk = await openFollowUpDesk({ settings })
})
afterEach(() => desk.close())

const flowsGiven = () => desk.given.map(({ moment }) => moment.flow).sort()

test('without a key in the DNS the confirmation goes and the follow-up waits, with its reason, until there is one', async () => {
  const effects = withDomain()
  answer = noKey
  await desk.receive(orderOf(['machine']))
  desk.clock.advance(1)
  assert.deepEqual((await sendDue(effects)).outcomes, { 'put-off': 1, sent: 1 })
  assert.deepEqual(flowsGiven(), ['confirmation'])
  const waiting = await desk.message('complete-the-set')
  assert.equal(waiting.state, 'scheduled')
  assert.equal(waiting.dueAtMs, desk.clock.nowMs() + LOOK_AGAIN_MS)
  assert.match(waiting.reason ?? '', /not fit for marketing \(DKIM: after\._domainkey\.shop\.com has none\)/)
  assert.match(effects.sendingDomain.lastHold()?.because ?? '', /^DKIM/)
  answer = fit
  desk.clock.advance(LOOK_AGAIN_MS)
  assert.deepEqual((await sendDue(effects)).outcomes, { sent: 1 })
  assert.deepEqual(flowsGiven(), ['complete-the-set', 'confirmation'])
  assert.equal(effects.sendingDomain.lastHold(), null)
  assert.equal(looks, 2)
})

test('what waits longer than it is of use is cancelled, and the row says why', async () => {
  const effects = withDomain()
  answer = noKey
  await desk.receive(orderOf(['machine']))
  const { lastUsefulAtMs } = await desk.message('complete-the-set')
  while (desk.clock.nowMs() <= lastUsefulAtMs) {
    await sendDue(effects)
    desk.clock.advance(LOOK_AGAIN_MS)
  }
  const { state, reason } = await desk.message('complete-the-set')
  assert.deepEqual([state, reason], ['cancelled', 'domain-unfit'])
  assert.deepEqual(flowsGiven(), ['confirmation'])
})

test('a name server that falls silent after a good look stops nothing for a day, and then marketing alone', async () => {
  const effects = withDomain()
  assert.equal(await effects.sendingDomain.hold(), null)
  answer = silence
  const stops = async () => (await effects.sendingDomain.hold()) !== null
  for (let passedMs = LOOK_AGAIN_MS; passedMs <= GOOD_LOOK_HOLDS_MS; passedMs += LOOK_AGAIN_MS) {
    desk.clock.advance(LOOK_AGAIN_MS)
    assert.equal(await stops(), false)
  }
  await desk.receive(orderOf(['machine']))
  assert.deepEqual((await sendDue(effects)).outcomes, { sent: 2 })
  desk.clock.advance(LOOK_AGAIN_MS)
  assert.equal(await stops(), true)
  await desk.receive(orderOf(['machine'], { id: 'order-2' }))
  assert.deepEqual((await sendDue(effects)).outcomes, { 'put-off': 1, sent: 1 })
})

test('who asks at once waits for one look, and it is made again no sooner than after a quarter of an hour', async () => {
  const { sendingDomain } = withDomain()
  await Promise.all(Array.from({ length: 20 }, () => sendingDomain.hold()))
  desk.clock.advance(LOOK_AGAIN_MS - 1)
  await sendingDomain.hold()
  assert.equal(looks, 1)
  desk.clock.advance(1)
  await sendingDomain.hold()
  assert.equal(looks, 2)
})

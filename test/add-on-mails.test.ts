// What a shopper reads by e-mail of an add-on: the real acceptance and the real messages over one store, the local bank, a
// mail server of the package that mail servers are written with.

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { acceptOffer, seeOffer, undoOffer } from '../src/accepting/answer-offer.ts'
import { lookAfterOffers } from '../src/accepting/look-after-offers.ts'
import { viewOffer } from '../src/accepting/view-offer.ts'
import { openSmtp } from '../src/adapters/channels/smtp.ts'
import { openRenderer } from '../src/emails/open-renderer.ts'
import { hearOrderFate } from '../src/following-up/hear-order-fate.ts'
import { sendDue } from '../src/following-up/send-due.ts'
import { openLocalMailServer } from './channels/local-mail-server.ts'
import { followUpEffects, hashOf, recipientOf, sealPlainly } from './follow-up-desk.ts'
import { flowSettings } from './follow-up-world.ts'
import { openDesk } from './one-click-desk.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

async function openCounter(t: TestContext) {
  const desk = await openDesk()
  t.after(() => desk.close())
  const server = await openLocalMailServer()
  t.after(() => server.close())
  const email = openSmtp({ url: server.url, dkim: null })
  t.after(() => email.close())
  const { store, settings: accepting } = desk.effects
  const settings = { ...flowSettings({ supportEmail: 'help@shop.example' }), accepting }
  const links = { click: () => 'click', unsubscribe: () => 'leave' }
  const effects = {
    ...followUpEffects(store, desk.clock, { email, sms: null }, settings),
    render: openRenderer({ settings: settings.messaging, links }),
  }
  const work = async (): Promise<void> => {
    await lookAfterOffers(desk.effects)
    const { failures } = await sendDue(effects)
    if (failures.length > 0) throw failures[0]
  }
  return {
    ...{ desk, effects, work },
    /** A new order with an offer; its shopper never agreed to marketing. */
    async order(methodRef?: string, address: string | null = 'ada@example.com') {
      const { token, orderId } = await desk.offer(methodRef)
      if (address !== null)
        await store.putRecipient(orderId, sealPlainly(recipientOf(address)), desk.clock.nowMs())
      return { token, orderId }
    },
    page: async (token: string) => viewOffer(await seeOffer(token, desk.effects), 'en', desk.effects),
    /** Time goes by, and workers look every so often. */
    async pass(ms: number, every = MINUTE_MS) {
      for (let passed = 0; passed < ms; passed += every) {
        desk.clock.advance(every)
        await work()
      }
    },
    async mails(): Promise<readonly ParsedMail[]> {
      return await Promise.all(server.taken.map(({ raw }) => simpleParser(raw)))
    },
  }
}

test('who buys an add-on gets it in writing, once, whatever they said about marketing', async (t) => {
  const { desk, order, work, pass, mails } = await openCounter(t)
  const { token, orderId } = await order()
  const { store } = desk.effects
  const leaving = { medium: 'email', reason: 'unsubscribed', sinceMs: 0, untilMs: null } as const
  await store.suppress({ ...leaving, recipientHash: hashOf('ada@example.com') }, [])
  await acceptOffer(token, desk.effects)
  await acceptOffer(token, desk.effects)
  await work()
  await pass(2 * DAY_MS, 60 * MINUTE_MS)
  const [mail, ...more] = await mails()
  assert.deepEqual(more, [])
  assert.equal(mail?.subject, `Added to your order ${orderId}`)
  const text = mail?.text ?? ''
  assert.match(text, /Cleaner\n1 × £14\.00 {2}£14\.00/)
  assert.match(text, /Delivery: Free\nTax included: £2\.33\nTotal paid: £14\.00/)
  assert.match(text, /Sold by Shop Ltd\./)
  assert.match(text, /You can take it back until 26 November at 10:15 UTC: choose “Take it back”/)
  assert.ok(text.includes(`https://shop.example/orders/${orderId}`))
  assert.equal(mail?.headers.has('list-unsubscribe'), false)
  const [row] = await store.messagesOfOrder(orderId)
  assert.deepEqual([row?.state, row?.class, row?.flow], ['sent', 'transactional', 'add-on-added'])
  assert.equal(mail?.messageId?.includes(row?.id ?? 'none'), true)
})

test('who was told that it takes longer is written to when it was added after all', async (t) => {
  const { desk, order, page, pass, mails } = await openCounter(t)
  const { token, orderId } = await order()
  desk.fault = (path) => (path.endsWith('/confirm') ? 'lost-request' : 'none')
  await acceptOffer(token, desk.effects)
  const shown = await page(token)
  assert.equal(shown.state, 'pending')
  assert.match(shown.words.message, /we will write you an e-mail about how it ended/)
  desk.fault = () => 'none'
  await pass(2 * MINUTE_MS)
  assert.deepEqual(
    (await mails()).map(({ subject }) => subject),
    [`Added to your order ${orderId}`],
  )
})

test('who was told that it takes longer is written to when it was not added, and that nothing was charged', async (t) => {
  const { desk, order, pass, mails } = await openCounter(t)
  const { token, orderId } = await order()
  desk.fault = (path) => (path.endsWith('/confirm') ? 'lost-request' : 'none')
  await acceptOffer(token, desk.effects)
  await pass(20 * MINUTE_MS)
  const [mail, ...more] = await mails()
  assert.deepEqual([mail?.subject, more], [`Not added to your order ${orderId}`, []])
  assert.match(mail?.text ?? '', /You were not charged, and your order stays as it was/)
})

test('what needed a person is told once the audit has cleared up', async (t) => {
  const { desk, order, page, pass, mails } = await openCounter(t)
  const { token, orderId } = await order()
  desk.fault = (path) => (path.endsWith('/capture') ? 'lost-request' : 'none')
  await acceptOffer(token, desk.effects)
  await pass(DAY_MS, 10 * MINUTE_MS)
  assert.equal((await desk.effects.store.listAcceptances(orderId))[0]?.state, 'needs-attention')
  assert.doesNotMatch((await page(token)).words.message, /e-mail/)
  assert.deepEqual(await mails(), [])
  desk.fault = () => 'none'
  await pass(20 * MINUTE_MS)
  const [mail, ...more] = await mails()
  assert.deepEqual([mail?.subject, more], [`Not added to your order ${orderId}`, []])
  assert.equal(desk.shop.lines.get(orderId)?.size, 0)
})

test('what the page says at once is not mailed: a decline, sold out', async (t) => {
  const { desk, order, pass, mails } = await openCounter(t)
  const declined = await order('pm_card_declined')
  await acceptOffer(declined.token, desk.effects)
  const soldOut = await order()
  desk.shop.stock = 0
  await acceptOffer(soldOut.token, desk.effects)
  await pass(DAY_MS, 60 * MINUTE_MS)
  assert.deepEqual(await mails(), [])
})

test('money that was taken for what could not be added is said to go back, however fast', async (t) => {
  const { desk, order, pass, mails } = await openCounter(t)
  const { token, orderId } = await order('pm_no_auth')
  desk.fault = (path) => {
    if (path.endsWith('/confirm')) desk.shop.stock = 0
    return 'none'
  }
  await acceptOffer(token, desk.effects)
  await pass(MINUTE_MS)
  const [mail, ...more] = await mails()
  assert.deepEqual([mail?.subject, more], [`Not added to your order ${orderId}`, []])
  assert.match(mail?.text ?? '', /What was charged goes back to you[\s\S]*Goes back to you: £14\.00/)
})

test('what is taken back is told, and "added" does not go out after that', async (t) => {
  const { desk, order, work, mails } = await openCounter(t)
  const late = await order()
  await acceptOffer(late.token, desk.effects)
  await work()
  await undoOffer(late.token, desk.effects)
  await work()
  const quick = await order()
  await acceptOffer(quick.token, desk.effects)
  await undoOffer(quick.token, desk.effects)
  await work()
  assert.deepEqual(
    (await mails()).map(({ subject }) => subject),
    [
      `Added to your order ${late.orderId}`,
      `Refund for your order ${late.orderId}`,
      `Refund for your order ${quick.orderId}`,
    ],
  )
  const rows = await desk.effects.store.messagesOfOrder(quick.orderId)
  const added = rows.find(({ flow }) => flow === 'add-on-added')
  assert.deepEqual([added?.state, added?.reason], ['cancelled', 'moment-passed'])
})

test('an order that is cancelled cancels no mail about what was paid', async (t) => {
  const { desk, effects, order, work, mails } = await openCounter(t)
  const { token, orderId } = await order()
  await acceptOffer(token, desk.effects)
  await hearOrderFate(orderId, { cancelledAtMs: desk.clock.nowMs() }, effects)
  await work()
  assert.equal((await mails()).length, 1)
})

test('a dead address gets none, nor does an order without a contact, whose page promises none', async (t) => {
  const { desk, order, page, work, mails } = await openCounter(t)
  const { store } = desk.effects
  const bounced = { medium: 'email', reason: 'hard-bounce', sinceMs: 0, untilMs: null } as const
  await store.suppress({ ...bounced, recipientHash: hashOf('dead@example.com') }, [])
  const dead = await order(undefined, 'dead@example.com')
  await acceptOffer(dead.token, desk.effects)
  await work()
  assert.equal((await store.messagesOfOrder(dead.orderId))[0]?.reason, 'suppressed')

  const nobody = await order(undefined, null)
  desk.fault = (path) => (path.endsWith('/confirm') ? 'lost-request' : 'none')
  await acceptOffer(nobody.token, desk.effects)
  const shown = await page(nobody.token)
  assert.equal(shown.state, 'pending')
  assert.doesNotMatch(shown.words.message, /mail/)
  assert.match(shown.words.message, /it says how it ended when you look again/)
  desk.fault = () => 'none'
  desk.clock.advance(30 * SECOND_MS)
  await work()
  assert.deepEqual(await store.messagesOfOrder(nobody.orderId), [])
  assert.deepEqual(await mails(), [])
})

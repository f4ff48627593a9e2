// Follow-ups through the real store, by a clock that a test moves: what is sent when, what is not sent any more and why,
// and that nobody who asked for it to stop gets another one.

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { DAY_MS } from '../src/domain/instant.ts'
import type { CancelReason } from '../src/domain/message.ts'
import { hearOrderFate } from '../src/following-up/hear-order-fate.ts'
import { planFollowUps } from '../src/following-up/plan-follow-ups.ts'
import { recordClick } from '../src/following-up/record-click.ts'
import { RESERVED_MS, sendDue } from '../src/following-up/send-due.ts'
import { unsubscribe } from '../src/following-up/unsubscribe.ts'
import { type FollowUpDesk, hashOf, openFollowUpDesk, recipientOf, sealPlainly } from './follow-up-desk.ts'
import { flowSettings, marketingAtOnce, orderOf, shopPlan, startMs } from './follow-up-world.ts'
import { tinyProduct } from './tiny-plan.ts'

async function openDesk(t: TestContext, settings = flowSettings()): Promise<FollowUpDesk> {
  const desk = await openFollowUpDesk({ settings })
  t.after(() => desk.close())
  return desk
}

/** Flow, day after the first order, and what was shown, of all that went out. */
async function wentOut(desk: FollowUpDesk) {
  const rows = await desk.effects.store.listMessages({ state: 'sent', limit: 1_000 })
  return rows
    .map(({ flow, settledAtMs, shown }) => ({
      ...{ flow, day: Math.floor(((settledAtMs ?? 0) - startMs) / DAY_MS) },
      shown: shown.map(({ product }) => product),
    }))
    .sort((one, other) => one.day - other.day)
}

test('three months of follow-ups come on their days, a week apart at least, each once', async (t) => {
  const desk = await openDesk(t, flowSettings({ confirmations: true }))
  await desk.receive(orderOf(['machine', 'beans']))
  await desk.pass(90)
  assert.deepEqual(await wentOut(desk), [
    { flow: 'confirmation', day: 0, shown: [] },
    { flow: 'complete-the-set', day: 3, shown: ['cleaner'] },
    { flow: 'next-step', day: 12, shown: ['grinder'] },
    { flow: 'refill', day: 33, shown: ['beans'] },
  ])
  assert.equal(new Set(desk.given.map(({ id }) => id)).size, 4)
  assert.deepEqual(
    desk.given.map(({ to }) => to.address),
    Array.from({ length: 4 }, () => 'ada@example.com'),
  )
})

test('each pick that went out stands in the ledger once, with its plan and its propensity', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  await desk.pass(4)
  const [entry, ...more] = await desk.effects.store.readLedger({ kind: 'message-sent', limit: 9 })
  assert.ok(entry !== undefined && more.length === 0)
  const { id } = await desk.message('complete-the-set')
  assert.deepEqual([entry.offerId, entry.product, entry.placement], [id, 'cleaner', 'follow-up'])
  assert.deepEqual([entry.anchor, entry.relation], ['machine', 'complete'])
  assert.deepEqual(JSON.parse(entry.detail ?? ''), {
    ...{ place: 1, flow: 'complete-the-set', relation: 'complete', planVersion: 1, propensity: 1 },
  })
})

test('planning an order again, or by two servers at once, makes no second message', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine', 'beans']))
  const again = await Promise.all([1, 2].map(() => planFollowUps('order-1', desk.effects)))
  assert.deepEqual(
    again,
    [1, 2].map(() => ({ planned: 0, moved: 0 })),
  )
  assert.equal((await desk.effects.store.messagesOfOrder('order-1')).length, 3)
})

test('a delivery moves the open messages that count from it, once, however often it is told', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine', 'beans']))
  await desk.pass(2)
  const fate = { deliveredAtMs: startMs + 2 * DAY_MS }
  for (let times = 0; times < 2; times += 1) await hearOrderFate('order-1', fate, desk.effects)
  await desk.pass(90)
  assert.deepEqual(
    (await wentOut(desk)).map(({ flow, day }) => [flow, day]),
    [
      ['complete-the-set', 5],
      ['next-step', 14],
      ['refill', 33],
    ],
  )
})

test('a delivery that cannot have been is refused with a sentence and changes nothing', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine', 'beans']))
  const { store } = desk.effects
  const before = await store.messagesOfOrder('order-1')
  for (const [year, sentence] of [
    [1900, '1900-01-01 lies before the order, which was placed on 2026-03-02'],
    [2199, '2199-01-01 lies ahead: today is 2026-03-02'],
  ] as const) {
    const heard = await hearOrderFate('order-1', { deliveredAtMs: Date.UTC(year, 0, 1) }, desk.effects)
    assert.deepEqual(heard, { kind: 'impossible', because: sentence })
  }
  assert.deepEqual(await store.messagesOfOrder('order-1'), before)
  assert.equal((await store.getOrderFate('order-1')).deliveredAtMs, null)
  const nearly = await hearOrderFate('order-1', { deliveredAtMs: startMs + DAY_MS }, desk.effects)
  assert.equal(nearly.kind, 'heard')
})

test('a message that is put off says why it was put off last, not first', async (t) => {
  const desk = await openDesk(t, marketingAtOnce)
  const { store } = desk.effects
  const hash = hashOf('ada@example.com')
  await store.reportOther(hash, 'email', desk.clock.nowMs())
  await desk.receive(orderOf(['machine']))
  await desk.round()
  const reasons = [(await desk.message('complete-the-set')).reason]
  const hold = { because: 'DKIM: none', untilMs: desk.clock.nowMs() + 5 * DAY_MS }
  const held = { ...desk.effects, sendingDomain: { hold: async () => hold, lastHold: () => hold } }
  desk.clock.advance(3 * DAY_MS)
  await sendDue(held)
  reasons.push((await desk.message('complete-the-set')).reason)
  assert.match(String(reasons[0]), /other message|reported|72/)
  assert.match(String(reasons[1]), /DKIM: none/)
})

test('who cannot be reached on a medium gets nothing planned on it', async (t) => {
  const settings = flowSettings()
  const { flows } = settings.messaging
  const bySms = Object.fromEntries(
    Object.entries(flows).map(([name, one]) => [name, { ...one, medium: 'sms' as const }]),
  )
  const desk = await openDesk(t, { ...settings, messaging: { ...settings.messaging, flows: bySms } })
  await desk.receive(orderOf(['machine', 'beans']))
  assert.deepEqual(await desk.effects.store.messagesOfOrder('order-1'), [])
  await desk.effects.store.putOrder(orderOf(['machine'], { id: 'nobody' }), startMs)
  assert.deepEqual(await planFollowUps('nobody', desk.effects), { planned: 0, moved: 0 })
})

type Ending = {
  readonly reason: CancelReason
  readonly title: string
  readonly because: (desk: FollowUpDesk) => Promise<unknown>
  readonly consents?: boolean
}

const later = (products: readonly string[]) =>
  orderOf(products, { id: 'order-2', placedAtMs: startMs + 2 * DAY_MS })

const endings: readonly Ending[] = [
  {
    ...{ reason: 'order-cancelled', title: 'whose order was cancelled' },
    because: ({ effects }) => hearOrderFate('order-1', { cancelledAtMs: startMs }, effects),
  },
  {
    ...{ reason: 'order-refunded', title: 'whose order was refunded' },
    because: ({ effects }) => hearOrderFate('order-1', { refundedAtMs: startMs }, effects),
  },
  {
    ...{ reason: 'bought-meanwhile', title: 'whose product the customer bought meanwhile' },
    because: ({ effects }) => effects.store.putOrder(later(['grinder']), startMs),
  },
  {
    ...{ reason: 'offered-twice', title: 'whose product the thank-you page showed' },
    because: ({ effects }) =>
      effects.store.putDecision({
        ...{ orderId: 'order-1', placement: 'thank-you', decidedAtMs: startMs, planVersion: 1 },
        ...{ fallback: 'pairing', ladderTrail: [], dropped: [], droppedUntold: 0, withheld: [], trials: [] },
        picks: [pickOf('grinder')],
      }),
  },
  {
    ...{ reason: 'nothing-fits', title: 'whose product is sold out' },
    because: async ({ effects }) => {
      effects.plan = { get: () => shopPlan([tinyProduct('grinder', 9_000, { buyable: false })]) }
    },
  },
  {
    ...{ reason: 'flow-off', title: 'whose flow was turned off' },
    because: ({ effects }) =>
      effects.store.setFlow('next-step', { on: false, pausedBecause: null, atMs: startMs }),
  },
  {
    ...{ reason: 'flow-paused', title: 'whose flow was paused by its guardrail' },
    because: ({ effects }) =>
      effects.store.setFlow('next-step', { on: true, pausedBecause: 'complaints', atMs: startMs }),
  },
  {
    ...{ reason: 'suppressed', title: 'to somebody who unsubscribed' },
    because: ({ effects }) =>
      unsubscribe({ recipientHash: hashOf('ada@example.com'), medium: 'email', messageId: null }, effects),
  },
  {
    ...{ reason: 'no-consent', title: 'to somebody who never agreed', consents: false },
    because: async () => {},
  },
  {
    ...{ reason: 'unreachable', title: 'to an address that is no longer the order’s' },
    because: ({ effects }) =>
      effects.store.putRecipient('order-1', sealPlainly(recipientOf('new@example.com')), startMs + 1),
  },
  {
    ...{ reason: 'moment-passed', title: 'that nobody sent while it was of use' },
    because: async ({ clock }) => clock.advance(60 * DAY_MS),
  },
  {
    ...{ reason: 'too-many-messages', title: 'that caps hold back for longer than it is of use' },
    because: async ({ effects }) => {
      const { messaging } = effects.settings
      const caps = { ...messaging.caps, inSevenDays: 0 }
      effects.settings = { ...effects.settings, messaging: { ...messaging, caps } }
    },
  },
]

function pickOf(product: string) {
  return {
    ...{ product, title: product, price: { amountMinor: 9_000, currency: 'GBP' }, imageUrl: null, url: null },
    ...({ anchor: 'machine', relation: 'extend', need: '', reason: '', evidence: null } as const),
    ...{ score: 1, propensity: 1, afterDays: 0 },
  }
}

for (const { reason, title, because, consents = true } of endings) {
  test(`a message ${title} is cancelled: ${reason}`, async (t) => {
    const settings = flowSettings()
    const { 'next-step': next } = settings.messaging.flows
    assert.ok(next !== undefined)
    const desk = await openDesk(t, {
      ...settings,
      messaging: { ...settings.messaging, flows: { 'next-step': next } },
    })
    await desk.receive(orderOf(['machine']), { consents })
    desk.clock.advance(60_000)
    await because(desk)
    await desk.pass(40)
    const row = await desk.message('next-step')
    assert.deepEqual([row.state, row.reason], ['cancelled', reason])
    assert.deepEqual(desk.given, [])
  })
}

test('after an unsubscription nothing more goes to that address, of whatever order, and others get theirs', async (t) => {
  const desk = await openDesk(t)
  for (let at = 0; at < 40; at += 1) {
    const address = at % 4 === 0 ? 'ada@example.com' : `other-${at}@example.com`
    await desk.receive(orderOf(['machine', 'beans'], { id: `o-${at}`, customerId: `c-${at}` }), { address })
  }
  let left = false
  const after: string[] = []
  desk.answer = async ({ to, id }) => {
    if (left) after.push(to.address)
    if (to.address === 'ada@example.com') {
      await unsubscribe({ recipientHash: hashOf(to.address), medium: 'email', messageId: id }, desk.effects)
      left = true
    }
    return { kind: 'sent', providerRef: null }
  }
  await desk.pass(60)
  const toAda = desk.given.filter(({ to }) => to.address === 'ada@example.com')
  assert.equal(toAda.length, 1)
  assert.ok(after.length > 0 && !after.includes('ada@example.com'))
  assert.equal(desk.given.length, 1 + 3 * 30)
  const { store } = desk.effects
  const [entry, ...more] = await store.readLedger({ kind: 'unsubscribed', limit: 9 })
  assert.deepEqual([entry?.offerId, more.length], [toAda[0]?.id, 0])
  assert.equal((await store.listConsents(hashOf('ada@example.com'))).at(-1)?.given, false)
})

test('a confirmation goes without offers to who unsubscribed or never agreed, and with them to others', async (t) => {
  const settings = flowSettings({ confirmations: true, flows: {} })
  const desk = await openDesk(t, settings)
  const pairing = shopPlan().pairings.get('machine')?.[0]
  assert.ok(pairing !== undefined)
  const windows = [{ placement: 'confirmation-email', fromDay: 0, toDay: 1 }] as const
  const plan = { ...shopPlan(), pairings: new Map([['machine', [{ ...pairing, windows }]]]) }
  desk.effects.plan = { get: () => plan }
  for (const [id, consents] of [
    ['yes', true],
    ['no', false],
    ['left', true],
  ] as const)
    await desk.receive(orderOf(['machine'], { id, customerId: id }), {
      address: `${id}@example.com`,
      consents,
    })
  await unsubscribe(
    { recipientHash: hashOf('left@example.com'), medium: 'email', messageId: null },
    desk.effects,
  )
  await desk.round()
  assert.deepEqual(desk.given.map(({ to, class: messageClass }) => [to.address, messageClass]).sort(), [
    ['left@example.com', 'transactional'],
    ['no@example.com', 'transactional'],
    ['yes@example.com', 'transactional_with_offer'],
  ])
})

test('one recipient is never written to twice at once, and several recipients are', async (t) => {
  const desk = await openDesk(t, flowSettings({ confirmations: true, flows: {} }))
  for (let at = 0; at < 12; at += 1) {
    const address = `p-${at % 3}@example.com`
    await desk.receive(orderOf(['machine'], { id: `o-${at}`, customerId: null }), { address })
  }
  const busy = new Set<string>()
  let most = 0
  desk.answer = async ({ to }) => {
    assert.ok(!busy.has(to.address), to.address)
    busy.add(to.address)
    most = Math.max(most, busy.size)
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    busy.delete(to.address)
    return { kind: 'sent', providerRef: null }
  }
  await desk.round()
  assert.equal(desk.given.length, 12)
  assert.equal(most, 3)
})

test('a worker that is to stop begins nothing more and leaves the rest due', async (t) => {
  const desk = await openDesk(t, flowSettings({ confirmations: true, flows: {} }))
  for (let at = 0; at < 20; at += 1) {
    const order = orderOf(['machine'], { id: `o-${at}`, customerId: null })
    await desk.receive(order, { address: `p-${at}@example.com` })
  }
  await sendDue(desk.effects, () => desk.given.length >= 5)
  const begun = desk.given.length
  assert.ok(begun >= 5 && begun < 20, `${begun}`)
  assert.equal((await desk.effects.store.listMessages({ state: 'sent', limit: 99 })).length, begun)
  desk.clock.advance(RESERVED_MS)
  await desk.round()
  assert.equal(new Set(desk.given.map(({ id }) => id)).size, 20)
  assert.equal(desk.given.length, 20)
})

test('a click leads to what the message showed, and is entered once', async (t) => {
  const desk = await openDesk(t)
  await desk.receive(orderOf(['machine']))
  await desk.pass(4)
  const { id } = await desk.message('complete-the-set')
  for (let times = 0; times < 2; times += 1)
    assert.deepEqual(await recordClick({ messageId: id, index: 0 }, desk.effects), {
      url: 'https://shop.example/cleaner',
    })
  assert.equal(await recordClick({ messageId: id, index: 1 }, desk.effects), null)
  assert.equal(await recordClick({ messageId: 'nobody', index: 0 }, desk.effects), null)
  const clicks = await desk.effects.store.readLedger({ kind: 'clicked', limit: 9 })
  assert.deepEqual(
    clicks.map(({ offerId, product }) => [offerId, product]),
    [[id, 'cleaner']],
  )
})

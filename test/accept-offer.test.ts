// From the click to the parcel, each row of the outcome table (docs/reliability.md): the real state machine, the real
// store, Stripe's SDK over the local bank. After each the bank, the order and the ledger must agree to the cent.

import assert from 'node:assert/strict'
import test from 'node:test'
import { completeAuthentication } from '../examples/shop/local-bank/intent-rules.ts'
import { acceptOffer, declineOffer, seeOffer, undoOffer } from '../src/accepting/answer-offer.ts'
import { issueReplacement } from '../src/accepting/issue-offers.ts'
import { lookAfterOffers } from '../src/accepting/look-after-offers.ts'
import { viewOffer } from '../src/accepting/view-offer.ts'
import { statusOf } from '../src/accepting/view-state.ts'
import { systemPause } from '../src/adapters/clock/system-pause.ts'
import { type Desk, openDesk } from './one-click-desk.ts'

const MINUTE_MS = 60_000

function atDesk(title: string, prove: (desk: Desk) => Promise<void>): void {
  test(title, async () => {
    const desk = await openDesk()
    try {
      await prove(desk)
      await assertAgrees(desk)
    } finally {
      await desk.close()
    }
  })
}

/** What the bank holds, what the orders hold and what the ledger says are one sum; and nobody was charged twice. */
async function assertAgrees({ bank, shop, effects }: Desk): Promise<void> {
  for (const times of bank.charges.values()) assert.equal(times, 1, 'charged once')
  const held = [...bank.intents.values()].filter(({ status }) => status === 'succeeded')
  const heldMinor = held.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0)
  const linesMinor = [...shop.lines.values()].flatMap((lines) => [...lines.values()])
  const ledger = await effects.store.readLedger({ limit: 1000 })
  assert.equal(sum(linesMinor), heldMinor, 'the lines cost what the bank holds')
  assert.equal(sum(ledger.map(({ amountMinor }) => amountMinor)), heldMinor, 'and the ledger says so')
  assert.equal(held.filter(({ status }) => status !== 'succeeded').length, 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0)
}

async function click(desk: Desk, token: string, does = acceptOffer) {
  const view = viewOffer(await does(token, desk.effects), 'en', desk.effects)
  return { ...view, status: statusOf(view.state) }
}

const kinds = async ({ effects }: Desk) =>
  (await effects.store.readLedger({ limit: 1000 })).map(({ kind }) => kind)

atDesk('one click charges what was shown, puts the line onto the order and notes it', async (desk) => {
  const { token, orderId } = await desk.offer()
  const shown = await click(desk, token, seeOffer)
  assert.equal(shown.words.acceptLabel, 'Buy now – pay £14.00')
  const answer = await click(desk, token)
  assert.deepEqual([answer.status, answer.state], [200, 'added'])
  assert.equal(answer.words.acceptLabel, null)
  assert.equal(desk.shop.lines.get(orderId)?.size, 1)
  assert.deepEqual((await kinds(desk)).toSorted(), [
    ...['accepted', 'charged', 'completed', 'line-added', 'offer-issued'],
  ])
})

atDesk('twenty clicks at once are one charge, one line and one answer', async (desk) => {
  const { token, orderId } = await desk.offer()
  const inRealTime = { ...desk, effects: { ...desk.effects, pause: systemPause } }
  const answers = await Promise.all(Array.from({ length: 20 }, () => click(inRealTime, token)))
  assert.deepEqual(new Set(answers.map(({ state }) => state)), new Set(['added']))
  assert.equal(desk.shop.lines.get(orderId)?.size, 1)
})

atDesk('a decline adds nothing, reserves nothing and closes the offer', async (desk) => {
  const { token } = await desk.offer('pm_card_declined')
  const answer = await click(desk, token)
  assert.deepEqual([answer.status, answer.state], [402, 'declined'])
  assert.deepEqual(
    [...desk.bank.intents.values()].map(({ status }) => status),
    ['canceled'],
  )
  assert.equal((await click(desk, token)).state, 'declined')
})

atDesk(
  'when the bank asks back, the shopper is sent there, and it goes on when they return',
  async (desk) => {
    const { token } = await desk.offer('pm_card_3ds')
    const asked = await click(desk, token)
    assert.deepEqual([asked.status, asked.state], [202, 'action-required'])
    assert.match(asked.action?.url ?? '', /^https:\/\/bank\.example\/authenticate\/pi_/)
    completeAuthentication(desk.bank, 'pi_local00000001', true)
    assert.equal((await click(desk, token, seeOffer)).state, 'added')
  },
)

atDesk('who refuses at the bank, or never answers, is not charged', async (desk) => {
  const refused = await desk.offer('pm_card_3ds')
  await click(desk, refused.token)
  completeAuthentication(desk.bank, 'pi_local00000001', false)
  const told = await click(desk, refused.token, seeOffer)
  assert.equal(told.state, 'not-confirmed')
  assert.match(told.words.message, /^The payment was not confirmed/)
  const silent = await desk.offer('pm_card_3ds')
  await click(desk, silent.token)
  desk.clock.advance(15 * MINUTE_MS)
  await lookAfterOffers(desk.effects)
  assert.equal((await click(desk, silent.token, seeOffer)).state, 'not-charged')
  assert.equal([...desk.bank.intents.values()].at(-1)?.status, 'canceled')
})

atDesk(
  'sold out or cancelled between the offer and the click is told, and nothing is asked of the bank',
  async (desk) => {
    const { token } = await desk.offer()
    desk.shop.stock = 0
    assert.deepEqual([(await click(desk, token)).status, (await click(desk, token)).state], [410, 'sold-out'])
    desk.shop.stock = 5
    const other = await desk.offer()
    desk.shop.status = 'cancelled'
    assert.equal((await click(desk, other.token)).state, 'order-closed')
    assert.deepEqual(
      new Set([...desk.bank.intents.values()].map(({ status }) => status)),
      new Set(['canceled']),
    )
  },
)

atDesk('another price is never charged: the shopper gets a new offer and clicks again', async (desk) => {
  const { token } = await desk.offer()
  desk.shop.priceMinor = 1600
  const answer = await click(desk, token)
  assert.deepEqual([answer.status, answer.state], [409, 'price-changed'])
  const next = answer.replacement ?? ''
  assert.equal((await click(desk, next, seeOffer)).words.acceptLabel, 'Buy now – pay £16.00')
  assert.equal((await click(desk, next)).state, 'added')
  assert.equal((await click(desk, token)).replacement, next, 'asking again finds the same new offer')
})

atDesk('sold out after the reservation gives the reservation back', async (desk) => {
  const { token } = await desk.offer()
  desk.fault = (path) => {
    if (path.endsWith('/confirm')) desk.shop.stock = 0
    return 'none'
  }
  assert.equal((await click(desk, token)).state, 'sold-out')
  assert.equal(desk.bank.intents.get('pi_local00000001')?.status, 'canceled')
})

atDesk('a method that takes the money at once gets it back when the line cannot be added', async (desk) => {
  const { token } = await desk.offer('pm_no_auth')
  desk.fault = (path) => {
    if (path.endsWith('/confirm')) desk.shop.stock = 0
    return 'none'
  }
  assert.equal((await click(desk, token)).state, 'undone')
  assert.equal(desk.bank.intents.get('pi_local00000001')?.refunded, 1400)
})

atDesk('when the bank refuses to pay what it reserved, the line comes off the order again', async (desk) => {
  const { token, orderId } = await desk.offer('pm_card_capture_declined')
  assert.equal((await click(desk, token)).state, 'not-charged')
  assert.equal(desk.shop.lines.get(orderId)?.size, 0)
  assert.ok((await kinds(desk)).includes('unpaid'))
})

atDesk('a clock that is put back by an hour keeps no purchase waiting for it', async (desk) => {
  const { token } = await desk.offer()
  desk.fault = () => 'lost-request'
  assert.equal((await click(desk, token)).state, 'pending')
  const { store } = desk.effects
  const [due] = await store.dueAcceptances(desk.clock.nowMs() + 60 * MINUTE_MS, 1)
  const row = await store.getAcceptance(due?.offerId ?? '')
  assert.ok(row)
  // A worker leased it, died, and then the clock went back.
  const leased = { ...row, leaseUntilMs: desk.clock.nowMs() + 30_000, version: row.version + 1 }
  assert.equal(await store.saveAcceptance(leased, []), true)
  desk.clock.advance(-60 * MINUTE_MS)
  desk.fault = () => 'none'
  await lookAfterOffers(desk.effects)
  assert.equal((await store.getAcceptance(row.offerId))?.state, 'completed')
})

atDesk('an undo within its time takes the line off and the money goes back', async (desk) => {
  const { token, orderId } = await desk.offer()
  assert.ok((await click(desk, token)).words.undoLabel)
  desk.clock.advance(14 * MINUTE_MS)
  assert.equal((await click(desk, token, undoOffer)).state, 'undone')
  assert.equal(desk.shop.lines.get(orderId)?.size, 0)
  assert.equal((await click(desk, token)).state, 'undone', 'and a late click buys nothing')
})

atDesk('an undo after its time, or of a packed parcel, changes nothing', async (desk) => {
  const late = await desk.offer()
  await click(desk, late.token)
  desk.clock.advance(15 * MINUTE_MS)
  const answer = await click(desk, late.token, undoOffer)
  assert.deepEqual([answer.state, answer.undoUntilMs], ['added', null])
  const packed = await desk.offer()
  await click(desk, packed.token)
  desk.shop.isPacked = true
  const kept = await click(desk, packed.token, undoOffer)
  assert.deepEqual([kept.state, kept.words.undoLabel], ['added', null])
})

atDesk('a provider that is down is told as such, and finished once when it is back', async (desk) => {
  const { token } = await desk.offer()
  desk.fault = () => 'lost-request'
  const answer = await click(desk, token)
  assert.deepEqual([answer.status, answer.state], [202, 'pending'])
  desk.clock.advance(5 * MINUTE_MS)
  desk.fault = () => 'none'
  await lookAfterOffers(desk.effects)
  assert.equal((await click(desk, token, seeOffer)).state, 'added')
})

atDesk(
  'a provider that stays down for a quarter of an hour charges nothing, also when it is back',
  async (desk) => {
    const { token } = await desk.offer()
    desk.fault = (path) => (path.endsWith('/confirm') ? 'lost-request' : 'none')
    await click(desk, token)
    desk.clock.advance(15 * MINUTE_MS)
    desk.fault = () => 'none'
    await lookAfterOffers(desk.effects)
    assert.equal((await click(desk, token, seeOffer)).state, 'not-charged')
  },
)

for (const step of ['/payment_intents', '/confirm', '/capture']) {
  atDesk(`an answer to ${step} that is lost is asked for again, and charges once`, async (desk) => {
    const { token } = await desk.offer()
    let isLost = false
    desk.fault = (path) => {
      if (isLost || !path.endsWith(step)) return 'none'
      isLost = true
      return 'lost-answer'
    }
    assert.equal((await click(desk, token)).state, 'added')
    assert.equal(isLost, true)
  })
}

atDesk('a line that appears after the end is taken out by the audit', async (desk) => {
  const { token, orderId } = await desk.offer('pm_card_declined')
  const { offer } = await seeOffer(token, desk.effects)
  await click(desk, token)
  desk.shop.lines.set(orderId, new Map([[offer.id, 1400]]))
  desk.clock.advance(15 * MINUTE_MS)
  await lookAfterOffers(desk.effects)
  assert.equal(desk.shop.lines.get(orderId)?.size, 0)
})

atDesk('a refund at the provider is noted to the cent, and a full one reverses the add-on', async (desk) => {
  const { token, orderId } = await desk.offer()
  await click(desk, token)
  const intent = desk.bank.intents.get('pi_local00000001')
  assert.ok(intent)
  const hearOf = async (event: string, refunded: number) => {
    desk.clock.advance(MINUTE_MS)
    intent.refunded = refunded
    const message = { id: `stripe:${event}`, topic: 'payment', subject: intent.id } as const
    await desk.effects.store.takeMessage({ ...message, receivedAtMs: desk.clock.nowMs() })
    await lookAfterOffers(desk.effects)
  }
  await hearOf('evt_1', 500)
  assert.equal((await click(desk, token, seeOffer)).state, 'added')
  await hearOf('evt_2', 1400)
  assert.equal((await click(desk, token, seeOffer)).state, 'undone')
  desk.shop.lines.get(orderId)?.clear()
  const refunds = (await desk.effects.store.readLedger({ kind: 'refunded', limit: 10 })).map(
    (entry) => entry.amountMinor,
  )
  assert.deepEqual(refunds, [-500, -900])
})

atDesk('an offer has its time: after half an hour it can only be looked at', async (desk) => {
  const { token } = await desk.offer()
  desk.clock.advance(30 * MINUTE_MS)
  assert.deepEqual([(await click(desk, token)).status, (await click(desk, token)).state], [410, 'expired'])
  assert.equal(desk.bank.intents.size, 0)
})

atDesk('a shopper who says no is asked nothing more', async (desk) => {
  const { token } = await desk.offer()
  assert.equal((await click(desk, token, declineOffer)).state, 'dismissed')
  assert.equal((await click(desk, token, declineOffer)).state, 'dismissed')
  assert.deepEqual((await kinds(desk)).filter((kind) => kind === 'declined').length, 1)
})

atDesk('where one click is not possible there is a cart link and a reason, never a button', async (desk) => {
  const wallet = await desk.offer('pm_wallet', 'wallet')
  const view = await click(desk, wallet.token)
  assert.deepEqual([view.oneClick.allowed, view.oneClick.reason], [false, 'method-not-chargeable'])
  assert.match(view.words.message, /^Your wallet cannot be charged again here/)
  assert.deepEqual([view.words.acceptLabel, view.cartUrl], [null, 'https://shop.example/cart?add=cleaner'])
  desk.shop.merchant = 'Another Ltd'
  const other = await desk.offer()
  assert.equal((await click(desk, other.token)).oneClick.reason, 'other-merchant')
  assert.equal(desk.bank.intents.size, 0)
})

atDesk('a sum that the provider cannot charge in its currency has no button from the start', async (desk) => {
  desk.currency = 'KWD'
  for (const [priceMinor, allowed] of [
    [14_505, false],
    [14_500, true],
  ] as const) {
    desk.shop.priceMinor = priceMinor
    const { token } = await desk.offer()
    const { oneClick, words } = await click(desk, token, seeOffer)
    assert.deepEqual([oneClick.allowed, words.acceptLabel !== null], [allowed, allowed], `${priceMinor}`)
    assert.equal(oneClick.reason, allowed ? null : 'amount-not-chargeable')
    assert.equal((await click(desk, token)).state, allowed ? 'added' : 'open')
  }
})

atDesk('after three declines an order gets no further button', async (desk) => {
  const { token, orderId } = await desk.offer('pm_card_declined')
  const first = await click(desk, token)
  assert.equal(first.state, 'declined')
  const row = await desk.effects.store.getAcceptance((await seeOffer(token, desk.effects)).offer.id)
  assert.ok(row)
  for (const offerId of ['again', 'and-again']) {
    const { offer } = await seeOffer(token, desk.effects)
    const entry = { ...(await desk.effects.store.readLedger({ limit: 1 }))[0], key: offerId } as never
    await desk.effects.store.openAcceptance({ ...row, offerId, paymentId: null }, entry)
    assert.equal(offer.orderId, orderId)
  }
  desk.shop.priceMinor = 1500
  const next = await issueReplacement((await seeOffer(token, desk.effects)).offer, desk.effects)
  assert.deepEqual(next?.oneClick, { allowed: false, reason: 'too-many-declines' })
})

atDesk('an acceptance that cannot be driven holds up no other', async (desk) => {
  const broken = await desk.offer()
  const other = await desk.offer()
  desk.fault = () => 'lost-request'
  for (const { token } of [broken, other]) await click(desk, token)
  desk.fault = () => 'none'
  const { offer } = await seeOffer(broken.token, desk.effects)
  const { getOffer } = desk.effects.store
  const store = {
    ...desk.effects.store,
    getOffer: (id: string) => (id === offer.id ? Promise.reject(new Error('damaged')) : getOffer(id)),
  }
  desk.clock.advance(MINUTE_MS)
  await assert.rejects(lookAfterOffers({ ...desk.effects, store }), /damaged/)
  assert.equal((await click(desk, other.token, seeOffer)).state, 'added')
  desk.clock.advance(MINUTE_MS)
  await lookAfterOffers(desk.effects)
  assert.equal((await click(desk, broken.token, seeOffer)).state, 'added')
})

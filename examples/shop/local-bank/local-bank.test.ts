// The local bank itself: what Stripe's API does and every other test relies on, its page, its messages.

import assert from 'node:assert/strict'
import test from 'node:test'
import { openManualClock } from '../../../src/adapters/clock/manual-clock.ts'
import { bankFetch } from './bank-fetch.ts'
import { openBankPages } from './bank-pages.ts'
import { type BankEvent, KEY_LIFE_MS, openLocalBank } from './bank-state.ts'

const authorization = 'Bearer sk_local'

type Body = {
  readonly id: string
  readonly amount: number
  readonly error: { readonly type: string; readonly code: string }
  readonly next_action: { readonly redirect_to_url: { readonly url: string } }
}

function place() {
  const clock = openManualClock(Date.UTC(2026, 10, 2))
  const bank = openLocalBank({ clock, pagesAt: 'http://127.0.0.1:1/bank', secretKey: 'sk_local' })
  const events: BankEvent[] = []
  bank.onEvent = (event) => events.push(event)
  const call = bankFetch(bank)
  const post = async (path: string, params: Record<string, string> = {}, key?: string) => {
    const headers = { authorization, ...(key === undefined ? {} : { 'idempotency-key': key }) }
    const body = new URLSearchParams(params).toString()
    const answer = await call(`http://127.0.0.1/v1/${path}`, { method: 'POST', headers, body })
    return { status: answer.status, body: (await answer.json()) as Body }
  }
  const create = (method: string, key?: string, amount = '1400') =>
    post('payment_intents', { amount, currency: 'eur', customer: 'cus_1', payment_method: method }, key)
  return { clock, bank, events, post, create, pages: openBankPages(bank) }
}

test('the local bank keeps the answer under a key for 24 hours, and refuses the key for another request', async () => {
  // https://docs.stripe.com/api/idempotent_requests
  const { clock, create } = place()
  const first = await create('pm_card_ok', 'c-1')
  assert.deepEqual(await create('pm_card_ok', 'c-1'), first)
  const other = await create('pm_card_ok', 'c-1', '1500')
  assert.deepEqual([other.status, other.body.error.type], [400, 'idempotency_error'])
  clock.advance(KEY_LIFE_MS - 1)
  assert.equal((await create('pm_card_ok', 'c-1')).body.id, first.body.id)
  clock.advance(1)
  assert.notEqual((await create('pm_card_ok', 'c-1')).body.id, first.body.id)
})

test('an inner error is repeated under its key, and a busy answer is not', async () => {
  const { bank, create } = place()
  for (const [status, isKept] of [
    [500, true],
    [429, false],
  ] as const) {
    bank.faults = () => ({ kind: 'answer', status })
    assert.equal((await create('pm_card_ok', `c-${status}`)).status, status)
    bank.faults = () => null
    assert.equal((await create('pm_card_ok', `c-${status}`)).status, isKept ? 500 : 200)
  }
})

test('a refund at the local bank is never more than what was taken', async () => {
  const { post, create } = place()
  const { id } = (await create('pm_no_auth')).body
  const refund = (amount?: string) =>
    post('refunds', { payment_intent: id, ...(amount === undefined ? {} : { amount }) })
  assert.equal((await refund()).body.error.code, 'charge_not_refundable')
  await post(`payment_intents/${id}/confirm`)
  assert.equal((await refund('1401')).status, 400)
  assert.equal((await refund('1000')).status, 200)
  assert.equal((await refund('401')).status, 400)
  assert.equal((await refund()).body.amount, 400)
  assert.equal((await refund()).body.error.code, 'charge_already_refunded')
})

test('the local bank tells of every change in the order in which they happen', async () => {
  const { events, post, create } = place()
  const { id } = (await create('pm_card_ok')).body
  await post(`payment_intents/${id}/confirm`)
  await post(`payment_intents/${id}/capture`)
  await post('refunds', { payment_intent: id })
  const declined = (await create('pm_card_declined')).body
  await post(`payment_intents/${declined.id}/confirm`)
  await post(`payment_intents/${declined.id}/cancel`)
  assert.deepEqual(
    events.map(({ type }) => type),
    [
      'payment_intent.amount_capturable_updated',
      'payment_intent.succeeded',
      'charge.refunded',
      'payment_intent.payment_failed',
      'payment_intent.canceled',
    ],
  )
})

test('the page of the local bank says that it is simulated, and its two buttons decide', async () => {
  const { bank, pages, post, create } = place()
  for (const [answer, status, went] of [
    ['approve', 'requires_capture', 'succeeded'],
    ['refuse', 'requires_payment_method', 'failed'],
  ] as const) {
    const { id } = (await create('pm_card_3ds')).body
    const returnUrl = 'https://shop.example/thanks?order=1'
    const asked = await post(`payment_intents/${id}/confirm`, { return_url: returnUrl })
    assert.equal(asked.body.next_action.redirect_to_url.url, `${bank.pagesAt}/authenticate/${id}`)
    const shown = await (await pages.request(`/authenticate/${id}`)).text()
    assert.match(shown, /This bank is simulated/)
    assert.match(shown, /€14.00/)
    const body = new URLSearchParams({ answer })
    const done = await pages.request(`/authenticate/${id}?return=https://evil.example`, {
      method: 'POST',
      body,
    })
    assert.equal(done.status, 303)
    const back = `https://shop.example/thanks?order=1&payment_intent=${id}&redirect_status=${went}`
    assert.equal(done.headers.get('location'), back)
    assert.equal(bank.intents.get(id)?.status, status)
    assert.match(await (await pages.request(`/authenticate/${id}`)).text(), /has been answered/)
  }
  assert.equal((await pages.request('/authenticate/pi_never')).status, 404)
})

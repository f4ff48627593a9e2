// Messages of Stripe: what counts as signed, and what is taken from them.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { BankEvent } from '../../../examples/shop/local-bank/bank-state.ts'
import { signEvent } from '../../../examples/shop/local-bank/sign-event.ts'
import { openStripeWebhooks } from './stripe-webhook.ts'

const nowMs = Date.UTC(2026, 10, 2)
const event: BankEvent = {
  ...{ id: 'evt_1', type: 'payment_intent.succeeded', createdAtMs: nowMs },
  object: { id: 'pi_1', object: 'payment_intent', metadata: { größe: 'ø' } },
}
const read = openStripeWebhooks(['whsec_new', 'whsec_old'])
const withHeader = (signature: string | undefined) => ({ get: () => signature })

function reading(body: string, signature: string | undefined, atMs = nowMs) {
  return read(body, withHeader(signature), atMs)
}

test('a message signed with either secret names the payment to read again', () => {
  for (const secret of ['whsec_new', 'whsec_old']) {
    const { body, signature } = signEvent(event, secret, nowMs)
    const lookAt = { kind: 'look-at', eventId: 'evt_1', topic: 'payment', subject: 'pi_1' }
    assert.deepEqual(reading(body, signature), lookAt)
  }
})

test('a message about a charge leads to its payment, one about neither is ignored', () => {
  const charge = { ...event, object: { id: 'ch_1', object: 'charge', payment_intent: 'pi_1' } }
  const signed = signEvent(charge, 'whsec_new', nowMs)
  const found = reading(signed.body, signed.signature)
  assert.equal(found.kind === 'look-at' && found.subject, 'pi_1')
  const payout = signEvent({ ...event, object: { id: 'po_1', object: 'payout' } }, 'whsec_new', nowMs)
  assert.deepEqual(reading(payout.body, payout.signature), { kind: 'ignored' })
})

test('a message that is not signed with our secret, or not signed at all, is forged', () => {
  const { body, signature } = signEvent(event, 'whsec_foreign', nowMs)
  for (const header of [
    signature,
    undefined,
    '',
    'v1=00',
    't=1',
    signature.slice(0, -1),
    'x'.repeat(5_000),
  ]) {
    assert.deepEqual(reading(body, header), { kind: 'forged' })
  }
})

test('a message more than five minutes old, or from the future, is forged', () => {
  const { body, signature } = signEvent(event, 'whsec_new', nowMs)
  for (const [seconds, kind] of [
    [300, 'look-at'],
    [301, 'forged'],
    [-300, 'look-at'],
    [-301, 'forged'],
  ] as const) {
    assert.equal(reading(body, signature, nowMs + seconds * 1000).kind, kind, `${seconds} s`)
  }
})

test('one changed bit of body or signature makes it forged', () => {
  const { body, signature } = signEvent(event, 'whsec_new', nowMs)
  const flip = (text: string, at: number, bit: number) => {
    const bytes = Buffer.from(text)
    const place = at % bytes.length
    bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
    return bytes.toString('utf8')
  }
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 6 }), fc.boolean(), (at, bit, inBody) => {
      const changed = inBody
        ? reading(flip(body, at, bit), signature)
        : reading(body, signature.slice(0, -64) + flip(signature.slice(-64), at, bit))
      assert.deepEqual(changed, { kind: 'forged' })
    }),
    { numRuns: 1_000 },
  )
})

// Payments of the shop's own: the battery against a back end on 127.0.0.1 that charges at the local bank, then what is its own.

import assert from 'node:assert/strict'
import test from 'node:test'
import { bankFetch } from '../../../examples/shop/local-bank/bank-fetch.ts'
import { openLocalBank, successfulCharges } from '../../../examples/shop/local-bank/bank-state.ts'
import { completeAuthentication } from '../../../examples/shop/local-bank/intent-rules.ts'
import { answerAsPaymentBackEnd } from '../../../test/local-payment-back-end.ts'
import { serveSigned } from '../../../test/local-shop.ts'
import { paymentContract, type TestMethod } from '../../ports/payment.contract.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { openManualPayment } from './manual.ts'
import { openStripe } from './stripe.ts'

const key = Buffer.alloc(32, 7).toString('base64')
const secret = `whsec_${key}`
const methodRefs: Readonly<Record<TestMethod, string>> = {
  ok: 'pm_card_ok',
  declined: 'pm_card_declined',
  '3ds': 'pm_card_3ds',
  '3ds-fails': 'pm_card_3ds_fails',
  'capture-declined': 'pm_card_capture_declined',
  'no-reservation': 'pm_no_auth',
  unknown: 'pm_unknown',
}

paymentContract('Payments of the shop', async () => {
  const clock = openManualClock(Date.UTC(2026, 10, 2))
  const bank = openLocalBank({ clock, pagesAt: 'http://127.0.0.1:1/bank', secretKey: 'sk_test_1' })
  const charging = openStripe({ secretKey: 'sk_test_1', fetch: bankFetch(bank) })
  const server = await serveSigned(secret, clock, (message) => answerAsPaymentBackEnd(charging, message))
  return {
    provider: openManualPayment({ url: server.url, secret, clock }),
    secrets: [secret, key],
    method: (which) => ({
      ...{ provider: 'manual', kind: 'card', customerRef: 'cus_1', methodRef: methodRefs[which] },
      ...{ consentVersion: '1', merchantOfRecord: 'shop' },
    }),
    advance: (ms) => clock.advance(ms),
    next: server.next,
    authenticate: (id, isApproved) => assert.ok(completeAuthentication(bank, id, isApproved)),
    charges: (offerId) => successfulCharges(bank, offerId),
    remove: server.close,
  }
})

test('a declined payment that the back end answers as it stands, when it is to be cancelled, is at its end', async (t) => {
  const clock = openManualClock(0)
  const declined = { kind: 'declined', id: 'p-1', because: 'bank', detail: 'do_not_honor' }
  const server = await serveSigned(secret, clock, () => declined)
  t.after(server.close)
  const provider = openManualPayment({ url: server.url, secret, clock })
  assert.deepEqual(await provider.cancel('p-1'), { kind: 'cancelled', id: 'p-1' })
  assert.deepEqual(await provider.read('p-1'), declined)
})

test('a payment back end that answers for another payment, or in no known shape, is unavailable', async (t) => {
  const clock = openManualClock(0)
  const captured = { kind: 'captured', id: 'p-1', amountMinor: 1_400, currency: 'EUR', refundedMinor: 0 }
  let answer: unknown = captured
  const server = await serveSigned(secret, clock, () => answer)
  t.after(server.close)
  const provider = openManualPayment({ url: server.url, secret, clock })
  assert.deepEqual(await provider.read('p-1'), captured)
  await assert.rejects(provider.read('p-2'), { code: 'provider-unavailable', message: /another payment/ })
  for (const part of [{ amountMinor: 14.5 }, { amountMinor: -1 }, { currency: 'eur' }, { kind: 'paid' }]) {
    answer = { ...captured, ...part }
    await assert.rejects(provider.read('p-1'), { code: 'provider-unavailable' }, JSON.stringify(part))
  }
  answer = { kind: 'action-required', id: 'p-1', url: 'javascript:alert(1)', clientSecret: null }
  await assert.rejects(provider.read('p-1'), { code: 'provider-unavailable' })
})

// Stripe's adapter against the local bank, which speaks Stripe's API: the battery in process and over HTTP, then its own.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import { bankFetch } from '../../../examples/shop/local-bank/bank-fetch.ts'
import {
  type Fault,
  type LocalBank,
  openLocalBank,
  successfulCharges,
} from '../../../examples/shop/local-bank/bank-state.ts'
import { completeAuthentication } from '../../../examples/shop/local-bank/intent-rules.ts'
import { serveBank } from '../../../examples/shop/local-bank/serve-bank.ts'
import type { SavedMethod } from '../../domain/saved-method.ts'
import { type PaymentPlace, paymentContract, type TestMethod } from '../../ports/payment.contract.ts'
import type { PaymentProvider, PaymentRequest } from '../../ports/payment.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { openStripe } from './stripe.ts'

const secretKey = 'sk_test_canary'
const startMs = Date.UTC(2026, 10, 2)
const methodRefs: Readonly<Record<TestMethod, string>> = {
  ok: 'pm_card_ok',
  declined: 'pm_card_declined',
  '3ds': 'pm_card_3ds',
  '3ds-fails': 'pm_card_3ds_fails',
  'capture-declined': 'pm_card_capture_declined',
  'no-reservation': 'pm_no_auth',
  unknown: 'pm_unknown',
}

function savedMethod(which: TestMethod): SavedMethod {
  return {
    ...{ provider: 'stripe', kind: 'card', customerRef: 'cus_1', methodRef: methodRefs[which] },
    ...{ consentVersion: '1', merchantOfRecord: 'shop' },
  }
}

function newBank(clock = openManualClock(startMs)): LocalBank {
  return openLocalBank({ clock, pagesAt: 'http://127.0.0.1:1/bank', secretKey })
}

async function place(
  reach: (bank: LocalBank) => Promise<{ provider: PaymentProvider; close(): Promise<void> }>,
): Promise<PaymentPlace> {
  const clock = openManualClock(startMs)
  const bank = newBank(clock)
  const { provider, close } = await reach(bank)
  return {
    provider,
    secrets: [secretKey],
    method: savedMethod,
    advance: (ms) => clock.advance(ms),
    next(fault) {
      const happens: Fault = typeof fault === 'number' ? { kind: 'answer', status: fault } : { kind: fault }
      bank.faults = () => {
        bank.faults = () => null
        return happens
      }
    },
    authenticate: (id, isApproved) => assert.ok(completeAuthentication(bank, id, isApproved)),
    charges: (offerId) => successfulCharges(bank, offerId),
    remove: close,
  }
}

paymentContract('Stripe in process', () =>
  place(async (bank) => ({
    provider: openStripe({ secretKey, fetch: bankFetch(bank) }),
    close: async () => {},
  })),
)

paymentContract('Stripe over HTTP', () =>
  place(async (bank) => {
    const { port, close } = await serveBank(bank)
    const at = { protocol: 'http', host: '127.0.0.1', port } as const
    return { provider: openStripe({ secretKey, at }), close }
  }),
)

function requestFor(which: TestMethod, currency = 'EUR'): PaymentRequest {
  const amount = { amountMinor: 1_400, currency }
  return { key: 'c-1', offerId: '1', orderId: '1001', ...amount, method: savedMethod(which) }
}

test('a provider that accepts the connection and never answers is unavailable', async (t) => {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const provider = openStripe({
    ...{ secretKey, timeoutMs: 50 },
    at: { protocol: 'http', host: '127.0.0.1', port },
  })
  await assert.rejects(provider.create(requestFor('ok')), { code: 'provider-unavailable' })
})

test('a request that arrives long after the caller gave up makes no second payment and no second charge', async () => {
  const clock = openManualClock(startMs)
  const bank = newBank(clock)
  const provider = openStripe({ secretKey, fetch: bankFetch(bank) })
  const created = await provider.create(requestFor('ok'))
  assert.ok(created.kind === 'unconfirmed')
  bank.faults = ({ path }) =>
    path.endsWith('/capture') && bank.underway.length === 0 ? { kind: 'late-request', byMs: 600_000 } : null
  await provider.confirm({ paymentId: created.id, returnUrl: null })
  await assert.rejects(provider.capture(created.id), { code: 'provider-unavailable' })
  assert.equal((await provider.cancel(created.id)).kind, 'cancelled')
  clock.advance(600_000)
  assert.equal((await provider.read(created.id)).kind, 'cancelled')
  assert.equal(bank.underway.length, 0)
  assert.equal(successfulCharges(bank, '1'), 0)
})

test('a wrong secret key is an outage and not a decline', async () => {
  const provider = openStripe({ secretKey: 'sk_test_other', fetch: bankFetch(newBank()) })
  await assert.rejects(provider.create(requestFor('ok')), {
    code: 'provider-unavailable',
    message: /check the secret key/,
  })
})

test('an address that Stripe does not take to come back to is a decline for the log', async () => {
  const provider = openStripe({ secretKey, fetch: bankFetch(newBank()) })
  const created = await provider.create(requestFor('ok'))
  assert.ok(created.kind === 'unconfirmed')
  assert.deepEqual(await provider.confirm({ paymentId: created.id, returnUrl: 'nowhere' }), {
    ...{ kind: 'declined', id: created.id, because: 'bank', detail: 'Stripe: url_invalid, at return_url' },
  })
})

test('Icelandic krónur go to Stripe in hundredths and come back as they were', async () => {
  // https://docs.stripe.com/currencies#special-cases
  const bank = newBank()
  const provider = openStripe({ secretKey, fetch: bankFetch(bank) })
  const created = await provider.create(requestFor('ok', 'ISK'))
  assert.ok(created.kind === 'unconfirmed')
  assert.equal(bank.intents.get(created.id)?.amount, 140_000)
  const reserved = await provider.confirm({ paymentId: created.id, returnUrl: null })
  assert.deepEqual(reserved, { kind: 'authorised', id: created.id, amountMinor: 1_400, currency: 'ISK' })
})

test('a bound on one click is said before anybody is asked', () => {
  const provider = openStripe({ secretKey, maxAmountMinor: 5_000 })
  assert.deepEqual(provider.canCharge(requestFor('ok', 'EUR')), { allowed: true, maxAmountMinor: 5_000 })
})

test('of three decimals Stripe takes sums whose last one is 0: https://docs.stripe.com/currencies#three-decimal', () => {
  const provider = openStripe({ secretKey })
  const may = (currency: string, amountMinor: number) =>
    provider.canCharge({ method: savedMethod('ok'), currency, amountMinor })
  for (const currency of ['BHD', 'JOD', 'KWD', 'OMR', 'TND']) {
    assert.deepEqual(may(currency, 5_124), { allowed: false, because: 'amount' })
    assert.equal(may(currency, 5_120).allowed, true)
  }
  for (const currency of ['EUR', 'JPY']) assert.equal(may(currency, 5_124).allowed, true)
})

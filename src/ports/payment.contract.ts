// What every payment provider owes the acceptance, as tests. In: how to set one up against a bank that can be told how to
// behave. An adapter's own test file calls this once for each way of reaching it.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { SavedMethod } from '../domain/saved-method.ts'
import type { PaymentProvider, PaymentRequest, PaymentState } from './payment.ts'

export type TestMethod =
  | 'ok'
  | 'declined'
  | '3ds'
  | '3ds-fails'
  | 'capture-declined'
  | 'no-reservation'
  | 'unknown'

export type PaymentPlace = {
  readonly provider: PaymentProvider
  /** What must never be read in an error. */
  readonly secrets: readonly string[]
  method(which: TestMethod): SavedMethod
  advance(ms: number): void
  /** How the next request fares; those after it fare well. */
  next(fault: 'lost-request' | 'lost-answer' | 429 | 409 | 500 | 503): void
  /** The shopper answers the bank. */
  authenticate(paymentId: string, isApproved: boolean): void
  /** How many payments of this offer took money. */
  charges(offerId: string): number
  remove(): Promise<void>
}

type Guarantee = (title: string, prove: (place: PaymentPlace) => Promise<void>) => void

const returnUrl = 'https://shop.example/thank-you/1001'
const DAY_MS = 24 * 3_600_000

export function paymentContract(adapter: string, freshPlace: () => Promise<PaymentPlace>): void {
  const guarantee: Guarantee = (title, prove) =>
    test(`${adapter}: ${title}`, async () => {
      const place = await freshPlace()
      try {
        await prove(place)
      } finally {
        await place.remove()
      }
    })
  creationGuarantees(guarantee)
  confirmationGuarantees(guarantee)
  captureGuarantees(guarantee)
  givingBackGuarantees(guarantee)
  silenceGuarantees(guarantee)
}

function creationGuarantees(guarantee: Guarantee): void {
  guarantee('a created payment moves no money', async (place) => {
    const payment = await create(place, 'ok')
    assert.equal(payment.kind, 'unconfirmed')
    assert.deepEqual(await place.provider.read(payment.id), payment)
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee('created twice with one key it is one payment', async (place) => {
    assert.deepEqual(await create(place, 'ok'), await create(place, 'ok'))
  })

  guarantee('created again after a lost answer it is the same payment', async (place) => {
    const first = await create(place, 'ok')
    place.next('lost-answer')
    await assert.rejects(create(place, 'ok'), { code: 'provider-unavailable' })
    assert.deepEqual(await create(place, 'ok'), first)
  })

  guarantee('after a day and more money still moves once', async (place) => {
    const old = await create(place, 'ok')
    place.advance(DAY_MS + 1)
    const payment = await create(place, 'ok')
    assert.equal(payment.kind, 'unconfirmed')
    await place.provider.confirm({ paymentId: payment.id, returnUrl })
    await place.provider.capture(payment.id)
    assert.equal(place.charges('offer-1'), 1)
    if (old.id !== payment.id) assert.equal((await place.provider.read(old.id)).kind, 'unconfirmed')
  })

  guarantee('a method that the provider does not know is refused', async (place) => {
    const answer = await place.provider.create(requestFor(place, 'unknown'))
    assert.equal(answer.kind, 'refused')
  })

  guarantee('only what can be charged without asking has a button', async ({ provider, method }) => {
    const charge = { amountMinor: 1_400, currency: 'EUR', method: method('ok') }
    assert.equal(provider.canCharge(charge).allowed, true)
    const giftCard = { ...charge, method: { ...charge.method, kind: 'gift-card' } } as const
    assert.deepEqual(provider.canCharge(giftCard), { allowed: false, because: 'method' })
  })
}

function confirmationGuarantees(guarantee: Guarantee): void {
  guarantee('confirmed it is reserved, in the amount and currency asked for', async (place) => {
    const { id } = await create(place, 'ok')
    const reserved = { kind: 'authorised', id, amountMinor: 1_400, currency: 'EUR' }
    assert.deepEqual(await place.provider.confirm({ paymentId: id, returnUrl }), reserved)
    assert.deepEqual(await place.provider.read(id), reserved)
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee('confirmed twice, and after a lost answer, it is one charge', async (place) => {
    const { id } = await create(place, 'ok')
    place.next('lost-answer')
    await assert.rejects(place.provider.confirm({ paymentId: id, returnUrl }), {
      code: 'provider-unavailable',
    })
    const confirm = () => place.provider.confirm({ paymentId: id, returnUrl })
    const answers = await Promise.all([confirm(), confirm()])
    assert.deepEqual(
      answers.map(({ kind }) => kind),
      ['authorised', 'authorised'],
    )
    await place.provider.capture(id)
    assert.equal((await confirm()).kind, 'captured')
    assert.equal(place.charges('offer-1'), 1)
  })

  guarantee('a decline reserves nothing, and stays a decline', async (place) => {
    const { id } = await create(place, 'declined')
    const confirm = () => place.provider.confirm({ paymentId: id, returnUrl })
    for (const answer of [await confirm(), await confirm(), await place.provider.read(id)]) {
      assert.equal(becauseOf(answer), 'bank')
    }
    assert.equal((await place.provider.capture(id)).kind, 'declined')
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee('a bank that asks the shopper says where, and reserves once they approve', async (place) => {
    const { id } = await create(place, '3ds')
    const asked = await place.provider.confirm({ paymentId: id, returnUrl })
    assert.ok(asked.kind === 'action-required')
    assert.ok(asked.url !== null || asked.clientSecret !== null)
    assert.deepEqual(await place.provider.confirm({ paymentId: id, returnUrl }), asked)
    place.authenticate(id, true)
    assert.equal((await place.provider.read(id)).kind, 'authorised')
  })

  guarantee('a shopper who does not pass the question of the bank is a decline', async (place) => {
    for (const [number, which] of (['3ds', '3ds-fails'] as const).entries()) {
      const { id } = await create(place, which, `offer-${number}`)
      await place.provider.confirm({ paymentId: id, returnUrl })
      place.authenticate(id, which === '3ds-fails')
      assert.equal(becauseOf(await place.provider.read(id)), 'authentication')
    }
  })

  guarantee('where nobody is there to answer, a bank that would ask declines', async (place) => {
    const { id } = await create(place, '3ds')
    const answer = await place.provider.confirm({ paymentId: id, returnUrl: null })
    assert.equal(becauseOf(answer), 'authentication')
  })

  guarantee('a method without reservation is captured when it is confirmed', async (place) => {
    const { id } = await create(place, 'no-reservation')
    const captured = { kind: 'captured', id, amountMinor: 1_400, currency: 'EUR', refundedMinor: 0 }
    assert.deepEqual(await place.provider.confirm({ paymentId: id, returnUrl }), captured)
    assert.deepEqual(await place.provider.capture(id), captured)
    assert.equal(place.charges('offer-1'), 1)
  })
}

function captureGuarantees(guarantee: Guarantee): void {
  guarantee('captured twice, and after a lost answer, it is taken once', async (place) => {
    const id = await reserved(place, 'ok')
    place.next('lost-answer')
    await assert.rejects(place.provider.capture(id), { code: 'provider-unavailable' })
    const captured = { kind: 'captured', id, amountMinor: 1_400, currency: 'EUR', refundedMinor: 0 }
    assert.deepEqual(await place.provider.capture(id), captured)
    assert.deepEqual(await place.provider.capture(id), captured)
    assert.equal(place.charges('offer-1'), 1)
  })

  guarantee('a capture that the bank refuses is an answer, and takes nothing', async (place) => {
    const id = await reserved(place, 'capture-declined')
    assert.equal((await place.provider.capture(id)).kind, 'declined')
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee('a reservation that lapsed cannot be taken any more', async (place) => {
    const id = await reserved(place, 'ok')
    place.advance(8 * DAY_MS)
    assert.equal((await place.provider.capture(id)).kind, 'cancelled')
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee(
    'after an inner error of the provider the capture goes through when asked again',
    async (place) => {
      const id = await reserved(place, 'ok')
      place.next(500)
      await assert.rejects(place.provider.capture(id), { code: 'provider-unavailable' })
      assert.equal((await place.provider.capture(id)).kind, 'captured')
      assert.equal(place.charges('offer-1'), 1)
    },
  )
}

function givingBackGuarantees(guarantee: Guarantee): void {
  guarantee('cancelled twice it is cancelled, and can never be confirmed again', async (place) => {
    const id = await reserved(place, 'ok')
    const cancelled = { kind: 'cancelled', id }
    assert.deepEqual(await place.provider.cancel(id), cancelled)
    assert.deepEqual(await place.provider.cancel(id), cancelled)
    assert.deepEqual(await place.provider.confirm({ paymentId: id, returnUrl }), cancelled)
    assert.deepEqual(await place.provider.capture(id), cancelled)
    assert.equal(place.charges('offer-1'), 0)
  })

  guarantee('an unconfirmed, a declined and an asked payment can be cancelled', async (place) => {
    for (const [number, which] of (['ok', 'declined', '3ds'] as const).entries()) {
      const { id } = await create(place, which, `offer-${number}`)
      if (which !== 'ok') await place.provider.confirm({ paymentId: id, returnUrl })
      assert.equal((await place.provider.cancel(id)).kind, 'cancelled')
    }
  })

  guarantee('cancelled after the capture it is captured', async (place) => {
    const id = await reserved(place, 'ok')
    const captured = await place.provider.capture(id)
    assert.deepEqual(await place.provider.cancel(id), captured)
  })

  guarantee('refunded twice, after a lost answer and after a day, it goes back once', async (place) => {
    const id = await reserved(place, 'ok')
    const captured = await place.provider.capture(id)
    place.next('lost-answer')
    await assert.rejects(place.provider.refund(id, 'r-offer-1'), { code: 'provider-unavailable' })
    const refunded = { ...captured, refundedMinor: 1_400 }
    assert.deepEqual(await place.provider.refund(id, 'r-offer-1'), refunded)
    place.advance(DAY_MS + 1)
    assert.deepEqual(await place.provider.refund(id, 'r-offer-1'), refunded)
    assert.deepEqual(await place.provider.read(id), refunded)
  })

  guarantee('a refund of what was never taken gives nothing back', async (place) => {
    const id = await reserved(place, 'ok')
    assert.equal((await place.provider.refund(id, 'r-offer-1')).kind, 'authorised')
  })
}

function silenceGuarantees(guarantee: Guarantee): void {
  guarantee(
    'no answer, or none that is clear, is never a decline, and no error holds a secret',
    async (place) => {
      const { id } = await create(place, 'ok')
      for (const fault of ['lost-request', 429, 409, 500, 503] as const) {
        place.next(fault)
        const error: unknown = await place.provider.confirm({ paymentId: id, returnUrl }).catch((e) => e)
        assert.ok(error instanceof Error && 'code' in error)
        assert.equal(error.code, 'provider-unavailable', String(fault))
        const told = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`
        for (const secret of place.secrets) assert.ok(!told.includes(secret))
      }
      assert.equal((await place.provider.read(id)).kind, 'unconfirmed')
      assert.equal((await place.provider.confirm({ paymentId: id, returnUrl })).kind, 'authorised')
    },
  )

  guarantee('a payment that the provider does not know is no state of a payment', async (place) => {
    await assert.rejects(place.provider.read('pi_never'), { code: 'provider-unavailable' })
  })
}

function requestFor(place: PaymentPlace, which: TestMethod, offerId = 'offer-1'): PaymentRequest {
  const amount = { amountMinor: 1_400, currency: 'EUR' }
  return { key: `c-${offerId}`, offerId, orderId: '1001', ...amount, method: place.method(which) }
}

async function create(place: PaymentPlace, which: TestMethod, offerId?: string): Promise<PaymentState> {
  const answer = await place.provider.create(requestFor(place, which, offerId))
  assert.ok(answer.kind !== 'refused')
  return answer
}

async function reserved(place: PaymentPlace, which: TestMethod): Promise<string> {
  const { id } = await create(place, which)
  assert.equal((await place.provider.confirm({ paymentId: id, returnUrl })).kind, 'authorised')
  return id
}

function becauseOf(payment: PaymentState): string | null {
  return payment.kind === 'declined' ? payment.because : null
}

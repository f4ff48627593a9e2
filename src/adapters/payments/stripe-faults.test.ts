// The adapter of Stripe while requests and answers are lost, late and refused: 500 purchases from one seed, each driven by two
// who do not know of each other and ask again after every silence.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { deliverLate } from '../../../examples/shop/local-bank/answer-request.ts'
import { bankFetch } from '../../../examples/shop/local-bank/bank-fetch.ts'
import { type Fault, openLocalBank, successfulCharges } from '../../../examples/shop/local-bank/bank-state.ts'
import { AppError } from '../../domain/errors.ts'
import type { PaymentState } from '../../ports/payment.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { openStripe } from './stripe.ts'

const DAY_MS = 24 * 3_600_000
const faults: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'lost-request' }) },
  { weight: 2, arbitrary: fc.constant<Fault>({ kind: 'lost-answer' }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 600_000 }).map<Fault>((byMs) => ({ kind: 'late-request', byMs })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(409, 429, 500, 503).map<Fault>((status) => ({ kind: 'answer', status })),
  },
)
const step = fc.record({
  driver: fc.constantFrom(0, 1),
  verb: fc.constantFrom(
    'create',
    'create',
    'confirm',
    'confirm',
    'capture',
    'capture',
    'cancel',
    'refund',
    'read',
  ),
  waitMs: fc.constantFrom(0, 100, 30_000, 300_000, DAY_MS),
})
const methodRef = fc.constantFrom(
  'pm_card_ok',
  'pm_card_ok',
  'pm_no_auth',
  'pm_card_declined',
  'pm_card_capture_declined',
)

test('however requests and answers are lost or late, one payment takes money once and every answer is true', async () => {
  let charged = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.array(faults, { minLength: 10, maxLength: 40 }),
      methodRef,
      async (steps, happens, ref) => {
        const clock = openManualClock(Date.UTC(2026, 10, 2))
        const bank = openLocalBank({ clock, pagesAt: 'http://127.0.0.1:1/bank', secretKey: 'sk_1' })
        let at = 0
        bank.faults = () => happens[at++ % happens.length] ?? null
        const provider = openStripe({ secretKey: 'sk_1', fetch: bankFetch(bank) })
        // The first id that was heard is written down; what was created besides is never confirmed.
        let id: string | null = null
        const heard = new Set<string>()
        const perform = async (verb: string): Promise<PaymentState> => {
          if (id === null) {
            const method = {
              ...({ provider: 'stripe', kind: 'card', customerRef: 'cus_1', methodRef: ref } as const),
              ...{ consentVersion: '1', merchantOfRecord: 'shop' },
            }
            const sum = { amountMinor: 1_400, currency: 'EUR' }
            const made = await provider.create({ key: 'c-1', offerId: '1', orderId: '1', ...sum, method })
            assert.ok(made.kind !== 'refused')
            id ??= made.id
            return made
          }
          if (verb === 'confirm') return provider.confirm({ paymentId: id, returnUrl: null })
          if (verb === 'capture') return provider.capture(id)
          if (verb === 'cancel') return provider.cancel(id)
          if (verb === 'refund') return provider.refund(id, 'r-1')
          return provider.read(id)
        }
        const drive = async (driver: number) => {
          for (const { driver: who, verb, waitMs } of steps) {
            if (who !== driver) continue
            clock.advance(waitMs)
            const answer = await perform(verb).catch((error: unknown) => {
              assert.ok(error instanceof AppError && error.code === 'provider-unavailable')
            })
            if (answer !== undefined) heard.add(answer.kind)
          }
        }
        await Promise.all([drive(0), drive(1)])
        bank.faults = () => null
        clock.advance(600_000)
        deliverLate(bank)
        assert.ok(successfulCharges(bank, '1') <= 1)
        charged += successfulCharges(bank, '1')
        const intents = [...bank.intents.values()]
        assert.ok(intents.every((intent) => intent.refunded <= intent.captured))
        assert.ok(intents.every((intent) => intent.id === id || intent.status === 'requires_confirmation'))
        if (id === null) return
        const final = await provider.read(id)
        assert.equal(final.kind === 'captured', successfulCharges(bank, '1') === 1)
        // What is final stays so, and a decline took nothing.
        for (const kind of ['captured', 'cancelled']) if (heard.has(kind)) assert.equal(final.kind, kind)
        if (heard.has('declined')) assert.notEqual(final.kind, 'captured')
      },
    ),
    { numRuns: 500, seed: 20_261_102 },
  )
  // Else the property would hold for want of purchases.
  assert.ok(charged > 50, `${charged} charges`)
})

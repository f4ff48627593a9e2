// A payment provider that is the shop's own back end: each step is one signed request to one URL, and the answer is the payment
// as it stands. Rejects with `provider-unavailable` where there was no clear answer. The requests and answers are in
// docs/guide/payments.md.

import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import type { PaymentProvider, PaymentRefusal, PaymentState } from '../../ports/payment.ts'
import { openSignedPost, type SignedPostOptions } from '../signing/post-signed.ts'

export type ManualPaymentOptions = SignedPostOptions & {
  /** The most that one click may charge, minor units; `null` for no bound. */
  readonly maxAmountMinor?: number | null
}

const id = z.string().min(1).max(255)
const amount = z.int().min(0)
const currency = z.string().regex(/^[A-Z]{3}$/)

const stateShape: z.ZodType<PaymentState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unconfirmed'), id }),
  z.object({
    ...{ kind: z.literal('action-required'), id },
    url: z.url({ protocol: /^https?$/ }).nullable(),
    clientSecret: z.string().max(500).nullable(),
  }),
  z.object({ kind: z.literal('processing'), id }),
  z.object({ kind: z.literal('authorised'), id, amountMinor: amount, currency }),
  z.object({ kind: z.literal('captured'), id, amountMinor: amount, currency, refundedMinor: amount }),
  z.object({
    ...{ kind: z.literal('declined'), id },
    because: z.enum(['bank', 'authentication']),
    detail: z.string().max(500),
  }),
  z.object({ kind: z.literal('cancelled'), id }),
])

const refusalShape: z.ZodType<PaymentRefusal> = z.object({
  kind: z.literal('refused'),
  detail: z.string().max(500),
})

export function openManualPayment(options: ManualPaymentOptions): PaymentProvider {
  const post = openSignedPost(options, { name: 'The payment back end', code: 'provider-unavailable' })
  const step = async (type: string, paymentId: string, more: Readonly<Record<string, unknown>> = {}) => {
    const state = await post({ type, paymentId, ...more }, stateShape)
    if (state.id === paymentId) return state
    throw new AppError(
      'provider-unavailable',
      `The payment back end answered ${type} with another payment than ${paymentId}; it is asked again.`,
    )
  }
  return {
    name: 'manual',
    canCharge: ({ method: { kind } }) =>
      kind === 'card' || kind === 'bank' || kind === 'wallet'
        ? { allowed: true, maxAmountMinor: options.maxAmountMinor ?? null }
        : { allowed: false, because: 'method' },
    create: ({ method, ...request }) => {
      const { kind, customerRef, methodRef, consentVersion } = method
      const message = { ...request, method: { kind, customerRef, methodRef, consentVersion } }
      return post({ type: 'payment.create', ...message }, z.union([stateShape, refusalShape]))
    },
    confirm: ({ paymentId, returnUrl }) => step('payment.confirm', paymentId, { returnUrl }),
    read: (paymentId) => step('payment.read', paymentId),
    capture: (paymentId) => step('payment.capture', paymentId),
    async cancel(paymentId) {
      const state = await step('payment.cancel', paymentId)
      // By its page a back end answers what can go no further as it stands: of what the bank declined nothing is reserved.
      return state.kind === 'declined' ? { kind: 'cancelled', id: state.id } : state
    },
    refund: (paymentId, key) => step('payment.refund', paymentId, { key }),
  }
}

// Stripe as a payment provider, over its official SDK: PaymentIntents that are made unconfirmed, confirmed with the saved
// method, captured by hand. Comes in: a secret key, and where a test or the demo has its own bank. Goes out: the payment as
// Stripe has it. What Stripe did not clearly answer (no connection, a timeout, 5xx, 429, a key in use) is
// `provider-unavailable`. The SDK's own retries are off: the acceptance asks again, and knows what for.

import Stripe from 'stripe'
import { AppError } from '../../domain/errors.ts'
import type { PaymentProvider, PaymentRefusal, PaymentState } from '../../ports/payment.ts'

export type StripeOptions = {
  readonly secretKey: string
  /** Never ask the shopper's bank back, though the shopper is there. */
  readonly offSession?: boolean
  /** In the place of the network, for tests and the demo. */
  readonly fetch?: (url: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** The most that one click may charge, minor units. */
  readonly maxAmountMinor?: number | null
}

const TIMEOUT_MS = 10_000
const WITH_CHARGE = { expand: ['latest_charge'] }

export function openStripe(options: StripeOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(options.fetch === undefined ? {} : { httpClient: Stripe.createFetchHttpClient(options.fetch) }),
  })
  const { paymentIntents, refunds } = stripe
  const read = async (id: string) => toState(await ask(() => paymentIntents.retrieve(id, WITH_CHARGE)))
  /** Where the payment has gone further already, or can go no further, it is read as it stands. */
  const move = async (id: string, step: () => Promise<Stripe.PaymentIntent>): Promise<PaymentState> => {
    try {
      return toState(await ask(step))
    } catch (error) {
      if (error instanceof AppError) throw error
      return read(id)
    }
  }
  return {
    name: 'stripe',
    canCharge: ({ kind }) => ({ allowed: kind === 'card', maxAmountMinor: options.maxAmountMinor ?? null }),
    async create({ key, offerId, orderId, amountMinor, currency, method }) {
      try {
        const made = await ask(() =>
          paymentIntents.create(
            {
              amount: amountMinor,
              currency: currency.toLowerCase(),
              customer: method.customerRef,
              payment_method: method.methodRef,
              capture_method: 'manual',
              metadata: { offer: offerId, order: orderId },
            },
            { idempotencyKey: key },
          ),
        )
        return toState(made)
      } catch (error) {
        if (error instanceof AppError) throw error
        return refusal(error)
      }
    },
    confirm: ({ paymentId, returnUrl }) =>
      move(paymentId, () =>
        paymentIntents.confirm(
          paymentId,
          returnUrl === null || options.offSession === true
            ? { ...WITH_CHARGE, off_session: true }
            : { ...WITH_CHARGE, return_url: returnUrl },
        ),
      ),
    read,
    capture: (paymentId) => move(paymentId, () => paymentIntents.capture(paymentId, WITH_CHARGE)),
    cancel: (paymentId) => move(paymentId, () => paymentIntents.cancel(paymentId, WITH_CHARGE)),
    async refund(paymentId, key) {
      try {
        await ask(() => refunds.create({ payment_intent: paymentId }, { idempotencyKey: key }))
      } catch (error) {
        // Given back already, or never taken: the payment says which.
        if (error instanceof AppError) throw error
      }
      return read(paymentId)
    },
  }
}

/** What Stripe answered; its refusals are thrown on, everything unclear is `provider-unavailable`. */
async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const isAnswer =
      error instanceof Stripe.errors.StripeCardError ||
      (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409)
    if (isAnswer) throw error
    throw unavailable(error)
  }
}

/** Without the SDK's own error as the cause: its headers and parameters must not reach a log. */
function unavailable(error: unknown): AppError {
  const kind = error instanceof Stripe.errors.StripeError ? error.type : 'no answer'
  return new AppError('provider-unavailable', `Stripe did not answer clearly (${kind}); it is asked again.`)
}

function refusal(error: unknown): PaymentRefusal {
  const code = error instanceof Stripe.errors.StripeError ? (error.code ?? error.type) : 'unknown'
  return { kind: 'refused', detail: code }
}

function toState(intent: Stripe.PaymentIntent): PaymentState {
  const { id } = intent
  const paid = { amountMinor: intent.amount, currency: intent.currency.toUpperCase() }
  switch (intent.status) {
    case 'requires_confirmation':
      return { kind: 'unconfirmed', id }
    case 'requires_action':
      return {
        kind: 'action-required',
        id,
        url: intent.next_action?.redirect_to_url?.url ?? null,
        clientSecret: intent.client_secret,
      }
    case 'requires_capture':
      return { kind: 'authorised', id, ...paid, amountMinor: intent.amount_capturable }
    case 'succeeded': {
      const charge = intent.latest_charge
      const refundedMinor = typeof charge === 'object' && charge !== null ? charge.amount_refunded : 0
      return { kind: 'captured', id, ...paid, amountMinor: intent.amount_received, refundedMinor }
    }
    case 'requires_payment_method':
      return declined(intent)
    case 'canceled':
      return { kind: 'cancelled', id }
    default:
      return { kind: 'processing', id }
  }
}

const authentication: ReadonlySet<string> = new Set([
  'payment_intent_authentication_failure',
  'authentication_required',
])

/** A payment without a method is one that was declined: it is made with one. */
function declined({ id, last_payment_error: error }: Stripe.PaymentIntent): PaymentState {
  const code = error?.code ?? 'declined'
  return { kind: 'declined', id, because: authentication.has(code) ? 'authentication' : 'bank', detail: code }
}

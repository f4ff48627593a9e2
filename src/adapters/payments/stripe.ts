// Stripe as a payment provider, over the official SDK. Comes in: the secret key, and for tests and the demo another place to
// ask. Goes out: the port. A PaymentIntent is created unconfirmed, confirmed by its id, captured apart; a step that came too
// late is answered by reading the intent. Rejects with `provider-unavailable` where Stripe gave no clear answer. Messages carry
// Stripe's codes and ids and never its sentences, which may quote what was sent.

import { Stripe } from 'stripe'
import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import type {
  Charge,
  Chargeable,
  ConfirmRequest,
  PaymentProvider,
  PaymentRefusal,
  PaymentRequest,
  PaymentState,
} from '../../ports/payment.ts'
import { readAtMost } from '../signing/post-signed.ts'

export type StripeOptions = {
  readonly secretKey: string
  /** The most that one click may charge, minor units; `null` for no bound. */
  readonly maxAmountMinor?: number | null
  /** In the place of the network: the local bank, in process. */
  readonly fetch?: typeof fetch
  /** Another place than api.stripe.com: the local bank, over HTTP. */
  readonly at?: { readonly protocol: 'http' | 'https'; readonly host: string; readonly port: number }
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** An intent with its charge is some 6 kB. */
const ANSWER_BYTES_MAX = 1024 * 1024
/** Stripe counts these in hundredths, though ISO 4217 gives them no decimals: https://docs.stripe.com/currencies#special-cases */
const countedInHundredths = new Set(['ISK', 'UGX'])
/** Three decimals, of which the last must be 0: https://docs.stripe.com/currencies#three-decimal */
const countedInTens = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])
const authenticationCodes = new Set([
  'authentication_required',
  'authentication_failure',
  'authentication_not_handled',
  'payment_intent_authentication_failure',
])
const readFully = { expand: ['latest_charge'] }

export function openStripe(options: StripeOptions): PaymentProvider {
  const stripe = connect(options)
  const read = async (id: string): Promise<PaymentState> =>
    stateOf(await ask(() => stripe.paymentIntents.retrieve(id, readFully)), id)

  return {
    name: 'stripe',
    canCharge: (charge) => canCharge(charge, options.maxAmountMinor ?? null),
    create: (request) => create(stripe, request),
    confirm: (request) => confirm(stripe, request, read),
    read,
    async capture(id) {
      // Without an idempotency key: the intent's own state lets it be captured once, and under a key Stripe would repeat an
      // answer of 500 for a day (https://docs.stripe.com/api/idempotent_requests).
      const answer = await attempt(() => stripe.paymentIntents.capture(id, readFully))
      if (answer.kind === 'given') return stateOf(answer.value, id)
      const state = await read(id)
      const isRefused = answer.error.type === 'StripeCardError' && state.kind === 'authorised'
      return isRefused ? declined(id, answer.error) : state
    },
    async cancel(id) {
      const answer = await attempt(() => stripe.paymentIntents.cancel(id, readFully))
      return answer.kind === 'given' ? stateOf(answer.value, id) : read(id)
    },
    async refund(id, key) {
      await attempt(() => stripe.refunds.create({ payment_intent: id }, { idempotencyKey: key }))
      return read(id)
    },
  }
}

function canCharge({ method, amountMinor, currency }: Charge, maxAmountMinor: number | null): Chargeable {
  if (method.kind !== 'card') return { allowed: false, because: 'method' }
  if (countedInTens.has(currency) && amountMinor % 10 !== 0) return { allowed: false, because: 'amount' }
  return { allowed: true, maxAmountMinor }
}

function connect({ secretKey, fetch, at, timeoutMs }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion: '2026-10-28.endive',
    // The acceptance asks again by itself, and knows when to stop.
    maxNetworkRetries: 0,
    timeout: timeoutMs ?? TIMEOUT_MS,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(onlyObjects(fetch ?? globalThis.fetch)),
    ...at,
  })
}

/**
 * A body of JSON that is no object (`"ok"`, `null`, from a proxy) ends in the SDK as a rejection that nobody handles, which would
 * end this process; one without end would fill the memory. Both are handed on as an empty body, of which the SDK says that it
 * is not valid.
 */
function onlyObjects(ask: typeof fetch): typeof fetch {
  return async (...asked) => {
    const answer = await ask(...asked)
    const text = (await readAtMost(answer, ANSWER_BYTES_MAX)) ?? ''
    const { status, headers } = answer
    return new Response(text.trimStart().startsWith('{') ? text : '', { status, headers })
  }
}

async function create(stripe: Stripe, request: PaymentRequest): Promise<PaymentState | PaymentRefusal> {
  const { key, offerId, orderId, amountMinor, currency, method } = request
  const params: Stripe.PaymentIntentCreateParams = {
    amount: toStripe(amountMinor, currency),
    currency: currency.toLowerCase(),
    customer: method.customerRef,
    payment_method: method.methodRef,
    allowed_payment_method_types: ['card'],
    capture_method: 'manual',
    metadata: { offer: offerId, order: orderId },
  }
  const answer = await attempt(() => stripe.paymentIntents.create(params, { idempotencyKey: key }))
  if (answer.kind === 'no') return { kind: 'refused', detail: saying(answer.error) }
  return stateOf(answer.value, null)
}

async function confirm(
  stripe: Stripe,
  { paymentId, returnUrl }: ConfirmRequest,
  read: (id: string) => Promise<PaymentState>,
): Promise<PaymentState> {
  const asked = returnUrl === null ? { off_session: true } : { return_url: returnUrl }
  const answer = await attempt(() => stripe.paymentIntents.confirm(paymentId, { ...asked, ...readFully }))
  if (answer.kind === 'given') return stateOf(answer.value, paymentId)
  if (answer.error.type === 'StripeCardError') return declined(paymentId, answer.error)
  const state = await read(paymentId)
  // Refused as such (an address it does not take, say), and it stays so however often it is asked.
  return state.kind === 'unconfirmed' ? declined(paymentId, answer.error) : state
}

const cents = z.int().min(0)
/** What is read of an intent. A proxy or a broken gateway answers 200 with something else too. */
const intentShape = z.object({
  id: z.string().min(1).max(255),
  status: z.string(),
  currency: z.string().regex(/^[a-z]{3}$/i),
  ...{ amount_capturable: cents.optional(), amount_received: cents.optional() },
  latest_charge: z.union([z.string(), z.object({ amount_refunded: cents })]).nullish(),
})

/** `asked`: the id that was asked for, `null` where it is new. */
function stateOf(intent: Stripe.PaymentIntent, asked: string | null): PaymentState {
  const read = intentShape.safeParse(intent)
  if (!read.success || (asked !== null && read.data.id !== asked)) {
    const what = read.success ? 'another payment' : 'something that is no payment'
    throw unreadable(what)
  }
  return stateOfSound(intent)
}

function stateOfSound(intent: Stripe.PaymentIntent): PaymentState {
  const { id } = intent
  const currency = intent.currency.toUpperCase()
  switch (intent.status) {
    case 'requires_confirmation':
      return { kind: 'unconfirmed', id }
    case 'requires_payment_method':
      return intent.last_payment_error === null
        ? { kind: 'unconfirmed', id }
        : declined(id, intent.last_payment_error)
    case 'requires_action': {
      const url = intent.next_action?.redirect_to_url?.url ?? null
      return { kind: 'action-required', id, url, clientSecret: intent.client_secret }
    }
    case 'requires_capture':
      return {
        kind: 'authorised',
        id,
        amountMinor: fromStripe(intent.amount_capturable, currency),
        currency,
      }
    case 'succeeded': {
      const charge = intent.latest_charge
      const refunded = charge === null || typeof charge === 'string' ? 0 : charge.amount_refunded
      return {
        kind: 'captured',
        id,
        amountMinor: fromStripe(intent.amount_received, currency),
        currency,
        refundedMinor: fromStripe(refunded, currency),
      }
    }
    case 'canceled':
      return { kind: 'cancelled', id }
    default:
      return { kind: 'processing', id }
  }
}

type Refusal = {
  readonly code?: string | undefined
  readonly decline_code?: string | undefined
  readonly param?: string | undefined
}

function declined(id: string, error: Refusal): PaymentState {
  const isUnanswered = [error.code, error.decline_code].some((code) => authenticationCodes.has(code ?? ''))
  const because = isUnanswered ? 'authentication' : 'bank'
  return { kind: 'declined', id, because, detail: saying(error) }
}

function saying({ code, decline_code, param }: Refusal): string {
  const parts = [code ?? 'refused', decline_code, param === undefined ? undefined : `at ${param}`]
  return `Stripe: ${parts.filter((part) => part !== undefined).join(', ')}`
}

type Answer<T> =
  | { readonly kind: 'given'; readonly value: T }
  | { readonly kind: 'no'; readonly error: Stripe.errors.StripeError }

/** What Stripe said, a clear no included; everything else leaves the outcome unknown and is thrown. */
async function attempt<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'given', value: await call() }
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const isClear = error.statusCode === 400 || error.statusCode === 402 || error.statusCode === 404
    if (isClear && error.type !== 'StripeRateLimitError') return { kind: 'no', error }
    throw unavailable(error)
  }
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  const answer = await attempt(call)
  if (answer.kind === 'given') return answer.value
  throw unavailable(answer.error)
}

/** Without the error as its cause: that one carries the request's headers. */
function unavailable({ statusCode, code, requestId }: Stripe.errors.StripeError): AppError {
  const answer = statusCode === undefined ? 'no answer' : `status ${statusCode}`
  const parts = [answer, code, requestId].filter((part) => part !== undefined)
  return new AppError(
    'provider-unavailable',
    `Stripe gave no clear answer (${parts.join(', ')}); it is asked again. With status 401 or 403, check the secret key.`,
  )
}

function unreadable(what: string): AppError {
  return new AppError('provider-unavailable', `Stripe answered with ${what}; it is asked again.`)
}

function toStripe(amountMinor: number, currency: string): number {
  return countedInHundredths.has(currency) ? amountMinor * 100 : amountMinor
}

function fromStripe(amount: number, currency: string): number {
  return countedInHundredths.has(currency) ? amount / 100 : amount
}

// What may become of a payment at the local bank. Test methods say how the bank answers: pm_card_ok, pm_card_declined,
// pm_card_3ds (asks the shopper), pm_card_3ds_fails (asks, and every answer is a no), pm_card_capture_declined, pm_no_auth (takes the money
// at once). Any other is not known.

import { type BankAnswer, type Intent, type LocalBank, nextId, type PaymentError } from './bank-state.ts'
import { cardError, chargeBody, intentBody, invalid, refusal, unexpectedState } from './stripe-shapes.ts'

const methods = new Set([
  'pm_card_ok',
  'pm_card_declined',
  'pm_card_3ds',
  'pm_card_3ds_fails',
  'pm_card_capture_declined',
  'pm_no_auth',
])
const AMOUNT_MIN = 30
/** As at Stripe the last of three decimals is 0: https://docs.stripe.com/currencies#three-decimal */
const countedInTens = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])
const AUTHORISATION_LIFE_MS = 7 * 24 * 3_600_000

const bankSaidNo: PaymentError = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
}
const notAuthenticated: PaymentError = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication.',
}
const needsShopper: PaymentError = {
  type: 'card_error',
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

export function createIntent(bank: LocalBank, params: URLSearchParams): BankAnswer {
  const amount = Number(params.get('amount'))
  const currency = params.get('currency') ?? ''
  const customer = params.get('customer') ?? ''
  const method = params.get('payment_method') ?? ''
  if (!Number.isSafeInteger(amount) || amount < AMOUNT_MIN) {
    return invalid('amount_too_small', 'Amount must be at least 30.', 'amount')
  }
  if (!/^[a-z]{3}$/.test(currency))
    return invalid('parameter_invalid_string', 'Invalid currency.', 'currency')
  if (countedInTens.has(currency) && amount % 10 !== 0) {
    return invalid('parameter_invalid_integer', 'The last decimal must be 0.', 'amount')
  }
  if (customer === '') return invalid('parameter_missing', 'Missing customer.', 'customer')
  if (!methods.has(method)) {
    return invalid('resource_missing', 'No such PaymentMethod.', 'payment_method')
  }
  const metadata = Object.fromEntries(
    [...params].flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    }),
  )
  const intent: Intent = {
    ...{ id: nextId(bank, 'pi'), amount, currency, customer, metadata, method },
    captureMethod: params.get('capture_method') ?? 'automatic',
    createdAtMs: bank.clock.nowMs(),
    status: 'requires_confirmation',
    returnUrl: null,
    lastError: null,
    captured: 0,
    refunded: 0,
  }
  bank.intents.set(intent.id, intent)
  return told(bank, intent, params)
}

export function confirmIntent(bank: LocalBank, intent: Intent, params: URLSearchParams): BankAnswer {
  if (intent.status !== 'requires_confirmation') return unexpectedState(bank, intent, 'confirm')
  const isOffSession = params.get('off_session') === 'true'
  const returnUrl = params.get('return_url')
  if (returnUrl !== null && !/^https?:\/\//.test(URL.parse(returnUrl)?.href ?? '')) {
    return invalid('url_invalid', 'Not a valid URL.', 'return_url')
  }
  intent.returnUrl = returnUrl
  switch (intent.method) {
    case 'pm_card_declined':
      return failed(bank, intent, bankSaidNo)
    case 'pm_card_3ds':
    case 'pm_card_3ds_fails':
      if (isOffSession) return failed(bank, intent, needsShopper)
      intent.status = 'requires_action'
      return told(bank, intent, params)
    case 'pm_no_auth':
      takeMoney(bank, intent)
      return told(bank, intent, params)
    default:
      reserve(bank, intent)
      return told(bank, intent, params)
  }
}

/** The shopper answered the bank, or it is the bank's test that answers for them. `false` where nothing was asked. */
export function completeAuthentication(bank: LocalBank, id: string, isApproved: boolean): boolean {
  const intent = bank.intents.get(id)
  if (intent?.status !== 'requires_action') return false
  if (isApproved && intent.method === 'pm_card_3ds') reserve(bank, intent)
  else failed(bank, intent, notAuthenticated)
  return true
}

export function captureIntent(bank: LocalBank, intent: Intent, params: URLSearchParams): BankAnswer {
  expire(bank, intent)
  if (intent.status !== 'requires_capture') return unexpectedState(bank, intent, 'capture')
  if (intent.method === 'pm_card_capture_declined') return failed(bank, intent, bankSaidNo)
  takeMoney(bank, intent)
  return told(bank, intent, params)
}

export function cancelIntent(bank: LocalBank, intent: Intent, params: URLSearchParams): BankAnswer {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    return unexpectedState(bank, intent, 'cancel')
  }
  intent.status = 'canceled'
  announce(bank, 'payment_intent.canceled', intentBody(bank, intent, false))
  return told(bank, intent, params)
}

export function refundIntent(bank: LocalBank, params: URLSearchParams): BankAnswer {
  const intent = bank.intents.get(params.get('payment_intent') ?? '')
  if (intent === undefined) return invalid('resource_missing', 'No such payment_intent.', 'payment_intent')
  if (intent.captured === 0) {
    return invalid('charge_not_refundable', 'This PaymentIntent does not have a successful charge to refund.')
  }
  const left = intent.captured - intent.refunded
  if (left === 0) return invalid('charge_already_refunded', 'Charge has already been refunded.')
  const amount = params.has('amount') ? Number(params.get('amount')) : left
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > left) {
    return invalid('amount_too_large', 'Refund amount is greater than unrefunded amount.', 'amount')
  }
  intent.refunded += amount
  announce(bank, 'charge.refunded', chargeBody(intent))
  const body = { id: nextId(bank, 're'), object: 'refund', amount, currency: intent.currency }
  return { status: 200, body: { ...body, payment_intent: intent.id, status: 'succeeded' } }
}

/** A reservation that nobody took lapses. */
export function expire(bank: LocalBank, intent: Intent): void {
  const isOver = bank.clock.nowMs() - intent.createdAtMs > AUTHORISATION_LIFE_MS
  if (intent.status !== 'requires_capture' || !isOver) return
  intent.status = 'canceled'
  announce(bank, 'payment_intent.canceled', intentBody(bank, intent, false))
}

export function told(bank: LocalBank, intent: Intent, params: URLSearchParams): BankAnswer {
  const isExpanded = [...params].some(
    ([name, value]) => name.startsWith('expand[') && value === 'latest_charge',
  )
  return { status: 200, body: intentBody(bank, intent, isExpanded) }
}

function reserve(bank: LocalBank, intent: Intent): void {
  intent.status = 'requires_capture'
  announce(bank, 'payment_intent.amount_capturable_updated', intentBody(bank, intent, false))
}

function takeMoney(bank: LocalBank, intent: Intent): void {
  intent.status = 'succeeded'
  intent.captured = intent.amount
  const offer = intent.metadata.offer ?? ''
  bank.charges.set(offer, (bank.charges.get(offer) ?? 0) + 1)
  announce(bank, 'payment_intent.succeeded', intentBody(bank, intent, false))
}

/** The intent forgets its method, so that it cannot be confirmed again as it is. */
function failed(bank: LocalBank, intent: Intent, error: PaymentError): BankAnswer {
  intent.status = 'requires_payment_method'
  intent.method = null
  intent.lastError = error
  announce(bank, 'payment_intent.payment_failed', intentBody(bank, intent, false))
  return error.type === 'card_error'
    ? cardError(bank, intent)
    : refusal(400, { ...error, payment_intent: intentBody(bank, intent, false) })
}

function announce(bank: LocalBank, type: string, object: Readonly<Record<string, unknown>>): void {
  bank.onEvent({ id: nextId(bank, 'evt'), type, createdAtMs: bank.clock.nowMs(), object })
}

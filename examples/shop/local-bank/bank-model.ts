// A bank of our own, for the demo and for tests: the part of Stripe's API that one click uses, as plain state. Comes in: a
// request (method, path, form fields, idempotency key). Goes out: status and JSON in Stripe's shapes. It keeps idempotency
// keys for 24 hours by its clock, refuses what Stripe refuses, and moves no money. What a card does is in its id.

export type Intent = {
  readonly id: string
  status:
    | 'requires_confirmation'
    | 'requires_action'
    | 'requires_capture'
    | 'requires_payment_method'
    | 'succeeded'
    | 'canceled'
  readonly amount: number
  readonly currency: string
  readonly paymentMethod: string
  readonly offer: string
  returnUrl: string | null
  refunded: number
  failure: string | null
}

export type Bank = {
  readonly intents: Map<string, Intent>
  /** Successful charges by offer: more than one is a double charge. */
  readonly charges: Map<string, number>
  readonly keys: Map<string, { readonly atMs: number; readonly asked: string; readonly answer: BankAnswer }>
  readonly clock: { nowMs(): number }
  sequence: number
}

export type BankRequest = {
  readonly method: string
  readonly path: string
  readonly fields: URLSearchParams
  readonly key: string | null
}

export type BankAnswer = { readonly status: number; readonly body: unknown }

const KEY_MS = 24 * 3_600_000
const DECLINED = 'pm_card_declined'
const ASKS_BACK = 'pm_card_3ds'
const CAPTURE_FAILS = 'pm_card_capture_declined'
const TAKES_AT_ONCE = 'pm_no_auth'

export function openBank(clock: { nowMs(): number }): Bank {
  return { intents: new Map(), charges: new Map(), keys: new Map(), clock, sequence: 0 }
}

export function askBank(bank: Bank, request: BankRequest): BankAnswer {
  if (request.key === null) return route(bank, request)
  const nowMs = bank.clock.nowMs()
  const known = bank.keys.get(request.key)
  const asked = `${request.path}?${request.fields}`
  if (known !== undefined && nowMs - known.atMs < KEY_MS) {
    if (known.asked === asked) return known.answer
    return failure(400, 'idempotency_error', null, 'The key was used with other parameters.')
  }
  const answer = route(bank, request)
  bank.keys.set(request.key, { atMs: nowMs, asked, answer })
  return answer
}

/** The shopper answered the bank. */
export function authenticate(bank: Bank, id: string, agrees: boolean): Intent | null {
  const intent = bank.intents.get(id)
  if (intent?.status !== 'requires_action') return intent ?? null
  intent.status = agrees ? 'requires_capture' : 'requires_payment_method'
  intent.failure = agrees ? null : 'payment_intent_authentication_failure'
  return intent
}

function route(bank: Bank, { method, path, fields }: BankRequest): BankAnswer {
  if (method === 'POST' && path === '/v1/payment_intents') return create(bank, fields)
  if (method === 'POST' && path === '/v1/refunds') return refund(bank, fields)
  const [, id, action] = /^\/v1\/payment_intents\/([^/]+)(?:\/(confirm|capture|cancel))?$/.exec(path) ?? []
  const intent = bank.intents.get(id ?? '')
  if (intent === undefined)
    return failure(404, 'invalid_request_error', 'resource_missing', 'No such payment.')
  if (action === undefined) return shown(intent)
  if (action === 'confirm') return confirm(bank, intent, fields)
  return action === 'capture' ? capture(bank, intent) : cancel(intent)
}

function create(bank: Bank, fields: URLSearchParams): BankAnswer {
  const amount = Number(fields.get('amount'))
  if (!Number.isInteger(amount) || amount < 1) {
    return failure(400, 'invalid_request_error', 'amount_too_small', 'The amount is too small.')
  }
  bank.sequence += 1
  const intent: Intent = {
    id: `pi_${String(bank.sequence).padStart(6, '0')}`,
    status: 'requires_confirmation',
    amount,
    currency: fields.get('currency') ?? '',
    paymentMethod: fields.get('payment_method') ?? '',
    offer: fields.get('metadata[offer]') ?? '',
    returnUrl: null,
    refunded: 0,
    failure: null,
  }
  bank.intents.set(intent.id, intent)
  return shown(intent)
}

function confirm(bank: Bank, intent: Intent, fields: URLSearchParams): BankAnswer {
  if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method') {
    return unexpected(intent)
  }
  intent.returnUrl = fields.get('return_url')
  switch (intent.paymentMethod) {
    case DECLINED:
      intent.status = 'requires_payment_method'
      intent.failure = 'card_declined'
      return declined(intent)
    case ASKS_BACK:
      if (intent.returnUrl === null) {
        intent.status = 'requires_payment_method'
        intent.failure = 'authentication_required'
        return declined(intent)
      }
      intent.status = 'requires_action'
      return shown(intent)
    case TAKES_AT_ONCE:
      take(bank, intent)
      return shown(intent)
    default:
      intent.status = 'requires_capture'
      return shown(intent)
  }
}

function capture(bank: Bank, intent: Intent): BankAnswer {
  if (intent.status !== 'requires_capture') return unexpected(intent)
  if (intent.paymentMethod === CAPTURE_FAILS) {
    intent.status = 'canceled'
    return failure(402, 'card_error', 'capture_charge_authorization_expired', 'The reservation has expired.')
  }
  take(bank, intent)
  return shown(intent)
}

function take(bank: Bank, intent: Intent): void {
  intent.status = 'succeeded'
  bank.charges.set(intent.offer, (bank.charges.get(intent.offer) ?? 0) + 1)
}

function cancel(intent: Intent): BankAnswer {
  if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent)
  intent.status = 'canceled'
  return shown(intent)
}

function refund(bank: Bank, fields: URLSearchParams): BankAnswer {
  const intent = bank.intents.get(fields.get('payment_intent') ?? '')
  const amount = Number(fields.get('amount') ?? (intent === undefined ? 0 : intent.amount - intent.refunded))
  if (intent?.status !== 'succeeded' || amount < 1 || intent.refunded + amount > intent.amount) {
    return failure(400, 'invalid_request_error', 'charge_already_refunded', 'Nothing is left to give back.')
  }
  intent.refunded += amount
  return {
    status: 200,
    body: { id: `re_${intent.id}`, object: 'refund', amount, payment_intent: intent.id, status: 'succeeded' },
  }
}

function shown(intent: Intent): BankAnswer {
  return { status: 200, body: intentJson(intent) }
}

function intentJson(intent: Intent): object {
  const isTaken = intent.status === 'succeeded'
  const back = encodeURIComponent(intent.returnUrl ?? '')
  return {
    id: intent.id,
    object: 'payment_intent',
    status: intent.status,
    amount: intent.amount,
    amount_capturable: intent.status === 'requires_capture' ? intent.amount : 0,
    amount_received: isTaken ? intent.amount : 0,
    currency: intent.currency,
    client_secret: `${intent.id}_secret_example`,
    latest_charge: isTaken
      ? { id: `ch_${intent.id}`, object: 'charge', amount_refunded: intent.refunded }
      : null,
    last_payment_error: intent.failure === null ? null : { type: 'card_error', code: intent.failure },
    next_action:
      intent.status === 'requires_action'
        ? {
            type: 'redirect_to_url',
            redirect_to_url: { url: `/bank/authenticate/${intent.id}?return=${back}` },
          }
        : null,
    metadata: { offer: intent.offer },
  }
}

function unexpected(intent: Intent): BankAnswer {
  return failure(
    400,
    'invalid_request_error',
    'payment_intent_unexpected_state',
    `It is ${intent.status}.`,
    intent,
  )
}

function declined(intent: Intent): BankAnswer {
  return failure(402, 'card_error', intent.failure, 'The card was declined.', intent)
}

function failure(
  status: number,
  type: string,
  code: string | null,
  message: string,
  intent: Intent | null = null,
): BankAnswer {
  const about = intent === null ? {} : { payment_intent: intentJson(intent) }
  return { status, body: { error: { type, ...(code === null ? {} : { code }), message, ...about } } }
}

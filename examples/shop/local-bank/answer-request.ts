// One request to the local bank → its answer, as Stripe gives it: keys are kept for 24 hours, the same key with the same
// parameters gets the same answer, with others an error. A request that comes late takes effect when its time has come.

import { type BankAnswer, type BankRequest, KEY_LIFE_MS, type LocalBank } from './bank-state.ts'
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  expire,
  refundIntent,
  told,
} from './intent-rules.ts'
import { invalid, refusal } from './stripe-shapes.ts'

/** `null`: nobody will ever hear of it. */
export function answerRequest(bank: LocalBank, request: BankRequest): BankAnswer | null {
  deliverLate(bank)
  const fault = bank.faults(request)
  switch (fault?.kind) {
    case undefined:
      return take(bank, request)
    case 'lost-request':
      return null
    case 'late-request':
      bank.underway.push({ request, atMs: bank.clock.nowMs() + fault.byMs })
      return null
    case 'lost-answer':
      take(bank, request)
      return null
    case 'answer': {
      const answer = refusal(fault.status, { type: 'api_error', message: 'Something went wrong.' })
      if (fault.status === 500) keep(bank, request, answer)
      return answer
    }
  }
}

/** Requests on their way that have arrived by now, in the order of their arrival. */
export function deliverLate(bank: LocalBank): void {
  const nowMs = bank.clock.nowMs()
  const arrived = bank.underway.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)
  for (const late of arrived) {
    bank.underway.splice(bank.underway.indexOf(late), 1)
    take(bank, late.request)
  }
}

function take(bank: LocalBank, request: BankRequest): BankAnswer {
  if (request.authorization !== `Bearer ${bank.secretKey}`) {
    return refusal(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' })
  }
  const known = keptAnswer(bank, request)
  if (known !== null) return known
  const answer = route(bank, request)
  // What failed validation was never begun, so its key is free again.
  const wasBegun = answer.status === 200 || answer.status === 402 || request.path.split('/').length > 4
  if (wasBegun) keep(bank, request, answer)
  return answer
}

function keptAnswer(bank: LocalBank, request: BankRequest): BankAnswer | null {
  prune(bank)
  const kept = bank.kept.get(request.idempotencyKey ?? '')
  if (kept === undefined) return null
  if (kept.request === fingerprint(request)) return kept.answer
  return refusal(400, {
    type: 'idempotency_error',
    message: 'Keys for idempotent requests can only be used with the same parameters.',
  })
}

/** The map is in the order in which answers were kept. */
function prune({ kept, clock }: LocalBank): void {
  for (const [key, { atMs }] of kept) {
    if (clock.nowMs() - atMs < KEY_LIFE_MS) return
    kept.delete(key)
  }
}

function keep(bank: LocalBank, request: BankRequest, answer: BankAnswer): void {
  if (request.method !== 'POST' || request.idempotencyKey === null) return
  const atMs = bank.clock.nowMs()
  bank.kept.set(request.idempotencyKey, { request: fingerprint(request), answer, atMs })
}

function fingerprint({ method, path, params }: BankRequest): string {
  const sorted = [...params].map(([name, value]) => `${name}=${value}`).sort()
  return `${method} ${path} ${sorted.join('&')}`
}

function route(bank: LocalBank, { method, path, params }: BankRequest): BankAnswer {
  if (method === 'POST' && path === '/v1/payment_intents') return createIntent(bank, params)
  if (method === 'POST' && path === '/v1/refunds') return refundIntent(bank, params)
  const [, id, verb] = /^\/v1\/payment_intents\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? []
  const intent = bank.intents.get(id ?? '')
  if (intent === undefined) return invalid('resource_missing', 'No such payment_intent.', 'intent')
  if (method === 'GET' && verb === undefined) {
    expire(bank, intent)
    return told(bank, intent, params)
  }
  if (method === 'POST' && verb === 'confirm') return confirmIntent(bank, intent, params)
  if (method === 'POST' && verb === 'capture') return captureIntent(bank, intent, params)
  if (method === 'POST' && verb === 'cancel') return cancelIntent(bank, intent, params)
  return invalid('resource_missing', 'Unrecognized request URL.')
}

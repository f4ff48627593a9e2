// What the local bank says, in the shapes of Stripe's API: an intent, its charge, a refund, an error.

import type { BankAnswer, Intent, LocalBank } from './bank-state.ts'

export function intentBody(bank: LocalBank, intent: Intent, isExpanded: boolean): Record<string, unknown> {
  const chargeId = chargeIdOf(intent)
  const needsAction = intent.status === 'requires_action'
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_capturable: intent.status === 'requires_capture' ? intent.amount : 0,
    amount_received: intent.captured,
    capture_method: intent.captureMethod,
    client_secret: `${intent.id}_secret_local`,
    created: Math.floor(intent.createdAtMs / 1000),
    currency: intent.currency,
    customer: intent.customer,
    last_payment_error: intent.lastError,
    latest_charge: chargeId === null || !isExpanded ? chargeId : chargeBody(intent),
    livemode: false,
    metadata: intent.metadata,
    next_action: needsAction
      ? {
          type: 'redirect_to_url',
          redirect_to_url: { url: `${bank.pagesAt}/authenticate/${intent.id}`, return_url: intent.returnUrl },
        }
      : null,
    payment_method: intent.method,
    status: intent.status,
  }
}

export function chargeBody(intent: Intent): Record<string, unknown> {
  return {
    id: chargeIdOf(intent),
    object: 'charge',
    amount: intent.amount,
    amount_captured: intent.captured,
    amount_refunded: intent.refunded,
    captured: intent.captured > 0,
    currency: intent.currency,
    payment_intent: intent.id,
    refunded: intent.captured > 0 && intent.refunded === intent.captured,
  }
}

function chargeIdOf(intent: Intent): string | null {
  const reachedBank = intent.status === 'requires_capture' || intent.status === 'succeeded'
  return reachedBank ? `ch_${intent.id.slice(3)}` : null
}

export function refusal(status: number, error: Readonly<Record<string, unknown>>): BankAnswer {
  return { status, body: { error } }
}

export function invalid(code: string, message: string, param?: string): BankAnswer {
  return refusal(code === 'resource_missing' ? 404 : 400, {
    ...{ type: 'invalid_request_error', code, message },
    ...(param === undefined ? {} : { param }),
  })
}

/** Where the intent stands is part of the error, as Stripe sends it. */
export function unexpectedState(bank: LocalBank, intent: Intent, verb: string): BankAnswer {
  return refusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intentBody(bank, intent, false),
  })
}

export function cardError(bank: LocalBank, intent: Intent): BankAnswer {
  return refusal(402, { ...intent.lastError, payment_intent: intentBody(bank, intent, false) })
}

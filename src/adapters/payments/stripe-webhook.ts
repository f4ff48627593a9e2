// Messages of Stripe: the signature over the raw body is checked by the SDK, with either of two secrets while one is rotated,
// within five minutes of the injected now. A right one says which payment to read again; its contents are not believed.

import Stripe from 'stripe'
import type { WebhookReader } from '../../ports/webhooks.ts'

const TOLERANCE_SECONDS = 300

export function readStripeWebhook(secrets: readonly string[]): WebhookReader {
  return (body, headers, nowMs) => {
    const signature = headers.get('stripe-signature') ?? ''
    for (const secret of secrets) {
      const event = open(body, signature, secret, nowMs)
      if (event === null) continue
      const subject = paymentOf(event)
      return subject === null
        ? { kind: 'ignored' }
        : { kind: 'look-at', eventId: event.id, topic: 'payment', subject }
    }
    return { kind: 'forged' }
  }
}

function open(body: string, signature: string, secret: string, nowMs: number): Stripe.Event | null {
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, nowMs)
  } catch {
    return null
  }
}

function paymentOf({ data }: Stripe.Event): string | null {
  const about: { readonly object?: unknown; readonly id?: unknown; readonly payment_intent?: unknown } =
    data.object as object
  if (about.object === 'payment_intent' && typeof about.id === 'string') return about.id
  return typeof about.payment_intent === 'string' ? about.payment_intent : null
}

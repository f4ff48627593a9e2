// Messages of Stripe. Comes in: one or two secrets (two while one is being replaced), then the raw body, the headers, now.
// Goes out: which payment to read again, or that it is nothing of ours, or that it is forged. Only its id is taken from a
// message; what it says of the payment is not believed.

import { Stripe } from 'stripe'
import { z } from 'zod'
import type { WebhookReader } from '../../ports/webhooks.ts'
import { readJson } from '../json-text.ts'

const TOLERANCE_SECONDS = 300
const HEADER_LENGTH_MAX = 4_000
const webhooks = new Stripe('not-used').webhooks

const eventShape = z.object({
  id: z.string().min(1).max(255),
  type: z.string(),
  data: z.object({
    object: z.object({
      id: z.string().max(255),
      object: z.string(),
      payment_intent: z.string().max(255).nullish(),
    }),
  }),
})

export function openStripeWebhooks(
  secrets: readonly [string] | readonly [current: string, previous: string],
): WebhookReader {
  return (body, headers, nowMs) => {
    const header = headers.get('stripe-signature') ?? ''
    if (!secrets.some((secret) => isSigned(body, header, secret, nowMs))) return { kind: 'forged' }
    const event = eventShape.safeParse(readJson(body)).data
    if (event === undefined) return { kind: 'ignored' }
    const { object } = event.data
    const subject = object.object === 'payment_intent' ? object.id : object.payment_intent
    if (subject === null || subject === undefined) return { kind: 'ignored' }
    return { kind: 'look-at', eventId: event.id, topic: 'payment', subject }
  }
}

function isSigned(body: string, header: string, secret: string, nowMs: number): boolean {
  if (body === '' || header.length > HEADER_LENGTH_MAX || webhooks.signature === null) return false
  // The SDK refuses what is too old; what comes from the future is refused here.
  const signedAt = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1] ?? Number.NaN)
  if (!(signedAt - nowMs / 1000 <= TOLERANCE_SECONDS)) return false
  try {
    return webhooks.signature.verifyHeader(body, header, secret, TOLERANCE_SECONDS, undefined, nowMs)
  } catch {
    return false
  }
}

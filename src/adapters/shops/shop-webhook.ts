// Messages of the shop's own back end. Comes in: one or two keys (two while one is being replaced), then the raw body, the
// headers, now. Goes out: which order or payment to look at again, or that it is nothing of ours, or forged.

import { z } from 'zod'
import type { WebhookReader } from '../../ports/webhooks.ts'
import { readJson } from '../json-text.ts'
import { readSigningKey, verifyMessage } from '../signing/standard-webhooks.ts'

const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('order.cancelled'), orderId: z.string().min(1).max(200) }),
  z.object({ type: z.literal('payment.changed'), paymentId: z.string().min(1).max(255) }),
])

export function openShopWebhooks(
  secrets: readonly [string] | readonly [current: string, previous: string],
): WebhookReader {
  const keys = secrets.map(readSigningKey)
  return (body, headers, nowMs) => {
    const eventId = verifyMessage(keys, body, headers, nowMs)
    if (eventId === null) return { kind: 'forged' }
    const message = shape.safeParse(readJson(body)).data
    switch (message?.type) {
      case undefined:
        return { kind: 'ignored' }
      case 'order.cancelled':
        return { kind: 'look-at', eventId, topic: 'order', subject: message.orderId }
      case 'payment.changed':
        return { kind: 'look-at', eventId, topic: 'payment', subject: message.paymentId }
    }
  }
}

// An event of the local bank as Stripe would send it: the body and its `Stripe-Signature`.

import { createHmac } from 'node:crypto'
import type { BankEvent } from './bank-state.ts'

export function signEvent(
  event: BankEvent,
  secret: string,
  nowMs: number,
): { readonly body: string; readonly signature: string } {
  const { id, type, createdAtMs, object } = event
  const created = Math.floor(createdAtMs / 1000)
  const body = JSON.stringify({ id, object: 'event', type, created, livemode: false, data: { object } })
  const sentAt = Math.floor(nowMs / 1000)
  const mac = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')
  return { body, signature: `t=${sentAt},v1=${mac}` }
}

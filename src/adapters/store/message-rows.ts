// A message as a row and back, and the one rule of when a worker is to look at it.

import {
  finalMessageStates,
  type Message,
  type MessageState,
  messageClasses,
  openMessageStates,
} from '../../domain/message.ts'
import { damaged, readJson, requireStorableKey } from './stored-json.ts'
import type { MessageRow } from './tables.ts'

export const messageStates: readonly MessageState[] = [...openMessageStates, ...finalMessageStates]

export function toMessageRow(message: Message): MessageRow {
  requireStorableKey(message.id, 'message id')
  requireStorableKey(message.orderId, 'order id')
  requireStorableKey(message.recipientHash, 'recipient of the message')
  const lookAtMs = isOpen(message) ? lookAtOf(message) : null
  return {
    id: message.id,
    order_id: message.orderId,
    flow: message.flow,
    step: message.step,
    medium: message.medium,
    recipient_hash: message.recipientHash,
    state: message.state,
    version: message.version,
    scheduled_at_ms: message.scheduledAtMs,
    due_at_ms: message.dueAtMs,
    last_useful_at_ms: message.lastUsefulAtMs,
    lease_until_ms: message.leaseUntilMs,
    attempts: message.attempts,
    claimed_at_ms: message.claimedAtMs,
    settled_at_ms: message.settledAtMs,
    class: message.class,
    reason: message.reason,
    shown: JSON.stringify(message.shown),
    channel: message.channel,
    provider_ref: message.providerRef,
    look_at_ms: lookAtMs,
    listed_at_ms: message.settledAtMs ?? lookAtMs ?? message.scheduledAtMs,
  }
}

function isOpen({ state }: Message): boolean {
  return openMessageStates.some((open) => open === state)
}

/** Of an open message; a reservation moves the column on, and this stays. */
export function lookAtOf(message: Message): number {
  return message.state === 'claimed' ? message.leaseUntilMs : (message.dueAtMs ?? message.scheduledAtMs)
}

export function readMessage(row: MessageRow): Message {
  const shown = readJson(row.shown, `message ${row.id}`)
  const isKnown =
    messageStates.includes(row.state) &&
    (row.class === null || messageClasses.includes(row.class)) &&
    (row.medium === 'email' || row.medium === 'sms')
  if (!isKnown || !isShown(shown)) throw damaged(`message ${row.id}`)
  return {
    id: row.id,
    orderId: row.order_id,
    flow: row.flow,
    step: row.step,
    medium: row.medium,
    recipientHash: row.recipient_hash,
    state: row.state,
    version: row.version,
    scheduledAtMs: row.scheduled_at_ms,
    dueAtMs: row.due_at_ms,
    lastUsefulAtMs: row.last_useful_at_ms,
    leaseUntilMs: row.lease_until_ms,
    attempts: row.attempts,
    claimedAtMs: row.claimed_at_ms,
    settledAtMs: row.settled_at_ms,
    class: row.class,
    reason: row.reason,
    shown,
    channel: row.channel,
    providerRef: row.provider_ref,
  }
}

function isShown(value: unknown): value is Message['shown'] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        'product' in one &&
        typeof one.product === 'string' &&
        'url' in one &&
        (one.url === null || typeof one.url === 'string'),
    )
  )
}

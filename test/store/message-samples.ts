// A message, a recipient, a consent and entries of the ledger about a message, for tests of the store.

import type { ConsentEvent } from '../../src/domain/consent.ts'
import type { LedgerEntry, LedgerKind } from '../../src/domain/ledger.ts'
import type { Message } from '../../src/domain/message.ts'
import type { StoredRecipient } from '../../src/ports/message-store.ts'

export function aMessage(more: Partial<Message> = {}): Message {
  return {
    ...{ id: 'message', orderId: 'order', flow: 'refill', step: 0, medium: 'email', recipientHash: 'ann' },
    ...{ state: 'scheduled', version: 1, scheduledAtMs: 0, dueAtMs: 10, lastUsefulAtMs: 1_000_000 },
    ...{ leaseUntilMs: 0, attempts: 0, claimedAtMs: null, settledAtMs: null },
    ...{ class: null, reason: null, shown: [], channel: null, providerRef: null },
    ...more,
  }
}

/** As a worker claims it. */
export function claimOf(message: Message, atMs: number, more: Partial<Message> = {}): Message {
  return {
    ...message,
    ...{ state: 'claimed', version: message.version + 1, attempts: message.attempts + 1 },
    ...{ claimedAtMs: atMs, leaseUntilMs: atMs + 60_000, class: 'marketing_email', channel: 'smtp' },
    shown: [{ product: 'beans', url: 'https://shop.example/beans' }],
    ...more,
  }
}

export function settledFrom(
  message: Message,
  atMs: number,
  state: 'sent' | 'rejected' | 'ambiguous' = 'sent',
): Message {
  return { ...message, state, version: message.version + 1, dueAtMs: null, settledAtMs: atMs }
}

export function entryOn(message: Message, kind: LedgerKind, more: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    ...{ key: `${message.id}:${kind}`, kind, atMs: 0, offerId: message.id, orderId: message.orderId },
    ...{ product: 'beans', placement: 'follow-up', amountMinor: 0, currency: 'GBP', detail: null },
    ...{ anchor: null, relation: null },
    ...more,
  }
}

export function aRecipient(more: Partial<StoredRecipient> = {}): StoredRecipient {
  return {
    ...{ emailHash: 'ann', phoneHash: 'ann-phone', country: 'US', region: 'FL', locale: 'en-US' },
    ...{ timeZones: ['America/New_York', 'America/Chicago'], sealed: 'v1.key.bytes' },
    ...more,
  }
}

export function aConsent(more: Partial<ConsentEvent> = {}): ConsentEvent {
  return {
    ...{ key: 'consent', recipientHash: 'ann', medium: 'email', given: true, basis: 'express' },
    ...{ softOptIn: null, inWriting: false, legalEntity: 'Shop & Söhne', noticeVersion: 'v"1"' },
    ...{ source: 'checkout', atMs: 5 },
    ...more,
  }
}

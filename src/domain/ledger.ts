// The ledger: what happened to offers and messages, append-only, the one truth for every later figure. Money stands in minor units of
// the order's currency, with a sign: charged adds, refunded takes away. The sum of an order's money entries equals what
// its add-on lines cost, to the cent.

import type { OfferedRelation } from './pairing.ts'

export const ledgerKinds = [
  'offer-issued',
  'exposed',
  'accepted',
  'charged',
  'line-added',
  'line-removed',
  'completed',
  'declined',
  'undone',
  'refunded',
  'unpaid',
  'not-charged',
  'needs-attention',
  // Of messages: `offerId` holds the message's id, and no money moves.
  'message-sent',
  'clicked',
  'unsubscribed',
  'bounced',
  'complained',
] as const
export type LedgerKind = (typeof ledgerKinds)[number]

export type LedgerEntry = {
  /** Once and never again: the same key is written once, however often it is said. */
  readonly key: string
  readonly kind: LedgerKind
  readonly atMs: number
  readonly offerId: string
  readonly orderId: string
  readonly product: string
  readonly placement: string
  /** The pairing that it is about; `null` where there is none. */
  readonly anchor: string | null
  readonly relation: OfferedRelation | null
  /** Signed; 0 where no money moved. */
  readonly amountMinor: number
  readonly currency: string
  readonly detail: string | null
}

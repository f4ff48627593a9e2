// What the ledger says of messages: an entry holds the message's id where an offer's would stand, and no money moves.

import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import { CONFIRMATION_FLOW, type Message } from '../domain/message.ts'
import type { Order } from '../domain/order.ts'
import type { OfferedRelation } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'

export function messageEntry(
  kind: LedgerKind,
  message: Pick<Message, 'id' | 'orderId' | 'flow'>,
  order: Pick<Order, 'currency'> | null,
  what: {
    readonly key: string
    readonly atMs: number
    readonly product?: string
    /** What brought the product. */
    readonly pairing?: { readonly anchor: string; readonly relation: OfferedRelation }
    readonly detail?: string | null
  },
): LedgerEntry {
  return {
    key: what.key,
    kind,
    atMs: what.atMs,
    offerId: message.id,
    orderId: message.orderId,
    product: what.product ?? '',
    placement: placementOf(message),
    anchor: what.pairing?.anchor ?? null,
    relation: what.pairing?.relation ?? null,
    amountMinor: 0,
    currency: order?.currency ?? '',
    detail: what.detail ?? null,
  }
}

export function placementOf({ flow }: Pick<Message, 'flow'>): Placement {
  return flow === CONFIRMATION_FLOW ? 'confirmation-email' : 'follow-up'
}

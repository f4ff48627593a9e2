// What became of an offer → the one state that a shopper is shown, and the HTTP status that goes with it. Pure.

import type { Acceptance, AcceptanceReason } from '../domain/acceptance.ts'
import type { ViewState } from '../domain/offer-view.ts'
import type { OfferAnswer } from './answer-offer.ts'
import { PATIENCE_MS } from './patience.ts'

export function viewState(
  { offer, acceptance, replacement }: Pick<OfferAnswer, 'offer' | 'acceptance' | 'replacement'>,
  nowMs: number,
): ViewState {
  if (acceptance !== null) return stateOf(acceptance, nowMs)
  if (replacement !== null) return 'price-changed'
  if (offer.dismissedAtMs !== null) return 'dismissed'
  return nowMs >= offer.expiresAtMs ? 'expired' : 'open'
}

function stateOf(row: Acceptance, nowMs: number): ViewState {
  switch (row.state) {
    case 'completed':
      return 'added'
    case 'declined':
      return row.reason === 'authentication-failed' ? 'not-confirmed' : 'declined'
    // Money that was taken goes back in both: the shopper reads the same.
    case 'undone':
    case 'refunded':
    case 'reversed':
      return 'undone'
    case 'rejected':
    case 'void':
    case 'expired':
      return byReason(row.reason)
    case 'action-required':
      return 'action-required'
    case 'needs-attention':
      return 'pending'
    default:
      if (row.goal === 'undone') return 'undoing'
      return row.goal !== null || nowMs - row.acceptedAtMs >= PATIENCE_MS ? 'pending' : 'accepting'
  }
}

function byReason(reason: AcceptanceReason | null): ViewState {
  switch (reason) {
    case 'sold-out':
    case 'price-changed':
      return reason
    case 'order-closed':
    case 'order-cancelled':
      return 'order-closed'
    default:
      return 'not-charged'
  }
}

const statuses = {
  open: 200,
  added: 200,
  undone: 200,
  dismissed: 200,
  accepting: 202,
  pending: 202,
  undoing: 202,
  'action-required': 202,
  declined: 402,
  'not-confirmed': 402,
  'price-changed': 409,
  'sold-out': 410,
  expired: 410,
  'order-closed': 410,
  'not-charged': 410,
} as const satisfies Record<ViewState, number>

/** What a click is answered with; looking at an offer is 200 whatever became of it. */
export function statusOf(state: ViewState): (typeof statuses)[ViewState] {
  return statuses[state]
}

// What the ledger notes of an offer. Comes in: the offer's terms, what happened, when. Goes out: an entry without money, whose
// key makes it happen once: once for each kind, or for each `occasion` of it.

import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import type { OfferTerms } from './offer-terms.ts'

export function offerEntry(
  offer: OfferTerms,
  kind: LedgerKind,
  atMs: number,
  detail: string | null = null,
  occasion: string | number = '',
): LedgerEntry {
  return {
    key: `${offer.id}:${kind}:${occasion}`,
    ...{ kind, atMs, offerId: offer.id, orderId: offer.orderId },
    ...{ product: offer.product, placement: offer.placement },
    ...{ anchor: offer.anchor, relation: offer.relation },
    ...{ amountMinor: 0, currency: offer.quote.currency, detail },
  }
}

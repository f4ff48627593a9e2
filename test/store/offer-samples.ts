// An offer, its first acceptance row and entries of the ledger, for tests of the store.

import type { Acceptance } from '../../src/domain/acceptance.ts'
import type { LedgerEntry, LedgerKind } from '../../src/domain/ledger.ts'
import type { Offer } from '../../src/domain/offer.ts'

export function anOffer(more: Partial<Offer> = {}): Offer {
  return {
    ...{ id: 'offer', orderId: 'order', placement: 'thank-you', product: 'cleaner', title: 'Cleaner' },
    ...{ imageUrl: null, url: 'https://shop.example/cleaner', anchor: 'machine', anchorTitle: 'Machine' },
    ...{ relation: 'complete', need: 'Keeps it clean.', merchantOfRecord: 'Shop Ltd', consentVersion: 'v1' },
    quote: {
      ...{ currency: 'GBP', unitPriceMinor: 1_400, quantity: 1, taxMinor: 233, taxIncluded: true },
      ...{ deliveryMinor: 0, totalMinor: 1_400 },
    },
    oneClick: { allowed: true, expiresAtMs: 1_800_000, maxAmountMinor: null },
    ...{ cartUrl: 'https://shop.example/cart?add=cleaner', issuedAtMs: 0, expiresAtMs: 1_800_000 },
    replaces: null,
    ...more,
  }
}

export function firstAcceptance(offer: Offer): Acceptance {
  return {
    ...{ offerId: offer.id, orderId: offer.orderId },
    ...{ amountMinor: offer.quote.totalMinor, currency: offer.quote.currency },
    ...{ state: 'new', goal: null, reason: null, paymentId: null, action: null },
    consentVersion: offer.consentVersion,
    ...{ capturedMinor: 0, refundedMinor: 0, hasLine: false },
    ...{ version: 1, leaseUntilMs: 0, dueAtMs: 0, tries: 0, auditsLeft: 0 },
    ...{ acceptedAtMs: 0, finishedAtMs: null },
  }
}

export function entryOf(offer: Offer, kind: LedgerKind, more: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    ...{ key: `${offer.id}:${kind}`, kind, atMs: offer.issuedAtMs, offerId: offer.id },
    ...{ orderId: offer.orderId, product: offer.product, placement: offer.placement },
    ...{ amountMinor: 0, currency: offer.quote.currency, detail: null },
    ...{ anchor: null, relation: null },
    ...more,
  }
}

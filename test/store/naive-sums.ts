// Figures as one would add them up by hand, entry by entry: what the store's sums must equal.

import type { LedgerEntry } from '../../src/domain/ledger.ts'
import type { Placement } from '../../src/domain/placement.ts'
import type { OfferSums, OfferSumsOfPeriod } from '../../src/ports/measure-store.ts'

const offerKinds = new Set<LedgerEntry['kind']>([
  ...(['offer-issued', 'exposed', 'accepted', 'completed', 'declined'] as const),
  ...(['undone', 'unpaid', 'charged', 'refunded'] as const),
])

export function naiveSums(read: readonly LedgerEntry[], currency: string): OfferSumsOfPeriod {
  const ofOffers = read.filter((entry) => offerKinds.has(entry.kind))
  const entries = ofOffers.filter((entry) => entry.currency === currency)
  const by = <K>(keyOf: (entry: LedgerEntry) => K | null) => {
    const groups = Map.groupBy(entries, (entry) => JSON.stringify(keyOf(entry)))
    return [...groups].flatMap(([text, group]) => {
      const key = JSON.parse(text) as K | null
      return key === null ? [] : [{ ...sumOf(group), ...key }]
    })
  }
  return {
    total: sumOf(entries),
    placements: by(({ placement }) => ({ placement: placement as Placement })),
    relations: by(({ relation }) => (relation === null ? null : { relation })),
    pairings: by(({ placement, relation, anchor, product }) =>
      relation === null || anchor === null
        ? null
        : { placement: placement as Placement, relation, anchor, product },
    ),
    otherCurrencyEntries: ofOffers.length - entries.length,
  }
}

function sumOf(entries: readonly LedgerEntry[]): OfferSums {
  const orders = (kind: LedgerEntry['kind']) =>
    new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.orderId)).size
  const offers = (kind: LedgerEntry['kind'], detail?: string) =>
    new Set(
      entries
        .filter((entry) => entry.kind === kind && (detail === undefined || entry.detail === detail))
        .map((entry) => entry.offerId),
    ).size
  const money = (kind: LedgerEntry['kind']) =>
    entries.reduce((sum, entry) => sum + (entry.kind === kind ? entry.amountMinor : 0), 0)
  return {
    ordersOffered: orders('offer-issued'),
    ordersExposed: orders('exposed'),
    accepted: offers('accepted'),
    completed: offers('completed'),
    dismissed: offers('declined', 'by-shopper'),
    undone: offers('undone'),
    unpaid: offers('unpaid'),
    refunded: offers('refunded'),
    chargedMinor: money('charged'),
    returnedMinor: 0 - money('refunded'),
  }
}

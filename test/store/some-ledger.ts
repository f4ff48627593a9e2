// Random ledgers over twenty days: a few orders with a few offers each, in any sequence, with what is rare: two currencies,
// entries of before pairings were kept, refunds in parts, lines that were sent unpaid twice, messages between.

import fc from 'fast-check'
import type { LedgerEntry, LedgerKind } from '../../src/domain/ledger.ts'

const kinds: readonly LedgerKind[] = [
  ...(['offer-issued', 'exposed', 'accepted', 'charged', 'line-added', 'completed', 'declined'] as const),
  ...(['undone', 'refunded', 'unpaid', 'not-charged', 'message-sent', 'clicked'] as const),
]
const DAY_MS = 86_400_000

export const someLedger: fc.Arbitrary<LedgerEntry[]> = fc
  .array(
    fc.record({
      order: fc.nat(7),
      offer: fc.nat(2),
      kind: fc.constantFrom(...kinds),
      atMs: fc.nat(20 * DAY_MS - 1),
      amountMinor: fc.integer({ min: 1, max: 99_999 }),
      isByShopper: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((drawn) =>
    drawn.map(({ order, offer, kind, atMs, amountMinor, isByShopper }, place): LedgerEntry => {
      const which = order * 3 + offer
      const signed = kind === 'charged' ? amountMinor : kind === 'refunded' ? -amountMinor : 0
      const isOfBefore = which % 7 === 6
      return {
        ...{ key: `${place}`, kind, atMs, offerId: `offer-${which}`, orderId: `order-${order}` },
        product: `sku-${which % 3}`,
        placement: (['thank-you', 'confirmation-email', 'follow-up'] as const)[which % 3] ?? 'thank-you',
        anchor: isOfBefore ? null : `sku-${(which % 2) + 3}`,
        relation: isOfBefore ? null : ((['complete', 'refill', 'extend'] as const)[which % 3] ?? null),
        amountMinor: signed,
        currency: order === 7 ? 'EUR' : 'GBP',
        detail: kind === 'declined' && isByShopper ? 'by-shopper' : null,
      }
    }),
  )

// E of NEXT, earn the yes: an add-on is an easy yes when it costs well less than what was just bought. Its price may
// be at most the larger of a share of the anchor's unit price and a share of the order's subtotal, and must stay
// below the subtotal. A $14 add-on on a $40 order passes, a $90 one does not. Only the price of one unit is judged.

import { formatMoney } from '../domain/money.ts'
import type { PriceCeiling, Settings } from '../domain/settings.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'

/** The most that one unit of an add-on may cost, in minor units; the add-on's price must not exceed it. */
export function priceCeilingMinor(
  anchorUnitPriceMinor: number,
  orderSubtotalMinor: number,
  ceiling: PriceCeiling,
): number {
  const byAnchor = Math.floor(anchorUnitPriceMinor * ceiling.anchorShare)
  const bySubtotal = Math.floor(orderSubtotalMinor * ceiling.subtotalShare)
  return Math.min(Math.max(byAnchor, bySubtotal), orderSubtotalMinor - 1)
}

/** The ceiling of a category of add-ons; capitals do not count. */
export function openCeilings({
  priceCeiling,
  priceCeilingByCategory,
}: Pick<Settings, 'priceCeiling' | 'priceCeilingByCategory'>): (category: string | null) => PriceCeiling {
  const byCategory = new Map(
    Object.entries(priceCeilingByCategory).map(([category, ceiling]) => [category.toLowerCase(), ceiling]),
  )
  return (category) => byCategory.get(category?.toLowerCase() ?? '') ?? priceCeiling
}

export function earnYes(
  candidates: readonly Candidate[],
  order: {
    readonly subtotalMinor: number
    readonly currency: string
    readonly unitPriceMinor: ReadonlyMap<string, number>
  },
  settings: Pick<Settings, 'priceCeiling' | 'priceCeilingByCategory'>,
): Sifted {
  const ceilingOf = openCeilings(settings)
  return sift(candidates, ({ product, anchor, relation }) => {
    const price = product.priceMinor
    if (price === null) return { rule: 'not-buyable', detail: 'its price is not known' }
    // A refill repeats a purchase that the customer has already judged: only the subtotal bounds it.
    const most =
      relation === 'refill'
        ? order.subtotalMinor
        : priceCeilingMinor(
            order.unitPriceMinor.get(anchor.id) ?? anchor.priceMinor ?? 0,
            order.subtotalMinor,
            ceilingOf(product.category),
          )
    if (price <= most) return null
    const shown = (amountMinor: number): string => formatMoney({ amountMinor, currency: order.currency })
    return {
      rule: 'over-price-ceiling',
      detail: `${shown(price)} is over the ceiling of ${shown(Math.max(0, most))} for this order`,
    }
  })
}

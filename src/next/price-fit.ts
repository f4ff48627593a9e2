// From which order on does the price ceiling (earn-yes.ts) let an add-on pass? Comes in: the prices of anchor and add-on,
// the ceilings. Goes out: any order with the anchor, only orders from an amount on, or none; for people who look at a
// pairing, not for a decision, which asks the ceiling itself.

import type { PlanProduct } from '../domain/plan.ts'
import type { PriceCeiling, Settings } from '../domain/settings.ts'
import { openCeilings, priceCeilingMinor } from './earn-yes.ts'

export type PriceFit =
  | { readonly fits: 'any-order' | 'no-order'; readonly fromMinor: null }
  /** `fromMinor`: the smallest subtotal of an order with which it passes. */
  | { readonly fits: 'larger-orders'; readonly fromMinor: number }

type Ceilings = Pick<Settings, 'priceCeiling' | 'priceCeilingByCategory'>
type Priced = Pick<PlanProduct, 'category' | 'priceMinor'>

export function openPriceFit(
  settings: Ceilings,
): (anchor: Priced, addOn: Priced, relation: string) => PriceFit {
  const ceilingOf = openCeilings(settings)
  return (anchor, addOn, relation) => {
    const ceiling = ceilingOf(addOn.category)
    if (anchor.priceMinor === null || addOn.priceMinor === null) return { fits: 'no-order', fromMinor: null }
    // A refill repeats what was bought: no ceiling but the order itself.
    const from =
      relation === 'refill' ? addOn.priceMinor : leastSubtotal(anchor.priceMinor, addOn.priceMinor, ceiling)
    if (from === null) return { fits: 'no-order', fromMinor: null }
    return from <= anchor.priceMinor
      ? { fits: 'any-order', fromMinor: null }
      : { fits: 'larger-orders', fromMinor: from }
  }
}

function leastSubtotal(anchorMinor: number, addOnMinor: number, ceiling: PriceCeiling): number | null {
  const passes = (subtotal: number): boolean =>
    addOnMinor <= priceCeilingMinor(anchorMinor, subtotal, ceiling)
  if (passes(addOnMinor + 1)) return addOnMinor + 1
  if (ceiling.subtotalShare <= 0) return null
  let least = Math.ceil(addOnMinor / ceiling.subtotalShare)
  // Shares such as 0.35 are not exact: the division may be off by one from what the ceiling itself says.
  while (!passes(least)) least += 1
  while (passes(least - 1)) least -= 1
  return least
}

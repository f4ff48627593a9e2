// Who may stand at all, before price, moment and rank: never a product that is already in the order, another form of
// one that is not bought as a set, what replaces a line of it, a durable that this customer owns, a piece of a set that
// they have unless they buy the set anew, in a follow-up anything that they had and that is no refill, or something that
// cannot be bought now.

import type { Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { offSaleWords } from '../domain/product.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'
import type { OwnPast } from './own-past.ts'
import type { Refusal } from './refusals.ts'

export function eligible(
  candidates: readonly Candidate[],
  order: Order,
  products: ReadonlyMap<string, PlanProduct>,
  known: {
    readonly past: OwnPast<string>
    readonly refusals: ReadonlyMap<string, Refusal>
    readonly placement: Placement
  },
): Sifted {
  const ordered = new Set(order.lines.map((line) => line.productId))
  const groups = new Set(order.lines.map((line) => products.get(line.productId)?.variantGroup ?? null))
  return sift(candidates, ({ product, anchor, relation, set }) => {
    if (!product.goods) return { rule: 'not-goods', detail: 'it is not merchandise' }
    if (!product.buyable || product.priceMinor === null) {
      return { rule: 'not-buyable', detail: offSaleWords[product.offSale ?? 'no-price'] }
    }
    if (product.currency !== order.currency) {
      return {
        rule: 'other-currency',
        detail: `its price is in ${product.currency}, the order in ${order.currency}`,
      }
    }
    if (relation !== 'refill') {
      if (ordered.has(product.id)) return { rule: 'already-in-order', detail: 'the order already holds it' }
      const isForm = product.variantGroup !== null && groups.has(product.variantGroup)
      // A bigger size is another form, for the next time.
      if (!set && relation !== 'upsell' && isForm) {
        return { rule: 'variant-of-order', detail: 'the order holds another form of it, and they are no set' }
      }
      const refusal = known.refusals.get(product.id)
      if (refusal !== undefined)
        return { rule: refusal.rule, detail: `the order holds ${refusal.anchor}, which it does not go with` }
      if (known.past.justBought(product.id))
        return { rule: 'already-owned', detail: 'this customer bought it within the last day' }
      if (known.past.bought(product.id)) {
        if (product.durable)
          return { rule: 'already-owned', detail: 'this customer has it, and customers rarely buy it twice' }
        // Who had the anchor too and buys it again has nothing to complete: they take the set anew.
        if (set && !known.past.bought(anchor.id))
          return { rule: 'already-owned', detail: 'this customer has it; a set is completed by what lacks' }
        if (known.placement === 'follow-up') {
          const detail = 'this customer had it; a follow-up brings a refill or something new'
          return { rule: 'already-owned', detail }
        }
      }
    }
    return null
  })
}

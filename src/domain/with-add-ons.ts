// The order as it stands once its shopper has said yes: what one click added, or is adding, is a line of it. Comes in: the
// order as it was paid, its offers, what became of them. Goes out: the order to decide by, so that nobody is offered what
// they have just bought, nor what must not stand with it.

import { type Acceptance, openStates } from './acceptance.ts'
import type { Offer } from './offer.ts'
import type { Order } from './order.ts'

type Said = Pick<Acceptance, 'offerId' | 'state' | 'goal' | 'hasLine'>

export function withAddOns(
  order: Order,
  offers: readonly Pick<Offer, 'id' | 'product' | 'quote'>[],
  acceptances: readonly Said[],
): Order {
  const holds = new Set(acceptances.filter(isHeld).map(({ offerId }) => offerId))
  const lines = offers
    .filter(({ id }) => holds.has(id))
    .map(({ product, quote: { quantity, unitPriceMinor } }) => ({
      productId: product,
      quantity,
      unitPriceMinor,
    }))
  return lines.length === 0 ? order : { ...order, lines: [...order.lines, ...lines] }
}

/** Also while it is on its way: a mail that leaves meanwhile is read when it has come to its end. */
function isHeld({ state, goal, hasLine }: Said): boolean {
  const isOnItsWay = goal === null && openStates.some((one) => one === state)
  return hasLine || state === 'completed' || isOnItsWay
}

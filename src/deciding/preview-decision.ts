// The decision of an order as it stands, or as it would be made now. Comes in: the order, the placement. Goes out: the stored
// one, else one that is stored nowhere: whoever only looks must not settle what the customer will be shown.

import type { Decision } from '../domain/decision.ts'
import type { Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { Store } from '../ports/store.ts'
import { asItStands, type DecidingEffects, makeDecision } from './decide-offer.ts'

export async function previewDecision(
  order: Order,
  placement: Placement,
  effects: Pick<DecidingEffects, 'plan' | 'settings' | 'clock'> & {
    readonly store: Pick<Store, 'getDecision' | 'getCustomerPurchases' | 'listOffers' | 'listAcceptances'>
  },
): Promise<Decision> {
  const { store } = effects
  const known = await store.getDecision(order.id, placement)
  if (known !== null) return known
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  return makeDecision(await asItStands(order, placement, store), customer, placement, effects)
}

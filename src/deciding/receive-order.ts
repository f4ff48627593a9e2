// A shop says that an order was paid. Comes in: the order, its customer already hashed. Goes out: whether it was new,
// known, or in conflict with what was received under the same id before. The order is durable when this returns.

import type { Order } from '../domain/order.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

export type Reception = 'stored' | 'unchanged' | 'conflict'

export function receiveOrder(
  order: Order,
  { store, clock }: { readonly store: Pick<Store, 'putOrder'>; readonly clock: Clock },
): Promise<Reception> {
  return store.putOrder(order, clock.nowMs())
}

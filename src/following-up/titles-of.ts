// The titles of what stands in an order and among its picks, by product id, as the plan of today has them.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import type { Order } from '../domain/order.ts'
import type { Plan } from '../domain/plan.ts'

export function titlesOf(
  order: Pick<Order, 'lines'>,
  picks: readonly Pick<DecidedPick, 'product'>[],
  plan: Pick<Plan, 'products'> | null,
): ReadonlyMap<string, string> {
  const ids = [...order.lines.map(({ productId }) => productId), ...picks.map(({ product }) => product)]
  const titles = new Map<string, string>()
  for (const id of ids) {
    const title = plan?.products.get(id)?.title
    if (title !== undefined) titles.set(id, title)
  }
  return titles
}

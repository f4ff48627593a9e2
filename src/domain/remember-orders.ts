// What one person bought, from what is remembered of them and more orders of theirs. Comes in: both; an order that stands in
// both counts as it stands among the latter. Goes out: the latest orders, newest first, and what stood only in older ones;
// `null` where there is no order at all.

import { type CustomerPurchases, ORDERS_REMEMBERED, type Order } from './order.ts'

export function rememberOrders(
  customerId: string,
  past: Pick<CustomerPurchases, 'orders' | 'earlier'> | null,
  more: readonly Order[],
): CustomerPurchases | null {
  const byId = new Map((past?.orders ?? []).map((one) => [one.orderId, one]))
  for (const { id, placedAtMs, lines } of more) {
    const units = new Map<string, number>()
    for (const { productId, quantity } of lines) units.set(productId, (units.get(productId) ?? 0) + quantity)
    byId.set(id, { orderId: id, placedAtMs, productIds: [...units.keys()], quantities: [...units.values()] })
  }
  if (byId.size === 0) return null
  const orders = [...byId.values()].sort(
    (one, other) => other.placedAtMs - one.placedAtMs || (one.orderId < other.orderId ? -1 : 1),
  )
  const latest = orders.slice(0, ORDERS_REMEMBERED)
  const remembered = new Set(latest.flatMap((one) => one.productIds))
  const pushedOut = orders.slice(ORDERS_REMEMBERED).flatMap((one) => one.productIds)
  const earlier = new Set([...(past?.earlier ?? []), ...pushedOut].filter((id) => !remembered.has(id)))
  return { customerId, orders: latest, earlier: [...earlier] }
}

// Orders that the shop sent one by one into the history, so that mining reads them. Comes in: the store, since when. Goes out:
// how many were new there. Asked again for the same days it changes nothing: what is known is skipped. An order that was
// cancelled or refunded meanwhile stays out, and so does one in another currency than the catalog's, which
// mining could not add up. Products that the catalog does not know stay out: one of them, and nothing could be mined from
// then on (`catalog-incomplete`). Add-ons that Aftercart itself sold stay out, too: else it would learn from its own advice.

import type { Order } from '../domain/order.ts'
import type { HistoryWriter } from '../ports/history.ts'
import type { Store } from '../ports/store.ts'
import { liveStatements } from './import-queries.ts'

export type LiveOrders = {
  /** Received since then, and kept. */
  readonly orders: number
  /** Of these, not in the history before. */
  readonly newOrders: number
  readonly otherCurrency: number
}

/** As many as one statement takes in a breath: some 2 MB of text. */
const ORDERS_AT_ONCE = 5000

export async function appendLiveOrders(
  sinceMs: number,
  effects: {
    readonly store: Pick<Store, 'listReceivedOrders' | 'listProducts'>
    readonly writer: HistoryWriter
  },
): Promise<LiveOrders> {
  const { store, writer } = effects
  let page = await store.listReceivedOrders({ sinceMs, after: null, limit: ORDERS_AT_ONCE })
  if (page.length === 0) return { orders: 0, newOrders: 0, otherCurrency: 0 }
  const catalog = await store.listProducts()
  const titles = new Map(catalog.map(({ id, title }) => [id, title]))
  const currency = catalog[0]?.currency ?? page[0]?.currency
  const append = await writer.begin()
  try {
    let [orders, otherCurrency] = [0, 0]
    while (page.length > 0) {
      const kept = page.filter((order) => order.currency === currency)
      const lines = JSON.stringify(kept.flatMap((order) => linesOf(order, titles)))
      await append.workspace.run(liveStatements.takeLiveOrders, { lines })
      orders += kept.length
      otherCurrency += page.length - kept.length
      page = await store.listReceivedOrders({
        sinceMs,
        after: page.at(-1)?.id ?? null,
        limit: ORDERS_AT_ONCE,
      })
    }
    const { newOrders } = await append.commit()
    return { orders, newOrders, otherCurrency }
  } finally {
    await append.close()
  }
}

function linesOf(order: Order, titles: ReadonlyMap<string, string>): readonly object[] {
  const known = order.lines.filter(({ productId }) => titles.has(productId))
  return known.map(({ productId, quantity, unitPriceMinor }) => ({
    order_id: order.id,
    customer_id: order.customerId,
    placed_at_ms: order.placedAtMs,
    currency: order.currency,
    product_id: productId,
    title: titles.get(productId) ?? null,
    quantity,
    unit_price_minor: unitPriceMinor,
  }))
}

// Purchases after a click: products that somebody clicked in a message and bought soon after. Comes in: a period and how soon.
// Goes out: each order and product once, under its last click. People are the same by customer id or by a hash of their
// address. Rows are read one by one, since what a product cost stands in the lines; they are few.

import { type RawBuilder, sql } from 'kysely'
import type { Placement } from '../../domain/placement.ts'
import type { ClickedPurchase, MeasuredPeriod } from '../../ports/measure-store.ts'
import { keptOrder, linesHold } from './order-conditions.ts'
import { readLines } from './order-queries.ts'
import type { StoreDatabase } from './store-database.ts'

type Clicked = {
  readonly at_ms: number
  readonly placement: Placement
  readonly product: string
  readonly order_id: string
  readonly lines: string
}

export async function clickedPurchases(
  database: StoreDatabase,
  period: MeasuredPeriod & { readonly withinMs: number },
): Promise<readonly ClickedPurchase[]> {
  const { rows } = await sql<Clicked>`
    with clicks as materialized (${clicksOf(period)}),
    bought as (${boughtAfter(period)})
    select at_ms, placement, product, order_id, lines from bought
    where currency = ${period.currency}`.execute(database.read)
  const last = new Map<string, Clicked>()
  for (const row of rows) {
    const key = JSON.stringify([row.order_id, row.product])
    const known = last.get(key)
    if (known === undefined || known.at_ms < row.at_ms) last.set(key, row)
  }
  return [...last.values()].map((row) => ({
    orderId: row.order_id,
    product: row.product,
    placement: row.placement,
    paidMinor: readLines(row.lines, row.order_id)
      .filter((line) => line.productId === row.product)
      .reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
  }))
}

type Purchases = Omit<MeasuredPeriod, 'currency'> & {
  /** How soon after the click. */
  readonly withinMs: number
}

/** The clicks that purchases of the period can come from; to be named `clicks`. */
export function clicksOf({ fromMs, toMs, withinMs }: Purchases): RawBuilder<unknown> {
  return sql`
    select at_ms, placement, product, order_id, offer_id from ledger
    where kind = 'clicked' and product <> '' and at_ms >= ${fromMs - withinMs} and at_ms < ${toMs}`
}

/** Grain: one row per click and order that it led to, of `clicks`. */
export function boughtAfter(period: Purchases): RawBuilder<unknown> {
  const sameCustomer = sql`join orders as clicked_from on clicked_from.id = clicks.order_id
    join orders on orders.customer_id = clicked_from.customer_id`
  return sql`${purchases(period, sameCustomer)}
    union
    ${purchases(period, samePerson('email_hash'))}
    union
    ${purchases(period, samePerson('phone_hash'))}`
}

function samePerson(hash: 'email_hash' | 'phone_hash'): RawBuilder<unknown> {
  return sql`join recipients as clicked_by on clicked_by.order_id = clicks.order_id
    join recipients as bought_by on bought_by.${sql.ref(hash)} = clicked_by.${sql.ref(hash)}
    join orders on orders.id = bought_by.order_id`
}

function purchases({ fromMs, toMs, withinMs }: Purchases, joins: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select clicks.at_ms, clicks.placement, clicks.product, clicks.offer_id as message_id,
      orders.id as order_id, orders.lines, orders.currency
    from clicks ${joins}
    where orders.id <> clicks.order_id
      and orders.placed_at_ms >= ${fromMs} and orders.placed_at_ms < ${toMs}
      and orders.placed_at_ms > clicks.at_ms and orders.placed_at_ms <= clicks.at_ms + ${withinMs}
      and ${keptOrder('orders', toMs)}
      and ${linesHold(sql`orders.lines`, sql`clicks.product`)}`
}

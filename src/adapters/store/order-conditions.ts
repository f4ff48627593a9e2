// Conditions on orders that several figures share, in words that SQLite and PostgreSQL both know.

import { type RawBuilder, sql } from 'kysely'

/** Neither cancelled nor refunded, as far as was known then. */
export function keptOrder(orders: string, untilMs: number | RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select 1 from order_fates
    where order_fates.order_id = ${sql.ref(`${orders}.id`)}
      and (order_fates.cancelled_at_ms < ${untilMs} or order_fates.refunded_at_ms < ${untilMs}))`
}

/**
 * A line begins with its product: ["cup",2,295]. Quotes within an id are escaped, so the needle is found nowhere else. Both
 * engines call the search for a text by another name, but replace alike.
 */
export function linesHold(lines: RawBuilder<unknown>, product: RawBuilder<unknown>): RawBuilder<boolean> {
  const escaped = sql`replace(replace(${product}, '\\', '\\\\'), '"', '\\"')`
  return sql<boolean>`replace(${lines}, '["' || ${escaped} || '",', '') <> ${lines}`
}

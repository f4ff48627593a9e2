// The questions that mining asks of the order history, as values. Each statement stands in the .sql file of its name.

import type { Query } from '../ports/query.ts'
import { text } from '../ports/read-fields.ts'

export const goodsIds: Query<string> = {
  file: new URL('./goods-ids.sql', import.meta.url),
  row: (raw) => text(raw, 'product_id'),
}

/** Read in columns; see the statement for their meaning. */
export const goodsLines: Query<unknown> = {
  file: new URL('./goods-lines.sql', import.meta.url),
  row: (raw) => raw,
}

/** Read in columns; see the statement for their meaning. */
export const customerOrders: Query<unknown> = {
  file: new URL('./customer-orders.sql', import.meta.url),
  row: (raw) => raw,
}

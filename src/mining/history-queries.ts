// The questions that mining asks of the order history, as values. Each statement stands in the .sql file of its name.

import type { Query } from '../ports/query.ts'
import { number, text } from '../ports/read-fields.ts'

export const goodsIds: Query<string> = {
  file: new URL('./goods-ids.sql', import.meta.url),
  row: (raw) => text(raw, 'product_id'),
}

/** Read in columns; see the statement for their meaning. */
export const goodsLines: Query<unknown> = {
  file: new URL('./goods-lines.sql', import.meta.url),
  row: (raw) => raw,
}

export type RepeatInterval = {
  readonly productId: string
  readonly days: number
  readonly closed: boolean
  readonly intervals: number
}

export const repeatIntervals: Query<RepeatInterval> = {
  file: new URL('./repeat-intervals.sql', import.meta.url),
  row: (raw) => ({
    productId: text(raw, 'product_id'),
    days: number(raw, 'days'),
    closed: raw.closed === true,
    intervals: number(raw, 'intervals'),
  }),
}

/** Read in columns; see the statement for their meaning. */
export const customerOrders: Query<unknown> = {
  file: new URL('./customer-orders.sql', import.meta.url),
  row: (raw) => raw,
}

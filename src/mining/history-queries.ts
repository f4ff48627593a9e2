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

/** See the statement for the meaning of each; v = ln days of an interval, u = ln units at its start. */
export type RebuyRow = {
  readonly productId: string
  readonly gaps: number
  readonly sumV: number
  readonly sumVV: number
  readonly sumU: number
  readonly sumUU: number
  readonly sumUV: number
  readonly openDays: number
  readonly openU: number
  readonly customers: number
}

export const rebuyRecords: Query<RebuyRow> = {
  file: new URL('./rebuy-records.sql', import.meta.url),
  row: (raw) => ({
    productId: text(raw, 'product_id'),
    gaps: number(raw, 'gaps'),
    sumV: number(raw, 'sum_v'),
    sumVV: number(raw, 'sum_vv'),
    sumU: number(raw, 'sum_u'),
    sumUU: number(raw, 'sum_uu'),
    sumUV: number(raw, 'sum_uv'),
    openDays: number(raw, 'open_days'),
    openU: number(raw, 'open_u'),
    customers: number(raw, 'customers'),
  }),
}

/** Read in columns; see the statement for their meaning. */
export const customerOrders: Query<unknown> = {
  file: new URL('./customer-orders.sql', import.meta.url),
  row: (raw) => raw,
}

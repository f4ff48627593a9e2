// The order history: immutable files of order lines, pseudonymous, newest version of an order wins. Any engine can
// read it. A caller may rely on this: an append is there completely or not at all, also after a power cut; a reader
// sees the appends that were complete when it asked; nothing is ever changed in place.
//
// Queries see these relations:
//   order_lines   one row per line of the newest version of each order, net of matched returns, quantity > 0
//                 (order_id, customer_id or null, placed_at_ms, currency, product_id, quantity, unit_price_minor, country)
//   returns       one row per returned or cancelled line (…, matched_order_id or null where no order was found)
//   titles        one row per (product_id, title) with the number of lines and the last use

import type { ColumnChunk, Query, QueryParameters } from './query.ts'

export type HistorySummary = {
  readonly orders: number
  readonly orderLines: number
  readonly customers: number
  readonly products: number
  readonly fromAtMs: number | null
  readonly toAtMs: number | null
}

export type History = {
  summary(): Promise<HistorySummary>
  /** All rows of a small answer. */
  rows<Row>(query: Query<Row>, parameters: QueryParameters): Promise<Row[]>
  /** A large answer in pieces, in the order that the statement states. */
  columns(query: Query<unknown>, parameters: QueryParameters): AsyncIterable<ColumnChunk>
  close(): Promise<void>
}

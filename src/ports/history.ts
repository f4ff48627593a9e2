// The order history: immutable files of order lines, pseudonymous, newest version of an order wins. Any engine can
// read it. A caller may rely on this: an append is there completely or not at all, also after a power cut; a reader
// sees the appends that were complete when it asked; nothing is ever changed in place.
//
// Queries see these relations:
//   order_lines   one row per line of the newest version of each order, net of matched returns, quantity > 0
//                 (order_id, customer_id or null, placed_at_ms, currency, product_id, quantity, unit_price_minor, country)
//   returns       one row per returned or cancelled line, or part of one where it meets several orders
//                 (the same columns, and matched_order_id, null where no order was found for it)
//   titles        one row per (product_id, title) with the number of lines and the last use
//                 (product_id, title, lines, last_used_at_ms)
//   sold_lines    as order_lines, but before returns are taken off
//   arrivals      one row per line that ever came in, sold or returned, of any version of its order
//                 (append, counted from 1, order_id, customer_id or null, return_of or null)
//   replaced      as arrivals, those of versions that a newer append has replaced
//
// A return is matched to the order that it names; else to its customer's latest earlier order, within 365 days, that
// holds the same product in the same quantity, else to the latest earlier ones with any quantity left.

import type { ColumnChunk, Query, QueryParameters } from './query.ts'
import type { Workspace } from './workspace.ts'

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
  /** The appends that make it up, oldest first, each as a text that stands for its contents. */
  appends(): Promise<readonly string[]>
  /** All rows of a small answer. */
  rows<Row>(query: Query<Row>, parameters: QueryParameters): Promise<Row[]>
  /** A large answer in pieces, in the order that the statement states. */
  columns(query: Query<unknown>, parameters: QueryParameters): AsyncIterable<ColumnChunk>
  close(): Promise<void>
}

/** What an append did, in orders (a return document counts as one). */
export type AppendOutcome = {
  readonly newOrders: number
  /** Known orders whose lines differ from what was stored: the new version wins. */
  readonly changedOrders: number
  /** Known orders whose lines are the same: skipped. */
  readonly unchangedOrders: number
  /** Of the whole history after the append: returned lines, and parts of them, with and without an order. */
  readonly returnsMatched: number
  readonly returnsUnmatched: number
}

/**
 * One piece of writing. The caller fills the table `incoming` of the workspace, one row per line, then commits:
 *   file_no INTEGER         where an order stands under several numbers, the highest wins
 *   order_id VARCHAR        a return document may have an id of its own
 *   kind VARCHAR            'sale' or 'return'
 *   customer_id VARCHAR     keyed hash, or null for a guest
 *   placed_at_ms BIGINT     UTC
 *   currency VARCHAR        ISO 4217
 *   product_id VARCHAR
 *   title VARCHAR           as the shop wrote it, or null
 *   quantity INTEGER        units, above 0, also for a return
 *   unit_price_minor BIGINT
 *   country VARCHAR         or null
 *   return_of VARCHAR       the order that a return takes back, its own id where the order itself was refunded, or null
 */
export type HistoryAppend = {
  readonly workspace: Workspace
  /** Appends what is new or changed; nothing at all where nothing is. Complete when it resolves, or not there. */
  commit(): Promise<AppendOutcome>
  /** Gives up what was not committed and lets the next writer in. Always call it. */
  close(): Promise<void>
}

export type HistoryWriter = {
  /** Rejects with `data-folder-busy` while another writer is at work. */
  begin(): Promise<HistoryAppend>
}

// The ledger: entries are added, each key once, and never changed.

import type { Kysely } from 'kysely'
import type { LedgerEntry } from '../../domain/ledger.ts'
import type { LedgerFilter } from '../../ports/offer-store.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

/** Inside the transaction of the caller. */
export async function writeEntries(db: Kysely<Tables>, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return
  await db
    .insertInto('ledger')
    .values(
      entries.map((entry) => ({
        key: entry.key,
        kind: entry.kind,
        at_ms: entry.atMs,
        offer_id: entry.offerId,
        order_id: entry.orderId,
        product: entry.product,
        placement: entry.placement,
        anchor: entry.anchor,
        relation: entry.relation,
        amount_minor: entry.amountMinor,
        currency: entry.currency,
        detail: entry.detail,
      })),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

export async function addToLedger(database: StoreDatabase, entries: readonly LedgerEntry[]): Promise<void> {
  await database.write((db) => writeEntries(db, entries))
}

export async function readLedger(database: StoreDatabase, filter: LedgerFilter): Promise<LedgerEntry[]> {
  let query = database.read.selectFrom('ledger').selectAll()
  if (filter.orderId !== undefined) query = query.where('order_id', '=', filter.orderId)
  if (filter.offerId !== undefined) query = query.where('offer_id', '=', filter.offerId)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.fromMs !== undefined) query = query.where('at_ms', '>=', filter.fromMs)
  if (filter.toMs !== undefined) query = query.where('at_ms', '<', filter.toMs)
  const rows = await query.orderBy('at_ms').orderBy('key').limit(filter.limit).execute()
  return rows.map((row) => ({
    key: row.key,
    kind: row.kind,
    atMs: row.at_ms,
    offerId: row.offer_id,
    orderId: row.order_id,
    product: row.product,
    placement: row.placement,
    anchor: row.anchor,
    relation: row.relation,
    amountMinor: row.amount_minor,
    currency: row.currency,
    detail: row.detail,
  }))
}

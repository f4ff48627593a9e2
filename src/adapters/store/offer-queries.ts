// Saved methods and offers. The body of an offer is written once; a slot holds one offer, whoever issues at the same time,
// in this process or another.

import type { LedgerEntry } from '../../domain/ledger.ts'
import { addsUp, type Offer } from '../../domain/offer.ts'
import type { SavedMethod } from '../../domain/saved-method.ts'
import type { StoredOffer } from '../../ports/offer-store.ts'
import { writeEntries } from './ledger-queries.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

export async function putSavedMethod(
  database: StoreDatabase,
  orderId: string,
  method: SavedMethod,
  receivedAtMs: number,
): Promise<void> {
  requireStorableKey(orderId, 'order id')
  await database.write((db) =>
    db
      .insertInto('saved_methods')
      .values({ order_id: orderId, body: JSON.stringify(method), received_at_ms: receivedAtMs })
      .onConflict((conflict) => conflict.column('order_id').doNothing())
      .execute(),
  )
}

export async function getSavedMethod(database: StoreDatabase, orderId: string): Promise<SavedMethod | null> {
  if (!isStorableKey(orderId)) return null
  const row = await database.read
    .selectFrom('saved_methods')
    .select('body')
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  if (row === undefined) return null
  const value = readJson(row.body, `the saved method of order ${orderId}`)
  if (!isSavedMethod(value)) throw damaged(`the saved method of order ${orderId}`)
  return value
}

function isSavedMethod(value: unknown): value is SavedMethod {
  if (typeof value !== 'object' || value === null) return false
  const method: Partial<Record<keyof SavedMethod, unknown>> = value
  const texts = [method.provider, method.kind, method.customerRef, method.methodRef, method.merchantOfRecord]
  return texts.every((text) => typeof text === 'string')
}

export async function putOffer(
  database: StoreDatabase,
  offer: Offer,
  issued: LedgerEntry,
): Promise<StoredOffer> {
  requireStorableKey(offer.orderId, 'order id')
  const slot = slotOf(offer)
  const row = await database.writeTogether(async (db) => {
    const inserted = await db
      .insertInto('offers')
      .values({
        id: offer.id,
        slot,
        order_id: offer.orderId,
        replaces: offer.replaces,
        issued_at_ms: offer.issuedAtMs,
        dismissed_at_ms: null,
        body: JSON.stringify(offer),
      })
      .onConflict((conflict) => conflict.column('slot').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 1n) await writeEntries(db, [issued])
    return await db.selectFrom('offers').selectAll().where('slot', '=', slot).executeTakeFirstOrThrow()
  })
  return readOffer(row)
}

/** Length before text, so that no product id can stand for another slot. */
function slotOf({ orderId, placement, product, replaces }: Offer): string {
  return JSON.stringify([orderId, placement, product, replaces])
}

export async function getOffer(database: StoreDatabase, offerId: string): Promise<StoredOffer | null> {
  if (!isStorableKey(offerId)) return null
  const row = await database.read
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', offerId)
    .executeTakeFirst()
  return row === undefined ? null : readOffer(row)
}

export async function listOffers(database: StoreDatabase, orderId: string): Promise<StoredOffer[]> {
  if (!isStorableKey(orderId)) return []
  const rows = await database.read
    .selectFrom('offers')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('issued_at_ms')
    .orderBy('id')
    .execute()
  return rows.map(readOffer)
}

export async function replacementOf(database: StoreDatabase, offerId: string): Promise<StoredOffer | null> {
  const row = await database.read
    .selectFrom('offers')
    .selectAll()
    .where('replaces', '=', offerId)
    .orderBy('issued_at_ms')
    .executeTakeFirst()
  return row === undefined ? null : readOffer(row)
}

export async function dismissOffer(
  database: StoreDatabase,
  offerId: string,
  atMs: number,
  entry: LedgerEntry,
): Promise<void> {
  await database.writeTogether(async (db) => {
    const dismissed = await db
      .updateTable('offers')
      .set({ dismissed_at_ms: atMs })
      .where('id', '=', offerId)
      .where('dismissed_at_ms', 'is', null)
      .executeTakeFirst()
    if (dismissed.numUpdatedRows === 1n) await writeEntries(db, [entry])
  })
}

function readOffer(row: Tables['offers']): StoredOffer {
  const value = readJson(row.body, `offer ${row.id}`)
  if (!isOffer(value) || value.id !== row.id || !addsUp(value.quote)) throw damaged(`offer ${row.id}`)
  return { ...value, dismissedAtMs: row.dismissed_at_ms }
}

/** Checks the frame and the money: this runs on each answer. */
function isOffer(value: unknown): value is Offer {
  if (typeof value !== 'object' || value === null) return false
  const offer: Partial<Record<keyof Offer, unknown>> = value
  return (
    typeof offer.id === 'string' &&
    typeof offer.orderId === 'string' &&
    typeof offer.product === 'string' &&
    typeof offer.expiresAtMs === 'number' &&
    typeof offer.quote === 'object' &&
    offer.quote !== null &&
    typeof offer.oneClick === 'object'
  )
}

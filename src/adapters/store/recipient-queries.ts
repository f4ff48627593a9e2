// Whom the messages of an order may reach, and what happened to the order since. Addresses come sealed and go sealed.

import { sql } from 'kysely'
import type { OrderFate, StoredRecipient } from '../../ports/message-store.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'

export async function putRecipient(
  database: StoreDatabase,
  orderId: string,
  recipient: StoredRecipient,
  receivedAtMs: number,
): Promise<void> {
  requireStorableKey(orderId, 'order id')
  const row = {
    email_hash: recipient.emailHash,
    phone_hash: recipient.phoneHash,
    received_at_ms: receivedAtMs,
    body: JSON.stringify(recipient),
  }
  await database.write((db) =>
    db
      .insertInto('recipients')
      .values({ order_id: orderId, ...row })
      .onConflict((conflict) =>
        conflict.column('order_id').doUpdateSet(row).where('recipients.received_at_ms', '<=', receivedAtMs),
      )
      .execute(),
  )
}

export async function getRecipient(
  database: StoreDatabase,
  orderId: string,
): Promise<StoredRecipient | null> {
  if (!isStorableKey(orderId)) return null
  const row = await database.read
    .selectFrom('recipients')
    .select('body')
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  if (row === undefined) return null
  const value = readJson(row.body, `the recipient of order ${orderId}`)
  if (!isRecipient(value)) throw damaged(`the recipient of order ${orderId}`)
  return value
}

function isRecipient(value: unknown): value is StoredRecipient {
  if (typeof value !== 'object' || value === null) return false
  const row: Partial<Record<keyof StoredRecipient, unknown>> = value
  const texts = [row.emailHash, row.phoneHash, row.country, row.region, row.locale]
  return (
    typeof row.sealed === 'string' &&
    Array.isArray(row.timeZones) &&
    texts.every((text) => text === null || typeof text === 'string')
  )
}

export async function setOrderFate(
  database: StoreDatabase,
  orderId: string,
  fate: Partial<OrderFate>,
): Promise<void> {
  requireStorableKey(orderId, 'order id')
  const row = {
    delivered_at_ms: fate.deliveredAtMs ?? null,
    cancelled_at_ms: fate.cancelledAtMs ?? null,
    refunded_at_ms: fate.refundedAtMs ?? null,
  }
  const first = (column: keyof typeof row) =>
    sql<number | null>`coalesce(${sql.ref(`order_fates.${column}`)}, ${sql.ref(`excluded.${column}`)})`
  await database.write((db) =>
    db
      .insertInto('order_fates')
      .values({ order_id: orderId, ...row })
      .onConflict((conflict) =>
        conflict.column('order_id').doUpdateSet({
          delivered_at_ms: first('delivered_at_ms'),
          cancelled_at_ms: first('cancelled_at_ms'),
          refunded_at_ms: first('refunded_at_ms'),
        }),
      )
      .execute(),
  )
}

export async function getOrderFate(database: StoreDatabase, orderId: string): Promise<OrderFate> {
  const row = isStorableKey(orderId)
    ? await database.read
        .selectFrom('order_fates')
        .selectAll()
        .where('order_id', '=', orderId)
        .executeTakeFirst()
    : undefined
  return {
    deliveredAtMs: row?.delivered_at_ms ?? null,
    cancelledAtMs: row?.cancelled_at_ms ?? null,
    refundedAtMs: row?.refunded_at_ms ?? null,
  }
}

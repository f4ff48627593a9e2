// One person across all tables: handed out, and erased. Every table with something of a person is in `tablesOf`, and a test
// walks the schema to see that none is missing.

import { type Kysely, sql } from 'kysely'
import type { Medium } from '../../domain/recipient.ts'
import type { ErasedPerson, Person, PersonStore } from '../../ports/person-store.ts'
import { readConsents } from './consent-queries.ts'
import { chunksOf, type FoundPerson, findByNames, findPerson } from './find-person.ts'
import { cancelledAt } from './message-queries.ts'
import type { StoreDatabase } from './store-database.ts'
import { putSuppression } from './suppression-queries.ts'
import type { Tables } from './tables.ts'

/** By what a table knows a person: their orders, the hashes of their addresses, or those of their customer ids. */
const tablesOf = {
  orders: { column: 'id', by: 'orderIds' },
  recipients: { column: 'order_id', by: 'orderIds' },
  order_fates: { column: 'order_id', by: 'orderIds' },
  saved_methods: { column: 'order_id', by: 'orderIds' },
  decisions: { column: 'order_id', by: 'orderIds' },
  offers: { column: 'order_id', by: 'orderIds' },
  acceptances: { column: 'order_id', by: 'orderIds' },
  ledger: { column: 'order_id', by: 'orderIds' },
  trials: { column: 'order_id', by: 'orderIds' },
  messages: { column: 'order_id', by: 'orderIds' },
  consents: { column: 'recipient_hash', by: 'recipientHashes' },
  suppressions: { column: 'recipient_hash', by: 'recipientHashes' },
  soft_bounces: { column: 'recipient_hash', by: 'recipientHashes' },
  other_messages: { column: 'recipient_hash', by: 'recipientHashes' },
  customer_purchases: { column: 'customer_id', by: 'customerIds' },
} as const
export type PersonTable = keyof typeof tablesOf
export const personTables = Object.keys(tablesOf) as readonly PersonTable[]

export async function readPerson(
  database: StoreDatabase,
  person: Person,
): ReturnType<PersonStore['readPerson']> {
  const found = await findByNames(database.read, person)
  const rows: Record<string, readonly Readonly<Record<string, unknown>>[]> = {}
  for (const table of personTables) {
    const { column, by } = tablesOf[table]
    const kept: Readonly<Record<string, unknown>>[] = []
    for (const ids of chunksOf(found[by])) {
      const { ref } = database.read.dynamic
      kept.push(
        ...(await database.read.selectFrom(table).selectAll().where(ref(column), 'in', ids).execute()),
      )
    }
    if (kept.length > 0) rows[table] = kept
  }
  const { customerIds, recipientHashes, sharedNumber } = found
  return { customerIds, recipientHashes, sharedNumber, rows }
}

export async function erasePerson(
  database: StoreDatabase,
  person: Person,
  atMs: number,
): Promise<ErasedPerson> {
  return await database.writeTogether(async (db) => {
    const found = await findPerson(db, person, atMs)
    const media = await mediaOf(db, found)
    for (const hash of [...found.recipientHashes].sort()) await database.hold(db, hash)
    let messagesCancelled = 0
    for (const ids of chunksOf(found.orderIds)) {
      const cancelled = await db
        .updateTable('messages')
        .set(cancelledAt(atMs, 'erased'))
        .where('order_id', 'in', ids)
        .where('state', '=', 'scheduled')
        .executeTakeFirst()
      messagesCancelled += Number(cancelled.numUpdatedRows)
      await db.updateTable('orders').set({ customer_id: null }).where('id', 'in', ids).execute()
      // As if guests had placed them: figures keep the orders, and forget whose they were.
      await db
        .updateTable('trials')
        .set({ unit: sql<string>`'order:' || order_id` })
        .where('order_id', 'in', ids)
        .execute()
      await db.deleteFrom('recipients').where('order_id', 'in', ids).execute()
      await db.deleteFrom('saved_methods').where('order_id', 'in', ids).execute()
    }
    for (const hash of found.recipientHashes) {
      await db.deleteFrom('soft_bounces').where('recipient_hash', '=', hash).execute()
      await db.deleteFrom('other_messages').where('recipient_hash', '=', hash).execute()
      for (const medium of media.get(hash) ?? []) await keepAway(db, hash, medium, atMs)
    }
    for (const ids of chunksOf(found.customerIds)) {
      await db.deleteFrom('customer_purchases').where('customer_id', 'in', ids).execute()
    }
    const { customerIds, recipientHashes, orderIds } = found
    return { customerIds, recipientHashes, orders: orderIds.length, messagesCancelled }
  })
}

async function keepAway(db: Kysely<Tables>, hash: string, medium: Medium, atMs: number): Promise<void> {
  const consents = await readConsents(db, hash, medium)
  // Asked for messages since: the later word counts.
  if (consents.some((one) => one.given && one.basis === 'express' && one.atMs > atMs)) return
  await putSuppression(db, { recipientHash: hash, medium, reason: 'erased', sinceMs: atMs, untilMs: null })
}

/** On which medium each hash is an address; one that no order names may be either. */
async function mediaOf(
  db: Kysely<Tables>,
  found: FoundPerson,
): Promise<ReadonlyMap<string, readonly Medium[]>> {
  const media = new Map<string, readonly Medium[]>()
  for (const hash of found.recipientHashes) {
    const asEmail = await db
      .selectFrom('recipients')
      .select('order_id')
      .where('email_hash', '=', hash)
      .limit(1)
      .executeTakeFirst()
    const asPhone = await db
      .selectFrom('recipients')
      .select('order_id')
      .where('phone_hash', '=', hash)
      .limit(1)
      .executeTakeFirst()
    const known: Medium[] = [
      ...(asEmail === undefined ? [] : (['email'] as const)),
      ...(asPhone === undefined ? [] : (['sms'] as const)),
    ]
    media.set(hash, known.length === 0 ? ['email', 'sms'] : known)
  }
  return media
}

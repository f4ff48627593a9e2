// One person across all tables: handed out, and erased. Every table with something of a person is in `tablesOf`, and a test
// walks the schema to see that none is missing.

import { type Kysely, sql } from 'kysely'
import type { Medium } from '../../domain/recipient.ts'
import type { ErasedPerson, Person, PersonRows } from '../../ports/person-store.ts'
import { readConsents } from './consent-queries.ts'
import { cancelledAt } from './message-queries.ts'
import type { StoreDatabase } from './store-database.ts'
import { putSuppression } from './suppression-queries.ts'
import type { Tables } from './tables.ts'

/** Ids in one statement: PostgreSQL and SQLite both take far more. */
const CHUNK = 500
/** A person has no more orders than this; it also ends a walk over damaged rows. */
const WALK_MAX = 50

type Found = Person & { readonly orderIds: readonly string[] }

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
): Promise<Person & { readonly rows: PersonRows }> {
  const found = await findPerson(database.read, person, Number.MAX_SAFE_INTEGER)
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
  const { customerIds, recipientHashes } = found
  return { customerIds, recipientHashes, rows }
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

/**
 * What was received until then: who was erased and buys again is a new customer, whatever is erased once more at a start.
 * From orders to hashes and back, until a round brings nothing new. A number that a household shares leads no further.
 */
async function findPerson(db: Kysely<Tables>, person: Person, untilMs: number): Promise<Found> {
  const customerIds = new Set(person.customerIds)
  const recipientHashes = new Set(person.recipientHashes)
  const orderIds = new Set<string>()
  const leading = new Set(person.recipientHashes)
  const size = () => customerIds.size + recipientHashes.size + orderIds.size
  for (let before = -1, round = 0; size() !== before && round < WALK_MAX; round += 1) {
    before = size()
    for (const ids of chunksOf([...customerIds])) {
      const rows = await db
        .selectFrom('orders')
        .select('id')
        .where('customer_id', 'in', ids)
        .where('received_at_ms', '<=', untilMs)
        .execute()
      for (const { id } of rows) orderIds.add(id)
    }
    for (const hashes of chunksOf([...leading])) {
      const rows = await db
        .selectFrom('recipients')
        .select('order_id')
        .where('received_at_ms', '<=', untilMs)
        .where((where) => where.or([where('email_hash', 'in', hashes), where('phone_hash', 'in', hashes)]))
        .execute()
      for (const { order_id } of rows) orderIds.add(order_id)
    }
    for (const ids of chunksOf([...orderIds])) {
      const orders = await db.selectFrom('orders').select('customer_id').where('id', 'in', ids).execute()
      for (const { customer_id } of orders) if (customer_id !== null) customerIds.add(customer_id)
      const addresses = await db
        .selectFrom('recipients')
        .select(['email_hash', 'phone_hash'])
        .where('order_id', 'in', ids)
        .execute()
      for (const { email_hash, phone_hash } of addresses) {
        if (email_hash !== null) {
          recipientHashes.add(email_hash)
          leading.add(email_hash)
        }
        if (phone_hash !== null) recipientHashes.add(phone_hash)
      }
    }
  }
  return {
    customerIds: [...customerIds],
    recipientHashes: [...recipientHashes],
    orderIds: [...orderIds],
  }
}

/** On which medium each hash is an address; one that no order names may be either. */
async function mediaOf(db: Kysely<Tables>, found: Found): Promise<ReadonlyMap<string, readonly Medium[]>> {
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

function chunksOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, at) =>
    ids.slice(at * CHUNK, (at + 1) * CHUNK),
  )
}

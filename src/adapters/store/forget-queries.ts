// What is personal and older than the shop keeps it is deleted, a bounded batch of each table in a transaction of its own,
// so that no writer waits long. What an order sold, decisions, the ledger, consents and suppressions stay.

import { sql } from 'kysely'
import type { StoreDatabase } from './store-database.ts'

/** `key`: what a row is found by. `age`: what it is as old as. */
const forgotten = [
  // A message that is open has its recipient looked up at its moment, finds nobody and ends.
  { table: 'recipients', key: ['order_id'], age: 'received_at_ms' },
  { table: 'saved_methods', key: ['order_id'], age: 'received_at_ms' },
  { table: 'messages', key: ['id'], age: 'settled_at_ms' },
  { table: 'other_messages', key: ['recipient_hash', 'medium'], age: 'at_ms' },
  { table: 'soft_bounces', key: ['recipient_hash', 'at_ms'], age: 'at_ms' },
] as const

export async function forgetOld(database: StoreDatabase, beforeMs: number, limit: number): Promise<number> {
  let deleted = 0
  for (const { table, key, age } of forgotten) {
    const [from, by, at] = [sql.table(table), sql.join(key.map((column) => sql.ref(column))), sql.ref(age)]
    const { numAffectedRows } = await database.write((db) =>
      sql`
        delete from ${from} where ${at} < ${beforeMs} and (${by}) in (
          select ${by} from ${from} where ${at} < ${beforeMs} order by ${at} limit ${limit})`.execute(db),
    )
    deleted += Number(numAffectedRows ?? 0n)
  }
  return deleted
}

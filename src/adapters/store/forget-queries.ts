// What is personal and older than the shop keeps it is deleted, a bounded batch of each table in a transaction of its own,
// so that no writer waits long. What an order sold, decisions, the ledger, consents and suppressions stay.

import type { StoreDatabase } from './store-database.ts'

export async function forgetOld(database: StoreDatabase, beforeMs: number, limit: number): Promise<number> {
  const deleted = [
    // A message that is open has its recipient looked up at its moment, finds nobody and ends.
    await database.write((db) =>
      db
        .deleteFrom('recipients')
        .where('received_at_ms', '<', beforeMs)
        .where('order_id', 'in', (from) =>
          from
            .selectFrom('recipients')
            .select('order_id')
            .where('received_at_ms', '<', beforeMs)
            .orderBy('received_at_ms')
            .limit(limit),
        )
        .executeTakeFirst(),
    ),
    await database.write((db) =>
      db
        .deleteFrom('saved_methods')
        .where('received_at_ms', '<', beforeMs)
        .where('order_id', 'in', (from) =>
          from
            .selectFrom('saved_methods')
            .select('order_id')
            .where('received_at_ms', '<', beforeMs)
            .orderBy('received_at_ms')
            .limit(limit),
        )
        .executeTakeFirst(),
    ),
    await database.write((db) =>
      db
        .deleteFrom('messages')
        .where('settled_at_ms', '<', beforeMs)
        .where('id', 'in', (from) =>
          from
            .selectFrom('messages')
            .select('id')
            .where('settled_at_ms', '<', beforeMs)
            .orderBy('settled_at_ms')
            .limit(limit),
        )
        .executeTakeFirst(),
    ),
    await database.write((db) =>
      db
        .deleteFrom('other_messages')
        .where('at_ms', '<', beforeMs)
        .where((row) =>
          row(
            row.refTuple('recipient_hash', 'medium'),
            'in',
            row
              .selectFrom('other_messages as old')
              .select(['old.recipient_hash', 'old.medium'])
              .where('old.at_ms', '<', beforeMs)
              .orderBy('old.at_ms')
              .limit(limit)
              .$asTuple('recipient_hash', 'medium'),
          ),
        )
        .executeTakeFirst(),
    ),
    await database.write((db) =>
      db
        .deleteFrom('soft_bounces')
        .where('at_ms', '<', beforeMs)
        .where((row) =>
          row(
            row.refTuple('recipient_hash', 'at_ms'),
            'in',
            row
              .selectFrom('soft_bounces as old')
              .select(['old.recipient_hash', 'old.at_ms'])
              .where('old.at_ms', '<', beforeMs)
              .orderBy('old.at_ms')
              .limit(limit)
              .$asTuple('recipient_hash', 'at_ms'),
          ),
        )
        .executeTakeFirst(),
    ),
  ]
  return deleted.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0)
}

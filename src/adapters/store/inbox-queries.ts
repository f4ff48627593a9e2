// The inbox of webhooks: what was answered with 2xx is here until it was looked at, each event once.

import type { InboxMessage } from '../../ports/offer-store.ts'
import type { StoreDatabase } from './store-database.ts'
import { requireStorableKey } from './stored-json.ts'

export async function takeMessage(database: StoreDatabase, message: InboxMessage): Promise<boolean> {
  requireStorableKey(message.id, 'event id')
  requireStorableKey(message.subject, 'subject of the event')
  return await database.write(async (db) => {
    const inserted = await db
      .insertInto('webhook_inbox')
      .values({
        id: message.id,
        topic: message.topic,
        subject: message.subject,
        received_at_ms: message.receivedAtMs,
        due_at_ms: message.receivedAtMs,
        done_at_ms: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  })
}

export async function dueMessages(
  database: StoreDatabase,
  nowMs: number,
  limit: number,
): Promise<InboxMessage[]> {
  const rows = await database.read
    .selectFrom('webhook_inbox')
    .selectAll()
    .where('done_at_ms', 'is', null)
    .where('due_at_ms', '<=', nowMs)
    .orderBy('due_at_ms')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    topic: row.topic,
    subject: row.subject,
    receivedAtMs: row.received_at_ms,
  }))
}

export async function settleMessage(
  database: StoreDatabase,
  id: string,
  outcome: { readonly doneAtMs: number } | { readonly againAtMs: number },
): Promise<void> {
  const change = 'doneAtMs' in outcome ? { done_at_ms: outcome.doneAtMs } : { due_at_ms: outcome.againAtMs }
  await database.write((db) => db.updateTable('webhook_inbox').set(change).where('id', '=', id).execute())
}

// Suppressions. One holds the recipient's name while it is written, as a claim does (claim-queries.ts): after it is on the
// disk no claim of a message to that recipient succeeds.

import { type Kysely, sql } from 'kysely'
import type { LedgerEntry } from '../../domain/ledger.ts'
import { transactionalFlows } from '../../domain/message.ts'
import type { Medium } from '../../domain/recipient.ts'
import type { Suppression, SuppressionReason } from '../../domain/suppression.ts'
import { writeEntries } from './ledger-queries.ts'
import { cancelledAt } from './message-queries.ts'
import type { StoreDatabase } from './store-database.ts'
import { isStorableKey, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

export async function suppress(
  database: StoreDatabase,
  suppression: Suppression,
  entries: readonly LedgerEntry[],
): Promise<{ readonly cancelled: number }> {
  requireStorableKey(suppression.recipientHash, 'recipient of the suppression')
  const { recipientHash, medium, reason, sinceMs } = suppression
  return await database.writeTogether(async (db) => {
    await database.hold(db, recipientHash)
    await putSuppression(db, suppression)
    let cancelling = db
      .updateTable('messages')
      .set(cancelledAt(sinceMs, reason === 'erased' ? 'erased' : 'suppressed'))
      .where('recipient_hash', '=', recipientHash)
      .where('medium', '=', medium)
      .where('state', '=', 'scheduled')
    if (reason !== 'hard-bounce' && reason !== 'erased')
      cancelling = cancelling.where('flow', 'not in', transactionalFlows)
    const cancelled = await cancelling.executeTakeFirst()
    await writeEntries(db, entries)
    return { cancelled: Number(cancelled.numUpdatedRows) }
  })
}

/** Of the same reason twice the longer one counts, and it began when it was said last: what was said between ends nothing. */
export async function putSuppression(db: Kysely<Tables>, suppression: Suppression): Promise<void> {
  const longer = sql<number | null>`case
    when suppressions.until_ms is null or excluded.until_ms is null then null
    when suppressions.until_ms > excluded.until_ms then suppressions.until_ms
    else excluded.until_ms end`
  const later = sql<number>`case
    when suppressions.since_ms > excluded.since_ms then suppressions.since_ms
    else excluded.since_ms end`
  await db
    .insertInto('suppressions')
    .values({
      recipient_hash: suppression.recipientHash,
      medium: suppression.medium,
      reason: suppression.reason,
      since_ms: suppression.sinceMs,
      until_ms: suppression.untilMs,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['recipient_hash', 'medium', 'reason'])
        .doUpdateSet({ since_ms: later, until_ms: longer }),
    )
    .execute()
}

export async function liftSuppressions(
  database: StoreDatabase,
  recipientHash: string,
  medium: Medium,
  reasons: readonly SuppressionReason[],
  beforeMs: number,
): Promise<void> {
  if (!isStorableKey(recipientHash) || reasons.length === 0) return
  await database.writeTogether(async (db) => {
    await database.hold(db, recipientHash)
    await db
      .deleteFrom('suppressions')
      .where('recipient_hash', '=', recipientHash)
      .where('medium', '=', medium)
      .where('reason', 'in', reasons)
      .where('since_ms', '<', beforeMs)
      .execute()
  })
}

export async function findSuppressions(
  database: StoreDatabase,
  recipientHash: string,
): Promise<Suppression[]> {
  return isStorableKey(recipientHash) ? await readSuppressions(database.read, recipientHash) : []
}

export async function listSuppressions(
  database: StoreDatabase,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Suppression[]> {
  const hashes = database.read
    .selectFrom('suppressions')
    .select('recipient_hash')
    .distinct()
    .where('recipient_hash', '>', page.after ?? '')
    .orderBy('recipient_hash')
    .limit(page.limit)
  const rows = await database.read
    .selectFrom('suppressions')
    .selectAll()
    .where('recipient_hash', 'in', hashes)
    .orderBy('recipient_hash')
    .orderBy('medium')
    .orderBy('since_ms')
    .orderBy('reason')
    .execute()
  return rows.map(readSuppression)
}

async function readSuppressions(db: Kysely<Tables>, recipientHash: string): Promise<Suppression[]> {
  const rows = await db
    .selectFrom('suppressions')
    .selectAll()
    .where('recipient_hash', '=', recipientHash)
    .orderBy('medium')
    .orderBy('since_ms')
    .orderBy('reason')
    .execute()
  return rows.map(readSuppression)
}

function readSuppression(row: Tables['suppressions']): Suppression {
  return {
    recipientHash: row.recipient_hash,
    medium: row.medium,
    reason: row.reason,
    sinceMs: row.since_ms,
    untilMs: row.until_ms,
  }
}

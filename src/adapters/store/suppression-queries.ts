// Suppressions and claims. Both hold the recipient's name while they run: after a suppression is on the disk no claim of a
// message to that recipient succeeds (requirements C5, C15 of docs/reliability.md).

import { type Kysely, sql } from 'kysely'
import type { ClaimFacts, ClaimVerdict } from '../../domain/claim.ts'
import { DAY_MS } from '../../domain/instant.ts'
import type { LedgerEntry } from '../../domain/ledger.ts'
import { CONFIRMATION_FLOW, isMarketing, type Message, messageClasses } from '../../domain/message.ts'
import type { Medium } from '../../domain/recipient.ts'
import type { Suppression, SuppressionReason } from '../../domain/suppression.ts'
import { readConsents } from './consent-queries.ts'
import { writeEntries } from './ledger-queries.ts'
import { cancelledAt } from './message-queries.ts'
import { toMessageRow } from './message-rows.ts'
import type { StoreDatabase } from './store-database.ts'
import { isStorableKey, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** The longest that a cap on the number of messages looks back. */
const capDays = 30

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
      cancelling = cancelling.where('flow', '<>', CONFIRMATION_FLOW)
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

export async function claimMessage(
  database: StoreDatabase,
  next: Message,
  judge: (facts: ClaimFacts) => ClaimVerdict,
  nowMs: number,
): Promise<ClaimVerdict | { readonly kind: 'lost' }> {
  const { id, ...changed } = toMessageRow(next)
  const before = next.version - 1
  return await database.writeTogether(async (db) => {
    await database.hold(db, next.recipientHash)
    const row = await readTimes(db, next)
    if (row?.version !== before) return { kind: 'lost' } as const
    const facts: ClaimFacts = {
      suppressions: await readSuppressions(db, next.recipientHash),
      consents: await readConsents(db, next.recipientHash, next.medium),
      marketingAtMs: await readMarketingTimes(db, next, nowMs),
      ...{ otherAtMs: row.other_at_ms, dismissedAtMs: row.dismissed_at_ms },
    }
    const verdict = judge(facts)
    if (verdict.kind !== 'send') return verdict
    const claimed = await db
      .updateTable('messages')
      .set(changed)
      .where('id', '=', id)
      .where('version', '=', before)
      .executeTakeFirst()
    return claimed.numUpdatedRows === 1n ? verdict : ({ kind: 'lost' } as const)
  })
}

/** In one question, since each is a way to the server and back. */
async function readTimes(db: Kysely<Tables>, { id, recipientHash, medium }: Message) {
  return await db
    .selectFrom('messages')
    .select([
      'version',
      (row) =>
        row
          .selectFrom('other_messages')
          .select('at_ms')
          .where('other_messages.recipient_hash', '=', recipientHash)
          .where('other_messages.medium', '=', medium)
          .as('other_at_ms'),
      (row) =>
        row
          .selectFrom('recipients')
          .innerJoin('offers', 'offers.order_id', 'recipients.order_id')
          .select(sql<number | null>`max(offers.dismissed_at_ms)`.as('at_ms'))
          .where(medium === 'email' ? 'recipients.email_hash' : 'recipients.phone_hash', '=', recipientHash)
          .as('dismissed_at_ms'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What was put back to be tried later or was refused did not reach anybody; what may have, counts. */
async function readMarketingTimes(db: Kysely<Tables>, next: Message, nowMs: number): Promise<number[]> {
  const rows = await db
    .selectFrom('messages')
    .select('claimed_at_ms')
    .where('recipient_hash', '=', next.recipientHash)
    .where('medium', '=', next.medium)
    .where('claimed_at_ms', '>=', nowMs - capDays * DAY_MS)
    .where('state', 'in', ['claimed', 'sent', 'ambiguous'])
    .where('id', '<>', next.id)
    .where((where) =>
      where.or([
        where('class', 'in', messageClasses.filter(isMarketing)),
        // Claimed before it was rendered: taken for what its flow makes it.
        where.and([where('class', 'is', null), where('flow', '<>', CONFIRMATION_FLOW)]),
      ]),
    )
    .orderBy('claimed_at_ms')
    .execute()
  return rows.flatMap((row) => (row.claimed_at_ms === null ? [] : [row.claimed_at_ms]))
}

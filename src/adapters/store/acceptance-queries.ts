// Acceptances: one row per offer, changed by compare and set on its version, so that two drivers never both move it on.

import { sql } from 'kysely'
import {
  type Acceptance,
  type AcceptanceState,
  acceptanceReasons,
  finalStates,
  openStates,
} from '../../domain/acceptance.ts'
import { AHEAD_MAX_MS } from '../../domain/acceptance-due.ts'
import type { LedgerEntry } from '../../domain/ledger.ts'
import type { Message } from '../../domain/message.ts'
import { writeEntries } from './ledger-queries.ts'
import { scheduleNext } from './message-queries.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson } from './stored-json.ts'
import type { Tables } from './tables.ts'

const states: ReadonlySet<string> = new Set<AcceptanceState>([...openStates, ...finalStates])

export async function openAcceptance(
  database: StoreDatabase,
  first: Acceptance,
  accepted: LedgerEntry,
): Promise<Acceptance> {
  const body = await database.writeTogether(async (db) => {
    const inserted = await db
      .insertInto('acceptances')
      .values(toRow(first))
      .onConflict((conflict) => conflict.column('offer_id').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 1n) await writeEntries(db, [accepted])
    const row = await db
      .selectFrom('acceptances')
      .select('body')
      .where('offer_id', '=', first.offerId)
      .executeTakeFirstOrThrow()
    return row.body
  })
  return readAcceptance(body, first.offerId)
}

export async function getAcceptance(database: StoreDatabase, offerId: string): Promise<Acceptance | null> {
  if (!isStorableKey(offerId)) return null
  const row = await database.read
    .selectFrom('acceptances')
    .select('body')
    .where('offer_id', '=', offerId)
    .executeTakeFirst()
  return row === undefined ? null : readAcceptance(row.body, offerId)
}

export async function findAcceptance(database: StoreDatabase, paymentId: string): Promise<Acceptance | null> {
  if (!isStorableKey(paymentId)) return null
  const row = await database.read
    .selectFrom('acceptances')
    .select(['offer_id', 'body'])
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  return row === undefined ? null : readAcceptance(row.body, row.offer_id)
}

export async function listAcceptances(database: StoreDatabase, orderId: string): Promise<Acceptance[]> {
  if (!isStorableKey(orderId)) return []
  const rows = await database.read
    .selectFrom('acceptances')
    .select(['offer_id', 'body'])
    .where('order_id', '=', orderId)
    .orderBy('accepted_at_ms')
    .orderBy('offer_id')
    .execute()
  return rows.map((row) => readAcceptance(row.body, row.offer_id))
}

export async function saveAcceptance(
  database: StoreDatabase,
  next: Acceptance,
  entries: readonly LedgerEntry[],
  mails: readonly Message[] = [],
): Promise<boolean> {
  return await database.writeTogether(async (db) => {
    const { offer_id, ...changed } = toRow(next)
    const saved = await db
      .updateTable('acceptances')
      .set(changed)
      .where('offer_id', '=', offer_id)
      .where('version', '=', next.version - 1)
      .executeTakeFirst()
    if (saved.numUpdatedRows !== 1n) return false
    await writeEntries(db, entries)
    for (const mail of mails) {
      // Two add-ons of one order that end at once take their steps one after the other.
      await database.hold(db, mail.recipientHash)
      await scheduleNext(db, mail)
    }
    return true
  })
}

/**
 * Two questions, each answered from the index of what is due: asked as one with `or`, SQLite reads every row that ever
 * was, in each round of each worker.
 */
export async function dueAcceptances(
  database: StoreDatabase,
  nowMs: number,
  limit: number,
): Promise<{ readonly offerId: string }[]> {
  const farMs = nowMs + AHEAD_MAX_MS
  const unheld = database.read
    .selectFrom('acceptances')
    .select(['offer_id', 'due_at_ms'])
    .where((row) => row.or([row('lease_until_ms', '<=', nowMs), row('lease_until_ms', '>', farMs)]))
  const rows = await unheld
    .where('due_at_ms', '<=', nowMs)
    .unionAll(unheld.where('due_at_ms', '>', farMs).where('state', 'in', openStates))
    .orderBy('due_at_ms')
    .orderBy('offer_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ offerId: row.offer_id }))
}

export async function countAcceptances(
  database: StoreDatabase,
  sinceMs: number,
): Promise<{ readonly opened: number; readonly declined: number }> {
  const row = await database.read
    .selectFrom('acceptances')
    .select([
      sql<number>`count(*)`.as('opened'),
      sql<number>`coalesce(sum(case when state = 'declined' then 1 else 0 end), 0)`.as('declined'),
    ])
    .where('accepted_at_ms', '>=', sinceMs)
    .executeTakeFirstOrThrow()
  return { opened: Number(row.opened), declined: Number(row.declined) }
}

function toRow(acceptance: Acceptance): Tables['acceptances'] {
  return {
    offer_id: acceptance.offerId,
    order_id: acceptance.orderId,
    state: acceptance.state,
    payment_id: acceptance.paymentId,
    version: acceptance.version,
    due_at_ms: acceptance.dueAtMs,
    lease_until_ms: acceptance.leaseUntilMs,
    accepted_at_ms: acceptance.acceptedAtMs,
    body: JSON.stringify(acceptance),
  }
}

function readAcceptance(body: string, offerId: string): Acceptance {
  const value = readJson(body, `the acceptance of offer ${offerId}`)
  if (!isAcceptance(value) || value.offerId !== offerId) throw damaged(`the acceptance of offer ${offerId}`)
  return value
}

function isAcceptance(value: unknown): value is Acceptance {
  if (typeof value !== 'object' || value === null) return false
  const row: Partial<Record<keyof Acceptance, unknown>> = value
  const counts = [row.amountMinor, row.capturedMinor, row.refundedMinor, row.version, row.acceptedAtMs]
  return (
    typeof row.state === 'string' &&
    states.has(row.state) &&
    (row.reason === null || acceptanceReasons.some((reason) => reason === row.reason)) &&
    counts.every((count) => Number.isSafeInteger(count)) &&
    (row.paymentId === null || typeof row.paymentId === 'string')
  )
}

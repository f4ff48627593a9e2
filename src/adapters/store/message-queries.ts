// Messages as rows: planned once per slot, listed, and moved on by compare and set on their version.

import { type Kysely, sql } from 'kysely'
import { addOnFlows } from '../../domain/add-on-news.ts'
import { DAY_MS } from '../../domain/instant.ts'
import type { LedgerEntry } from '../../domain/ledger.ts'
import { type CancelReason, isMarketing, type Message, messageClasses } from '../../domain/message.ts'
import type { MessageStore } from '../../ports/message-store.ts'
import { writeEntries } from './ledger-queries.ts'
import { lookAtOf, messageStates, readMessage, toMessageRow } from './message-rows.ts'
import type { StoreDatabase } from './store-database.ts'
import { isStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** SQLite takes 32,766 parameters in a statement, and a message is 22. */
const rowsAtOnce = 500

export async function planMessages(database: StoreDatabase, messages: readonly Message[]): Promise<number> {
  const rows = messages.map(toMessageRow)
  return await database.writeTogether(async (db) => {
    let planned = 0
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const inserted = await db
        .insertInto('messages')
        .values(rows.slice(from, from + rowsAtOnce))
        // Without naming the slot: planning the same again meets the id as well.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      planned += Number(inserted.numInsertedOrUpdatedRows ?? 0n)
    }
    return planned
  })
}

/** As the next step of its flow and order; whoever calls holds the recipient. */
export async function scheduleNext(db: Kysely<Tables>, message: Message): Promise<void> {
  const last = await db
    .selectFrom('messages')
    .select(sql<number | null>`max(step)`.as('step'))
    .where('order_id', '=', message.orderId)
    .where('flow', '=', message.flow)
    .executeTakeFirstOrThrow()
  const step = last.step === null ? 0 : Number(last.step) + 1
  await db
    .insertInto('messages')
    .values(toMessageRow({ ...message, step }))
    .execute()
}

export async function getMessage(database: StoreDatabase, id: string): Promise<Message | null> {
  if (!isStorableKey(id)) return null
  const row = await database.read.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : readMessage(row)
}

export async function messagesOfOrder(database: StoreDatabase, orderId: string): Promise<Message[]> {
  if (!isStorableKey(orderId)) return []
  const rows = await database.read
    .selectFrom('messages')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('scheduled_at_ms')
    .orderBy('flow')
    .orderBy('step')
    .orderBy('id')
    .execute()
  return rows.map(readMessage)
}

/** One look into the index per flow and state, so that the newest of a million is found without reading them. */
export async function listMessages(
  database: StoreDatabase,
  { state, flow, limit }: Parameters<MessageStore['listMessages']>[0],
): Promise<Message[]> {
  const flows = flow === undefined ? await flowsOfMessages(database) : [flow]
  const states = state === undefined ? messageStates : [state]
  const lists = await Promise.all(
    flows.flatMap((one) =>
      states.map((other) =>
        database.read
          .selectFrom('messages')
          .selectAll()
          .where('flow', '=', one)
          .where('state', '=', other)
          .orderBy('listed_at_ms', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute(),
      ),
    ),
  )
  return lists
    .flat()
    .sort((a, b) => b.listed_at_ms - a.listed_at_ms || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(readMessage)
}

/** From each flow to the next one in the index; to count all rows for it would take a second. */
async function flowsOfMessages(database: StoreDatabase): Promise<string[]> {
  const found = await sql<{ flow: string }>`
    with recursive flows (flow) as (
      select min(flow) from messages
      union all
      select (select min(messages.flow) from messages where messages.flow > flows.flow)
      from flows where flows.flow is not null
    )
    select flow from flows where flow is not null`.execute(database.read)
  return found.rows.map((row) => row.flow)
}

export async function messagesDue(database: StoreDatabase, nowMs: number, limit: number): Promise<Message[]> {
  const rows = await dueRows(database.read, nowMs, limit).selectAll().execute()
  return rows.map(readMessage)
}

export async function reserveMessages(
  database: StoreDatabase,
  nowMs: number,
  limit: number,
  untilMs: number,
): Promise<Message[]> {
  const rows = await database.writeTogether(async (db) => {
    const due = dueRows(db, nowMs, limit).select('id')
    return await db
      .updateTable('messages')
      .set({ look_at_ms: untilMs })
      // Who asks at the same time passes by these, and takes the ones after them.
      .where('id', 'in', database.locksRows ? due.forUpdate().skipLocked() : due)
      .returningAll()
      .execute()
  })
  // Of what is due at once the names of the flows decide: a set is completed before the next step. Caps let one through.
  const placeOf = ({ flow, id }: Message): string => `${flow} ${id}`
  return rows.map(readMessage).sort((a, b) => lookAtOf(a) - lookAtOf(b) || (placeOf(a) < placeOf(b) ? -1 : 1))
}

function dueRows(db: Kysely<Tables>, nowMs: number, limit: number) {
  return db
    .selectFrom('messages')
    .where('look_at_ms', '<=', nowMs)
    .orderBy('look_at_ms')
    .orderBy('id')
    .limit(limit)
}

export async function nextMessageDue(database: StoreDatabase): Promise<number | null> {
  const row = await database.read
    .selectFrom('messages')
    .select('look_at_ms')
    .where('look_at_ms', 'is not', null)
    .orderBy('look_at_ms')
    .limit(1)
    .executeTakeFirst()
  return row?.look_at_ms ?? null
}

export async function saveMessage(
  database: StoreDatabase,
  next: Message,
  entries: readonly LedgerEntry[],
): Promise<boolean> {
  const { id, ...changed } = toMessageRow(next)
  return await database.writeTogether(async (db) => {
    const saved = await db
      .updateTable('messages')
      .set(changed)
      .where('id', '=', id)
      .where('version', '=', next.version - 1)
      .executeTakeFirst()
    if (saved.numUpdatedRows !== 1n) return false
    await writeEntries(db, entries)
    return true
  })
}

export async function cancelMessages(
  database: StoreDatabase,
  orderId: string,
  reason: CancelReason,
  nowMs: number,
): Promise<number> {
  if (!isStorableKey(orderId)) return 0
  return await database.writeTogether(async (db) => {
    const open = db.selectFrom('messages').where('order_id', '=', orderId).where('state', '=', 'scheduled')
    // In the order of their names, so that two that cancel the same messages never wait for each other in a circle.
    const recipients = (await open.select('recipient_hash').distinct().execute()).map((r) => r.recipient_hash)
    for (const recipient of recipients.toSorted()) await database.hold(db, recipient)
    const cancelled = await db
      .updateTable('messages')
      .set(cancelledAt(nowMs, reason))
      .where('order_id', '=', orderId)
      .where('state', '=', 'scheduled')
      .where('flow', 'not in', addOnFlows)
      .where('recipient_hash', 'in', recipients.length === 0 ? [''] : recipients)
      .executeTakeFirst()
    return Number(cancelled.numUpdatedRows)
  })
}

export function cancelledAt(nowMs: number, reason: CancelReason) {
  return {
    state: 'cancelled',
    version: sql<number>`version + 1`,
    due_at_ms: null,
    look_at_ms: null,
    settled_at_ms: nowMs,
    listed_at_ms: nowMs,
    reason,
  } as const
}

export async function countOutcomes(
  database: StoreDatabase,
  flow: string,
  sinceMs: number,
): Promise<{ readonly sent: number; readonly complaints: number; readonly unsubscribes: number }> {
  const marketing = messageClasses.filter(isMarketing)
  const sent = await database.read
    .selectFrom('messages')
    .select(sql<number>`count(*)`.as('count'))
    .where('flow', '=', flow)
    .where('state', '=', 'sent')
    .where('listed_at_ms', '>=', sinceMs)
    .where('class', 'in', marketing)
    .executeTakeFirstOrThrow()
  const outcomes = await database.read
    .selectFrom('ledger')
    .innerJoin('messages', 'messages.id', 'ledger.offer_id')
    .select(['ledger.kind', sql<number>`count(distinct messages.recipient_hash)`.as('recipients')])
    .where('ledger.kind', 'in', ['complained', 'unsubscribed'])
    // From the few outcomes to their messages. A provider's clock may be a little behind ours.
    .where('ledger.at_ms', '>=', sinceMs - DAY_MS)
    .where('messages.flow', '=', flow)
    .where('messages.settled_at_ms', '>=', sinceMs)
    .where('messages.class', 'in', marketing)
    .groupBy('ledger.kind')
    .execute()
  const of = (kind: string) => Number(outcomes.find((one) => one.kind === kind)?.recipients ?? 0)
  return { sent: Number(sent.count), complaints: of('complained'), unsubscribes: of('unsubscribed') }
}

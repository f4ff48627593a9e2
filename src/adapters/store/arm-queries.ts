// The always-on choice: what the ledger says of each arm, the records of the last refresh, and the log of changes.

import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type ArmChange, type ArmRecord, type ArmState, type ArmWeek, answeredMs } from '../../domain/arm.ts'
import { CLICK_COUNTS_MS } from '../../domain/message.ts'
import { boughtAfter, clicksOf } from './click-queries.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

const WEEK_MS = 7 * 86_400_000
/** Both engines take far more parameters than these rows have. */
const ROWS_AT_ONCE = 500

export async function countArms(database: StoreDatabase, untilMs: number, weeks: number): Promise<ArmWeek[]> {
  const offers = offersByWeek(untilMs - answeredMs('thank-you'), weeks)
  const messages = messagesByWeek({ untilMs, lastMs: untilMs - answeredMs('follow-up'), weeks })
  const rows = [
    ...(await offers.execute(database.read)).rows,
    ...(await messages.execute(database.read)).rows,
  ]
  return rows.map((row) => ({
    placement: row.placement,
    anchor: row.anchor,
    addOn: row.product,
    relation: row.relation,
    weeksAgo: Number(row.weeks_ago),
    shown: Number(row.shown),
    taken: Math.max(0, Number(row.taken)),
  }))
}

type ArmRow = Pick<ArmWeek, 'placement' | 'anchor' | 'relation' | 'shown' | 'taken'> & {
  readonly product: string
  readonly weeks_ago: number
}

/**
 * An entry of a kind is written once for an offer, so entries are offers. What was taken counts in the week in which it was
 * seen only where both fall into the same week: half an hour in 168.
 */
function offersByWeek(lastMs: number, weeks: number): RawBuilder<ArmRow> {
  return sql<ArmRow>`
    select placement, anchor, product, relation, ${weekBefore(lastMs, sql`at_ms`)} as weeks_ago,
      sum(case when kind = 'exposed' then 1 else 0 end) as shown,
      sum(case kind when 'completed' then 1 when 'undone' then -1 else 0 end) as taken
    from ledger
    where kind in ('exposed', 'completed', 'undone') and anchor is not null and relation is not null
      and at_ms <= ${lastMs} and at_ms > ${lastMs - weeks * WEEK_MS}
    group by placement, anchor, product, relation, weeks_ago`
}

/**
 * Messages by the product that was drawn, which stands first in them, and those that led to its purchase by a click. What ran
 * out is wanted or not: a refill is tried against nothing.
 */
function messagesByWeek({
  untilMs,
  lastMs,
  weeks,
}: {
  readonly untilMs: number
  readonly lastMs: number
  readonly weeks: number
}): RawBuilder<ArmRow> {
  const fromMs = lastMs - weeks * WEEK_MS
  const period = { fromMs, toMs: untilMs, withinMs: CLICK_COUNTS_MS }
  return sql<ArmRow>`
    with clicks as materialized (${clicksOf(period)}),
    bought as (${boughtAfter(period)})
    select sent.placement, sent.anchor, sent.product, sent.relation,
      ${weekBefore(lastMs, sql`sent.at_ms`)} as weeks_ago,
      count(*) as shown,
      sum(case when (sent.offer_id, sent.product) in (select message_id, product from bought) then 1 else 0 end) as taken
    from ledger as sent
    where sent.kind = 'message-sent' and sent.anchor is not null and sent.relation in ('complete', 'extend')
      and sent.detail like '{"place":1,%' and sent.at_ms <= ${lastMs} and sent.at_ms > ${fromMs}
    group by sent.placement, sent.anchor, sent.product, sent.relation, weeks_ago`
}

function weekBefore(lastMs: number, at: RawBuilder<unknown>): RawBuilder<number> {
  const [last, week] = [Math.trunc(lastMs), WEEK_MS].map((one) => sql.raw(String(one)))
  return sql<number>`cast((${last} - ${at}) / ${week} as bigint)`
}

export async function replaceArms(
  database: StoreDatabase,
  records: readonly ArmRecord[],
  changes: readonly Omit<ArmChange, 'sequence'>[],
): Promise<void> {
  await database.writeTogether(async (db) => {
    const version = await holdPointer(db, 'arms')
    await db.deleteFrom('arm_records').execute()
    for (let from = 0; from < records.length; from += ROWS_AT_ONCE) {
      const rows = records.slice(from, from + ROWS_AT_ONCE)
      await db
        .insertInto('arm_records')
        .values(rows.map(({ addOn, ...row }) => ({ ...row, add_on: addOn })))
        .execute()
    }
    await writeChanges(db, changes)
    await movePointer(db, 'arms', version + 1)
  })
}

export async function addArmChange(
  database: StoreDatabase,
  change: Omit<ArmChange, 'sequence'>,
): Promise<void> {
  await database.writeTogether(async (db) => {
    const version = await holdPointer(db, 'arms')
    await writeChanges(db, [change])
    await movePointer(db, 'arms', version + 1)
  })
}

/** Inside the transaction of the caller, which holds the pointer: numbers have no gaps and no doubles. */
async function writeChanges(
  db: Kysely<Tables>,
  changes: readonly Omit<ArmChange, 'sequence'>[],
): Promise<void> {
  if (changes.length === 0) return
  const last = await db
    .selectFrom('arm_changes')
    .select(sql<number>`coalesce(max(sequence), 0)`.as('sequence'))
    .executeTakeFirstOrThrow()
  const first = Number(last.sequence) + 1
  for (let from = 0; from < changes.length; from += ROWS_AT_ONCE) {
    const rows = changes.slice(from, from + ROWS_AT_ONCE)
    await db
      .insertInto('arm_changes')
      .values(
        rows.map(({ addOn, atMs, ...row }, index) => ({
          ...row,
          sequence: first + from + index,
          add_on: addOn,
          at_ms: atMs,
        })),
      )
      .execute()
  }
}

export async function listArmRecords(database: StoreDatabase): Promise<ArmRecord[]> {
  const rows = await database.read.selectFrom('arm_records').selectAll().execute()
  return rows.map(({ add_on, ...row }) => ({ ...row, addOn: add_on }))
}

export async function listArmChanges(database: StoreDatabase, limit: number): Promise<ArmChange[]> {
  const rows = await database.read
    .selectFrom('arm_changes')
    .selectAll()
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(changeOfRow)
}

export async function latestArmChanges(database: StoreDatabase, state?: ArmState): Promise<ArmChange[]> {
  const rows = await database.read
    .selectFrom('arm_changes')
    .selectAll()
    .where('sequence', 'in', (latest) =>
      latest
        .selectFrom('arm_changes')
        .select(sql<number>`max(sequence)`.as('sequence'))
        .$if(state !== undefined, (all) => all.where('state', '=', state ?? 'live'))
        .groupBy(['placement', 'anchor', 'add_on']),
    )
    .execute()
  return rows.map(changeOfRow)
}

export function armsVersion(database: StoreDatabase): Promise<number> {
  return readPointer(database.read, 'arms')
}

function changeOfRow({ add_on, at_ms, ...row }: Tables['arm_changes']): ArmChange {
  return { ...row, addOn: add_on, atMs: at_ms }
}

// The always-on choice: what the ledger says of each arm, the records of the last refresh, and the log of changes.

import { type Kysely, sql } from 'kysely'
import type { ArmChange, ArmRecord } from '../../domain/arm.ts'
import type { OfferedRelation } from '../../domain/pairing.ts'
import type { Placement } from '../../domain/placement.ts'
import type { ArmWeek } from '../../ports/arm-store.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

const WEEK_MS = 7 * 86_400_000
/** An offer on the thank-you page runs out within half an hour, and its purchase is driven to its end soon after. */
const ANSWERED_MS = 60 * 60_000
/** Both engines take far more parameters than these rows have. */
const ROWS_AT_ONCE = 500

export async function countArms(database: StoreDatabase, untilMs: number, weeks: number): Promise<ArmWeek[]> {
  const lastMs = untilMs - ANSWERED_MS
  // An entry of a kind is written once for an offer, so entries are offers. What was taken counts in the week in which it was
  // seen only where both fall into the same week: half an hour in 168.
  const week = sql<number>`cast((${sql.raw(String(Math.trunc(lastMs)))} - at_ms) / ${sql.raw(String(WEEK_MS))} as bigint)`
  const rows = await database.read
    .selectFrom('ledger')
    .select([
      'placement',
      'anchor',
      'product',
      'relation',
      week.as('weeks_ago'),
      sql<number>`sum(case when kind = 'exposed' then 1 else 0 end)`.as('shown'),
      sql<number>`sum(case kind when 'completed' then 1 when 'undone' then -1 else 0 end)`.as('taken'),
    ])
    .where('kind', 'in', ['exposed', 'completed', 'undone'])
    .where('anchor', 'is not', null)
    .where('at_ms', '<=', lastMs)
    .where('at_ms', '>', lastMs - weeks * WEEK_MS)
    .groupBy(['placement', 'anchor', 'product', 'relation', week])
    .execute()
  return rows.map((row) => ({
    placement: row.placement as Placement,
    anchor: row.anchor ?? '',
    addOn: row.product,
    relation: row.relation as OfferedRelation,
    weeksAgo: Number(row.weeks_ago),
    shown: Number(row.shown),
    taken: Math.max(0, Number(row.taken)),
  }))
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

export async function latestArmChanges(database: StoreDatabase): Promise<ArmChange[]> {
  const rows = await database.read
    .selectFrom('arm_changes')
    .selectAll()
    .where('sequence', 'in', (latest) =>
      latest
        .selectFrom('arm_changes')
        .select(sql<number>`max(sequence)`.as('sequence'))
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

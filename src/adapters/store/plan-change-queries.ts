// What plans changed: a log that only grows, written in the transaction that publishes a plan.

import type { Kysely } from 'kysely'
import type { ChangeCount, PlanChange, RecordedChange } from '../../domain/plan-change.ts'
import type { ChangeFilter } from '../../ports/store.ts'
import { holdPointer, movePointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { isStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** Both engines take this many rows of ten parameters in one statement. */
const rowsPerInsert = 500

export async function insertPlanChanges(
  db: Kysely<Tables>,
  changes: readonly PlanChange[],
  { planVersion, atMs }: Pick<RecordedChange, 'planVersion' | 'atMs'>,
): Promise<void> {
  if (changes.length === 0) return
  const last = await holdPointer(db, 'plan-changes')
  for (let from = 0; from < changes.length; from += rowsPerInsert) {
    const rows = changes.slice(from, from + rowsPerInsert).map((change, place) => ({
      sequence: last + 1 + from + place,
      plan_version: planVersion,
      at_ms: atMs,
      kind: change.kind,
      anchor: change.anchor,
      add_on: change.addOn,
      relation: change.relation,
      reason: change.kind === 'retired' ? change.reason : null,
      because: change.because.toWellFormed().replaceAll('\0', ''),
      replaced_by: change.kind === 'retired' ? change.replacedBy : null,
    }))
    await db.insertInto('plan_changes').values(rows).execute()
  }
  await movePointer(db, 'plan-changes', last + changes.length)
}

export async function listPlanChanges(
  database: StoreDatabase,
  { limit, kind, anchor }: ChangeFilter,
): Promise<RecordedChange[]> {
  if (anchor !== undefined && !isStorableKey(anchor)) return []
  let query = database.read.selectFrom('plan_changes').selectAll()
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (anchor !== undefined) query = query.where('anchor', '=', anchor)
  const rows = await query.orderBy('plan_version', 'desc').orderBy('sequence').limit(limit).execute()
  return rows.map(readChange)
}

export async function countPlanChanges(database: StoreDatabase): Promise<ChangeCount[]> {
  const rows = await database.read
    .selectFrom('plan_changes')
    .select(['plan_version', 'kind', 'reason'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(['plan_version', 'kind', 'reason'])
    .orderBy('plan_version', 'desc')
    .orderBy('kind', 'desc')
    .orderBy('reason')
    .execute()
  return rows.map((row) => ({
    planVersion: row.plan_version,
    kind: row.kind,
    reason: row.reason,
    count: Number(row.count),
  }))
}

function readChange(row: Tables['plan_changes']): RecordedChange {
  const told = {
    sequence: row.sequence,
    planVersion: row.plan_version,
    atMs: row.at_ms,
    anchor: row.anchor,
    addOn: row.add_on,
    relation: row.relation,
    because: row.because,
  }
  if (row.kind === 'added' || row.reason === null) return { ...told, kind: 'added' }
  return { ...told, kind: 'retired', reason: row.reason, replacedBy: row.replaced_by }
}

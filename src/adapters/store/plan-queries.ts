// Plans: a header row each, and the body in compressed parts (see plan-body.ts). Versions count up and are never used
// twice; the last ten are kept, so that an owner can go back.
//
// Why parts and not a row per pairing: a plan is written once, read whole and never changed. `bench/plan-storage.ts`,
// a million pairings on SQLite (two cores): parts are loaded in 5.2 s with 800 MB at the peak, rows in 12.4 s with
// 1,230 MB; parts take 96 MB on disk, rows 411 MB. Parts take longer to publish (9.9 s against 5.6 s), but nearly all
// of it before the transaction begins, while rows keep the database locked throughout.

import type { Kysely } from 'kysely'
import type { Plan, PlanStream, PlanSummary, StoredPlan } from '../../domain/plan.ts'
import type { PlanHeader } from '../../ports/store.ts'
import { decodePlan, encodePlan, type PlanPart, streamPairings, takeProducts } from './plan-body.ts'
import { insertPlanChanges } from './plan-change-queries.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, readJson } from './stored-json.ts'
import type { Tables } from './tables.ts'

const plansKept = 10

export async function publishPlan(
  database: StoreDatabase,
  draft: PlanStream,
  publishedAtMs: number,
): Promise<number> {
  // Made and compressed before the transaction begins, so that decisions wait for the writing alone.
  const parts = await Array.fromAsync(encodePlan(draft))
  return await database.writeTogether(async (db) => {
    await holdPointer(db, 'current-plan')
    const newest = await db
      .selectFrom('plans')
      .select((eb) => eb.fn.max('version').as('version'))
      .executeTakeFirst()
    const version = (newest?.version ?? 0) + 1
    await db
      .insertInto('plans')
      .values({
        version,
        published_at_ms: publishedAtMs,
        total_orders_weight: draft.totalOrdersWeight,
        habit_share: draft.habitShare,
        parts: parts.length,
        summary: JSON.stringify(draft.summary),
      })
      .execute()
    for (const [part, { kind, body }] of parts.entries())
      await db.insertInto('plan_parts').values({ version, part, kind, body }).execute()
    await insertPlanChanges(db, draft.changes ?? [], { planVersion: version, atMs: publishedAtMs })
    await movePointer(db, 'current-plan', version)
    await prune(db, version)
    return version
  })
}

export async function currentPlanVersion(database: StoreDatabase): Promise<number | null> {
  const version = await readPointer(database.read, 'current-plan')
  return version === 0 ? null : version
}

export async function loadPlan(database: StoreDatabase, version: number): Promise<Plan | null> {
  const header = await findHeader(database, version)
  if (!header) return null
  const body = await decodePlan(readParts(database, version, header.parts), version).catch(
    async (error: unknown) => {
      // Pruned while it was being read.
      if (await findHeader(database, version)) throw error
      return null
    },
  )
  if (!body) return null
  return {
    version,
    publishedAtMs: header.published_at_ms,
    summary: readSummary(header),
    totalOrdersWeight: header.total_orders_weight,
    habitShare: header.habit_share,
    ...body,
  }
}

export async function streamPlan(database: StoreDatabase, version: number): Promise<StoredPlan | null> {
  const header = await findHeader(database, version)
  if (!header) return null
  const parts = readParts(database, version, header.parts)
  const { products, rest } = await takeProducts(parts, version)
  return {
    version,
    publishedAtMs: header.published_at_ms,
    products,
    pairings: streamPairings(rest, products, version),
  }
}

export async function listPlans(database: StoreDatabase): Promise<PlanHeader[]> {
  const current = await currentPlanVersion(database)
  const rows = await database.read.selectFrom('plans').selectAll().orderBy('version', 'desc').execute()
  return rows.map((row) => ({
    version: row.version,
    publishedAtMs: row.published_at_ms,
    current: row.version === current,
    summary: readSummary(row),
  }))
}

export async function makePlanCurrent(database: StoreDatabase, version: number): Promise<boolean> {
  return await database.writeTogether(async (db) => {
    await holdPointer(db, 'current-plan')
    const known = await db
      .selectFrom('plans')
      .select('version')
      .where('version', '=', version)
      .executeTakeFirst()
    if (!known) return false
    await movePointer(db, 'current-plan', version)
    return true
  })
}

/** The newest plan is the current one when this runs, so the current one stays. */
async function prune(db: Kysely<Tables>, newest: number): Promise<void> {
  await db
    .deleteFrom('plan_parts')
    .where('version', '<=', newest - plansKept)
    .execute()
  await db
    .deleteFrom('plans')
    .where('version', '<=', newest - plansKept)
    .execute()
}

async function findHeader(database: StoreDatabase, version: number): Promise<Tables['plans'] | undefined> {
  return await database.read.selectFrom('plans').selectAll().where('version', '=', version).executeTakeFirst()
}

/** One part ahead of the reader, not all of them: together they can be a hundred megabytes. */
async function* readParts(database: StoreDatabase, version: number, parts: number): AsyncGenerator<PlanPart> {
  let next = readPart(database, version, 0)
  for (let part = 0; part < parts; part += 1) {
    const row = await next
    if (!row) throw damaged(`plan ${version}`)
    if (part + 1 < parts) next = readPart(database, version, part + 1)
    // When the reader gives up on this part, nobody asks for the next one; its failure is then nobody's concern.
    next.catch(() => {})
    yield row
  }
}

async function readPart(
  database: StoreDatabase,
  version: number,
  part: number,
): Promise<PlanPart | undefined> {
  return await database.read
    .selectFrom('plan_parts')
    .select(['kind', 'body'])
    .where('version', '=', version)
    .where('part', '=', part)
    .executeTakeFirst()
}

function readSummary(row: Tables['plans']): PlanSummary {
  const what = `summary of plan ${row.version}`
  const summary = readJson(row.summary, what)
  if (typeof summary !== 'object' || summary === null || !('pairings' in summary)) throw damaged(what)
  return summary as PlanSummary
}

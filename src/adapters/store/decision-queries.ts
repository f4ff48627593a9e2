// Decisions, one row per order and placement. The first one that is stored is the one that everybody gets, whoever
// decides at the same time, in this process or another.

import { sql } from 'kysely'
import { type Decision, ladder } from '../../domain/decision.ts'
import type { Placement } from '../../domain/placement.ts'
import type { Trial } from '../../domain/trial.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'
import { writeTrials } from './trial-queries.ts'

export async function putDecision(
  database: StoreDatabase,
  decision: Decision,
  trials: readonly Trial[] = [],
): Promise<Decision> {
  requireStorableKey(decision.orderId, 'order id')
  const row = {
    order_id: decision.orderId,
    placement: decision.placement,
    decided_at_ms: decision.decidedAtMs,
    plan_version: decision.planVersion,
    fallback: decision.fallback,
    picks: decision.picks.length,
    body: JSON.stringify(decision),
  }
  const stored = await database.write(async (db) => {
    const inserted = await db
      .insertInto('decisions')
      .values(row)
      .onConflict((conflict) => conflict.columns(['order_id', 'placement']).doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 1n) {
      await writeTrials(db, trials)
      return row.body
    }
    const known = await db
      .selectFrom('decisions')
      .select('body')
      .where('order_id', '=', row.order_id)
      .where('placement', '=', row.placement)
      .executeTakeFirstOrThrow()
    return known.body
  })
  // Also the first caller gets what was stored, so that its answer equals all later ones.
  return readDecision(stored, decision.orderId, decision.placement)
}

export async function getDecision(
  database: StoreDatabase,
  orderId: string,
  placement: Placement,
): Promise<Decision | null> {
  if (!isStorableKey(orderId)) return null
  const row = await database.read
    .selectFrom('decisions')
    .select('body')
    .where('order_id', '=', orderId)
    .where('placement', '=', placement)
    .executeTakeFirst()
  return row ? readDecision(row.body, orderId, placement) : null
}

export async function listThankYouDecisions(
  database: StoreDatabase,
  page: { readonly sinceMs: number; readonly after: string | null; readonly limit: number },
): Promise<{ readonly decision: Decision; readonly keptMinor: number }[]> {
  let query = database.read
    .selectFrom('decisions')
    .select((row) => [
      'decisions.order_id',
      'decisions.body',
      row
        .selectFrom('ledger')
        .select(sql<number>`coalesce(cast(sum(amount_minor) as bigint), 0)`.as('kept'))
        .whereRef('ledger.order_id', '=', 'decisions.order_id')
        .where('ledger.placement', '=', 'thank-you')
        .where('ledger.kind', 'in', ['charged', 'refunded'])
        .as('kept_minor'),
    ])
    .where('decisions.placement', '=', 'thank-you')
    .where('picks', '>', 0)
    .where('decided_at_ms', '>=', page.sinceMs)
  if (page.after !== null) query = query.where('decisions.order_id', '>', page.after)
  const rows = await query.orderBy('decisions.order_id').limit(page.limit).execute()
  return rows.map((row) => ({
    decision: readDecision(row.body, row.order_id, 'thank-you'),
    keptMinor: Number(row.kept_minor ?? 0),
  }))
}

function readDecision(body: string, orderId: string, placement: Placement): Decision {
  const what = `decision for order ${orderId} at ${placement}`
  const value = readJson(body, what)
  if (!isDecision(value) || value.orderId !== orderId || value.placement !== placement) throw damaged(what)
  // Decisions of before there were tests.
  return value.trials === undefined ? { ...(value as Decision), withheld: [], trials: [] } : value
}

/** Checks the frame, not every field of every candidate: this runs on each answer. */
function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false
  const decision: Partial<Record<keyof Decision, unknown>> = value
  return (
    Array.isArray(decision.picks) &&
    decision.picks.length <= 2 &&
    typeof decision.decidedAtMs === 'number' &&
    typeof decision.planVersion === 'number' &&
    ladder.some((step) => step === decision.fallback) &&
    Array.isArray(decision.ladderTrail) &&
    Array.isArray(decision.dropped) &&
    typeof decision.droppedUntold === 'number'
  )
}

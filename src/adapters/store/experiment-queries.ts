// Experiments: one row each, the whole as JSON, changed by compare and set on its version.

import type { Kysely } from 'kysely'
import { type Experiment, type ExperimentState, experimentStates } from '../../domain/experiment.ts'
import { experimentInTheWay } from '../../domain/experiment-conflict.ts'
import type { SavedExperiment } from '../../ports/experiment-store.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

export async function createExperiment(database: StoreDatabase, experiment: Experiment): Promise<boolean> {
  requireStorableKey(experiment.id, 'experiment')
  const inserted = await database.write((db) =>
    db
      .insertInto('experiments')
      .values(toRow(experiment))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst(),
  )
  return inserted.numInsertedOrUpdatedRows === 1n
}

export async function getExperiment(database: StoreDatabase, id: string): Promise<Experiment | null> {
  return isStorableKey(id) ? readOne(database.read, id) : null
}

export async function listExperiments(
  database: StoreDatabase,
  state?: ExperimentState,
): Promise<Experiment[]> {
  return readAll(database.read, state)
}

export async function saveExperiment(database: StoreDatabase, next: Experiment): Promise<SavedExperiment> {
  return await database.writeTogether(async (db) => {
    // Else two that start at once would not see each other.
    await database.hold(db, 'experiments')
    const before = await readOne(db, next.id)
    if (before === null || before.version !== next.version - 1) return 'stale'
    const isFixed = before.state !== 'draft'
    if (isFixed && JSON.stringify(before.variations) !== JSON.stringify(next.variations))
      return 'variations-fixed'
    if (next.state === 'running' && experimentInTheWay(next, await readAll(db, 'running')) !== null)
      return 'in-the-way'
    const { id, ...changed } = toRow(next)
    const saved = await db
      .updateTable('experiments')
      .set(changed)
      .where('id', '=', id)
      .where('version', '=', before.version)
      .executeTakeFirst()
    return saved.numUpdatedRows === 1n ? 'saved' : 'stale'
  })
}

async function readOne(db: Kysely<Tables>, id: string): Promise<Experiment | null> {
  const row = await db.selectFrom('experiments').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : fromRow(row)
}

async function readAll(db: Kysely<Tables>, state?: ExperimentState): Promise<Experiment[]> {
  const all = db.selectFrom('experiments').selectAll().orderBy('created_at_ms', 'desc').orderBy('id')
  const rows = await (state === undefined ? all : all.where('state', '=', state)).execute()
  return rows.map(fromRow)
}

function toRow(experiment: Experiment): Tables['experiments'] {
  const { id, state, version, createdAtMs } = experiment
  return { id, state, version, created_at_ms: createdAtMs, body: JSON.stringify(experiment) }
}

function fromRow({ id, version, body }: Tables['experiments']): Experiment {
  const what = `experiment ${id}`
  const value = readJson(body, what)
  if (!isExperiment(value) || value.id !== id || value.version !== version) throw damaged(what)
  return value
}

function isExperiment(value: unknown): value is Experiment {
  if (typeof value !== 'object' || value === null) return false
  const row: Partial<Record<keyof Experiment, unknown>> = value
  return (
    experimentStates.some((state) => state === row.state) &&
    Array.isArray(row.variations) &&
    row.variations.every((one) => typeof one?.id === 'string' && typeof one?.change?.kind === 'string')
  )
}

// Which orders take part in which test. The first row of an order and test counts.

import type { Kysely } from 'kysely'
import type { Trial } from '../../domain/trial.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

/** Inside the transaction of the caller. */
export async function writeTrials(db: Kysely<Tables>, trials: readonly Trial[]): Promise<void> {
  if (trials.length === 0) return
  await db
    .insertInto('trials')
    .values(
      trials.map((trial) => ({
        experiment: trial.experiment,
        order_id: trial.orderId,
        unit: trial.unit,
        variation: trial.variation,
        placement: trial.placement,
        anchor: trial.anchor,
        product: trial.product,
        at_ms: trial.atMs,
      })),
    )
    .onConflict((conflict) => conflict.columns(['experiment', 'order_id']).doNothing())
    .execute()
}

export async function addTrials(database: StoreDatabase, trials: readonly Trial[]): Promise<void> {
  await database.write((db) => writeTrials(db, trials))
}

/** Of one order, by test. */
export async function trialsOfOrder(database: StoreDatabase, orderId: string): Promise<Trial[]> {
  const rows = await database.read
    .selectFrom('trials')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('experiment')
    .execute()
  return rows.map((row) => ({
    experiment: row.experiment,
    orderId: row.order_id,
    unit: row.unit,
    variation: row.variation,
    placement: row.placement,
    anchor: row.anchor,
    product: row.product,
    atMs: row.at_ms,
  }))
}

// Which orders take part in which test. The first row of an order and test counts.

import { type Kysely, sql } from 'kysely'
import type { HoldOutTerm } from '../../domain/hold-out-term.ts'
import { CUSTOMER_UNIT, type Trial } from '../../domain/trial.ts'
import type {
  TrialCustomer,
  TrialCustomersFilter,
  TrialFilter,
  VariationHarm,
} from '../../ports/trial-store.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
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

export async function holdOutChosen(database: StoreDatabase): Promise<number | null> {
  const thousandths = await readPointer(database.read, 'hold-out')
  return thousandths === 0 ? null : thousandths / 1000
}

export async function chooseHoldOut(database: StoreDatabase, share: number): Promise<number> {
  return await database.writeTogether(async (db) => {
    const known = await holdPointer(db, 'hold-out')
    if (known > 0) return known / 1000
    await movePointer(db, 'hold-out', Math.round(share * 1000))
    return share
  })
}

export async function noteHoldOut(database: StoreDatabase, share: number, atMs: number): Promise<void> {
  await database.writeTogether(async (db) => {
    // Two servers that start at once begin one term.
    await database.hold(db, 'hold-out')
    const latest = await db
      .selectFrom('hold_out_terms')
      .selectAll()
      .orderBy('from_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (latest?.share === share) return
    const fromMs = latest === undefined ? 0 : Math.max(atMs, latest.from_ms + 1)
    await db.insertInto('hold_out_terms').values({ from_ms: fromMs, share }).execute()
  })
}

export async function holdOutTerms(database: StoreDatabase): Promise<readonly HoldOutTerm[]> {
  const rows = await database.read.selectFrom('hold_out_terms').selectAll().orderBy('from_ms').execute()
  return rows.map((row) => ({ fromMs: row.from_ms, share: row.share }))
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

export async function countTrialUnits(database: StoreDatabase, filter: TrialFilter): Promise<number> {
  const { experiment, fromMs, toMs, placement, anchor, product } = filter
  const row = await database.read
    .selectFrom('trials')
    .select((query) => query.fn.count<number>('unit').distinct().as('units'))
    .where('experiment', '=', experiment)
    .where('at_ms', '>=', fromMs)
    .where('at_ms', '<', toMs)
    .$if(placement !== undefined, (query) => query.where('placement', '=', placement ?? 'thank-you'))
    .$if(anchor !== undefined, (query) => query.where('anchor', '=', anchor ?? ''))
    .$if(product !== undefined, (query) => query.where('product', '=', product ?? ''))
    .executeTakeFirstOrThrow()
  return Number(row.units)
}

export async function listTrialCustomers(
  database: StoreDatabase,
  { experiment, fromMs, toMs, limit }: TrialCustomersFilter,
): Promise<TrialCustomer[]> {
  const rows = await database.read
    .selectFrom('trials')
    .select(['unit', sql<string>`min(variation)`.as('variation'), sql<number>`min(at_ms)`.as('met_ms')])
    .where('experiment', '=', experiment)
    .where('unit', 'like', `${CUSTOMER_UNIT}%`)
    .groupBy('unit')
    .having(sql<boolean>`min(variation) = max(variation)`)
    .having(sql<boolean>`min(at_ms) >= ${fromMs} and min(at_ms) < ${toMs}`)
    .orderBy('met_ms', 'desc')
    .orderBy('unit')
    .limit(limit)
    .execute()
  return rows.map(({ unit, variation }) => ({ customerId: unit.slice(CUSTOMER_UNIT.length), variation }))
}

/** Squares are doubles: those of minor units outgrow 53 bits. */
export async function sumHarm(
  database: StoreDatabase,
  experiment: string,
  currency: string,
): Promise<VariationHarm[]> {
  const has = (kinds: string) => sql`case when exists (
    select 1 from ledger where ledger.order_id = trials.order_id and ledger.kind in (${sql.raw(kinds)})
  ) then 1 else 0 end`
  const { rows } = await sql<VariationHarm>`
    select
      variation as "variation", count(*) as "units",
      cast(sum(unsubscribed) as bigint) as "unsubscribed", cast(sum(complained) as bigint) as "complained",
      cast(sum(refunded) as bigint) as "refunded",
      cast(sum(orders) as bigint) as "orders", sum(orders * orders) as "ordersSquared",
      sum(worth) as "valueMinor", sum(worth * worth) as "valueSquared", sum(worth * orders) as "valueTimesOrders"
    from (
      select
        unit, min(variation) as variation, cast(count(*) as double precision) as orders,
        sum(worth) as worth, max(unsubscribed) as unsubscribed, max(complained) as complained,
        max(refunded) as refunded
      from (
        select
          trials.unit, trials.variation,
          ${has("'unsubscribed'")} as unsubscribed,
          ${has("'complained'")} as complained,
          case when order_fates.refunded_at_ms is not null or order_fates.cancelled_at_ms is not null then 1
            else ${has("'refunded'")} end as refunded,
          cast(case when orders.currency = ${currency} then coalesce(orders.subtotal_minor, 0) else 0 end + coalesce((
            select sum(entries.amount_minor) from ledger as entries
            where entries.order_id = trials.order_id and entries.kind in ('charged', 'refunded')
              and entries.currency = ${currency}
          ), 0) as double precision) as worth
        from trials
        join orders on orders.id = trials.order_id
        left join order_fates on order_fates.order_id = trials.order_id
        where trials.experiment = ${experiment}
      ) as of_orders
      group by unit
    ) as of_units
    group by variation order by variation`.execute(database.read)
  return rows.map((row) => ({ ...row }))
}

// What became of the units of a test: one statement that follows each unit through its window and adds up sums, squares and
// products per variation. What counts is what was known when the unit's window was over, so that it never changes. Squares are doubles: those of minor units outgrow 53 bits. SQLite and PostgreSQL read the same
// words; `lines` is JSON text, in which a product is found as the first entry of a line.

import { type RawBuilder, sql } from 'kysely'
import { DAY_MS } from '../../domain/instant.ts'
import type { MetricSums, UnitMoments, UnitQuestion, VariationSums } from '../../ports/measure-store.ts'
import { keptOrder, linesHold } from './order-conditions.ts'
import type { StoreDatabase } from './store-database.ts'

const metrics = ['eligible', 'bought', 'orders', 'spend', 'spend_uncapped', 'before'] as const
type Metric = (typeof metrics)[number]
type MomentRow = {
  readonly variation: string
  readonly is_in_two: number
  readonly units: number
  readonly since_ms: number
} & {
  readonly [key in `${Metric}_${'sum' | 'squares' | 'with_eligible' | 'with_before'}`]: number
} & { readonly add_ons_minor: number; readonly cap_minor: number | null }

/** First trials from, inclusive, and to, exclusive. */
export type FirstTrials = { readonly fromMs: number; readonly toMs: number }

/** Of units whose windows are over: the caller knows that they are. `assigned` is left to it, too. */
export async function followUnits(
  database: StoreDatabase,
  question: UnitQuestion,
  firstTrials: FirstTrials,
): Promise<UnitMoments> {
  const { rows } = await sql<MomentRow>`
    with outcomes as materialized (${unitOutcomes(question, firstTrials)}),
    cap as materialized (${capOf(question)}),
    capped as (
      select
        outcomes.variation, outcomes.eligible, outcomes.bought, outcomes.orders, outcomes.add_ons_minor,
        case when spend > cap_minor then cap_minor else spend end as spend,
        spend as spend_uncapped,
        case when before_minor > cap_minor then cap_minor else before_minor end as before,
        case when outcomes.variation = outcomes.last_variation then 0 else 1 end as is_in_two,
        cap_minor, from_ms
      from outcomes left join cap on 1 = 1
    )
    select
      variation, is_in_two, count(*) as units, ${sql.join(metrics.map(momentsOf))},
      cast(sum(add_ons_minor) as bigint) as add_ons_minor,
      max(cap_minor) as cap_minor, min(from_ms) as since_ms
    from capped group by variation, is_in_two order by variation`.execute(database.read)
  const whole = rows.filter((row) => row.is_in_two === 0)
  return {
    variations: whole.map(variationSums),
    capMinor: whole[0]?.cap_minor ?? null,
    unitsInTwo: rows.reduce((sum, row) => sum + (row.is_in_two === 1 ? row.units : 0), 0),
    sinceMs: rows.length === 0 ? null : Math.min(...rows.map((row) => row.since_ms)),
  }
}

function momentsOf(metric: Metric): RawBuilder<unknown> {
  const x = sql`cast(${sql.ref(metric)} as double precision)`
  const named = (name: string) => sql.ref(`${metric}_${name}`)
  return sql`
    sum(${x}) as ${named('sum')}, sum(${x} * ${x}) as ${named('squares')},
    sum(${x} * eligible) as ${named('with_eligible')}, sum(${x} * before) as ${named('with_before')}`
}

/**
 * Grain: one row per unit whose window is over. Its orders: those that took part within the window, and those that its
 * customer placed in it without taking part.
 */
function unitOutcomes(question: UnitQuestion, firstTrials: FirstTrials): RawBuilder<unknown> {
  const { experiment, currency } = question
  const windowMs = question.windowDays * DAY_MS
  const known = sql`seen.from_ms + ${windowMs}`
  const addOns = (of: RawBuilder<unknown>) => sql`coalesce((
    select sum(entries.amount_minor) from ledger as entries
    where ${of} and entries.kind in ('charged', 'refunded') and entries.currency = ${currency}
      and entries.at_ms < ${known}), 0)`
  return sql`
    select
      unit, min(from_ms) as from_ms, min(variation) as variation, max(variation) as last_variation,
      sum(is_eligible) as eligible, sum(is_bought) as bought, sum(is_kept) as orders,
      sum(is_kept * (paid_minor + add_ons)) as spend, sum(is_kept * add_ons) as add_ons_minor,
      sum(past_minor) as before_minor
    from (
      select
        seen.unit, seen.from_ms, seen.variation, seen.is_eligible,
        case when seen.at_ms = seen.from_ms and orders.currency = ${currency}
          then coalesce(orders.subtotal_minor, 0) else 0 end as past_minor,
        case when ${keptOrder('orders', known)} then 1 else 0 end as is_kept,
        case when orders.currency = ${currency} then coalesce(orders.subtotal_minor, 0) else 0 end as paid_minor,
        ${addOns(sql`entries.order_id = orders.id`)} as add_ons,
        case
          when seen.is_eligible = 0 then 0
          when ${addOns(sql`entries.order_id = orders.id and entries.product = seen.product`)} > 0 then 1
          when exists (
            select 1 from orders as later
            where later.customer_id = orders.customer_id and later.placed_at_ms > orders.placed_at_ms
              and later.placed_at_ms < ${known}
              and ${keptOrder('later', known)}
              and (
                ${linesHold(sql`later.lines`, sql`seen.product`)}
                or ${addOns(sql`entries.order_id = later.id and entries.product = seen.product`)} > 0
              )
          ) then 1
          else 0
        end as is_bought
      from (${ordersOfUnits(experiment, windowMs, firstTrials)}) as seen
      join orders on orders.id = seen.order_id
    ) as orders_of_units
    group by unit`
}

/** Grain: one row per unit and order within its window. */
function ordersOfUnits(experiment: string, windowMs: number, firstTrials: FirstTrials): RawBuilder<unknown> {
  const mature = sql`(${firstsOf(experiment, firstTrials)}) as mature`
  // A cross join keeps its sequence in SQLite: unit by unit, not through all trials of the test.
  return sql`
    select mature.unit, mature.from_ms, trials.variation, trials.order_id, trials.product, trials.at_ms,
      1 as is_eligible
    from ${mature} cross join trials
    where trials.experiment = ${experiment} and trials.unit = mature.unit
      and trials.at_ms < mature.from_ms + ${windowMs}
    union all
    select mature.unit, mature.from_ms, null, orders.id, null, null, 0
    from ${mature} cross join orders
    where mature.unit like 'customer:%' and orders.customer_id = substr(mature.unit, 10)
      and orders.placed_at_ms >= mature.from_ms and orders.placed_at_ms < mature.from_ms + ${windowMs}
      and not exists (
        select 1 from trials
        where trials.experiment = ${experiment} and trials.order_id = orders.id
          and trials.at_ms < mature.from_ms + ${windowMs}
      )`
}

/** Grain: one row per unit: units whose first trial lies there. */
export function firstsOf(experiment: string, { fromMs, toMs }: FirstTrials): RawBuilder<unknown> {
  return sql`
    select unit, min(at_ms) as from_ms, min(variation) as variation from trials as firsts
    where experiment = ${experiment} and at_ms >= ${fromMs} and at_ms < ${toMs}
      and not exists (
        select 1 from trials as before
        where before.experiment = firsts.experiment and before.unit = firsts.unit and before.at_ms < ${fromMs}
      )
    group by unit`
}

/** The 99th percentile that occurs (stats/winsorise.ts), of both arms together: a cap per arm would be an effect. */
function capOf({ capMinor }: UnitQuestion): RawBuilder<unknown> {
  if (capMinor !== undefined) return sql`select cast(${capMinor} as bigint) as cap_minor`
  const whole = sql`variation = last_variation`
  return sql`
    select cast(spend as bigint) as cap_minor from outcomes where ${whole}
    order by spend limit 1
    offset (select case when count(*) = 0 then 0 else (99 * count(*) + 99) / 100 - 1 end
      from outcomes where ${whole})`
}

function variationSums(row: MomentRow): VariationSums {
  const metric = (name: Metric): MetricSums => ({
    sum: row[`${name}_sum`],
    squares: row[`${name}_squares`],
    withEligible: row[`${name}_with_eligible`],
    withBefore: row[`${name}_with_before`],
  })
  return {
    variation: row.variation,
    assigned: row.units,
    units: row.units,
    eligible: metric('eligible'),
    bought: metric('bought'),
    orders: metric('orders'),
    spend: metric('spend'),
    spendUncapped: metric('spend_uncapped'),
    before: metric('before'),
    addOnsMinor: row.add_ons_minor,
  }
}

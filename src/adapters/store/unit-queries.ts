// What became of the units of a test: one statement that follows each unit through its window and adds up sums, squares and
// products per variation. Squares are doubles: those of minor units outgrow 53 bits. SQLite and PostgreSQL read the same
// words; `lines` is JSON text, in which a product is found as the first entry of a line.

import { type RawBuilder, sql } from 'kysely'
import { DAY_MS } from '../../domain/instant.ts'
import type { MetricSums, UnitMoments, UnitQuestion, VariationSums } from '../../ports/measure-store.ts'
import { keptOrder, linesHold } from './order-conditions.ts'
import type { StoreDatabase } from './store-database.ts'

const metrics = ['eligible', 'bought', 'orders', 'spend', 'spend_uncapped', 'before'] as const
type Metric = (typeof metrics)[number]
type MomentRow = { readonly variation: string; readonly units: number } & {
  readonly [key in `${Metric}_${'sum' | 'squares' | 'with_eligible' | 'with_before'}`]: number
} & { readonly add_ons_minor: number; readonly cap_minor: number }

export async function unitMoments(database: StoreDatabase, question: UnitQuestion): Promise<UnitMoments> {
  const assigned = await readAssigned(database, question)
  const { rows } = await sql<MomentRow>`
    with outcomes as materialized (${unitOutcomes(question)}),
    cap as materialized (${capOf(question)}),
    capped as (
      select
        outcomes.variation, outcomes.eligible, outcomes.bought, outcomes.orders, outcomes.add_ons_minor,
        case when spend > cap_minor then cap_minor else spend end as spend,
        spend as spend_uncapped,
        case when before_minor > cap_minor then cap_minor else before_minor end as before,
        cap_minor
      from outcomes cross join cap
      where outcomes.variation = outcomes.last_variation
    )
    select
      variation, count(*) as units, ${sql.join(metrics.map(momentsOf))},
      cast(sum(add_ons_minor) as bigint) as add_ons_minor,
      max(cap_minor) as cap_minor
    from capped group by variation order by variation`.execute(database.read)
  const names = [...new Set([...assigned.variations.keys(), ...rows.map((row) => row.variation)])].sort()
  return {
    variations: names.map((variation) => {
      const row = rows.find((one) => one.variation === variation)
      return variationSums(variation, assigned.variations.get(variation) ?? 0, row)
    }),
    capMinor: rows[0]?.cap_minor ?? null,
    unitsInTwo: assigned.unitsInTwo,
    sinceMs: assigned.sinceMs,
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
function unitOutcomes(question: UnitQuestion): RawBuilder<unknown> {
  const { experiment, currency, untilMs } = question
  const windowMs = question.windowDays * DAY_MS
  const addOns = (of: RawBuilder<unknown>) => sql`coalesce((
    select sum(entries.amount_minor) from ledger as entries
    where ${of} and entries.kind in ('charged', 'refunded') and entries.currency = ${currency}
      and entries.at_ms < ${untilMs}), 0)`
  return sql`
    select
      unit, min(variation) as variation, max(variation) as last_variation,
      sum(is_eligible) as eligible, sum(is_bought) as bought, sum(is_kept) as orders,
      sum(is_kept * (paid_minor + add_ons)) as spend, sum(is_kept * add_ons) as add_ons_minor,
      sum(past_minor) as before_minor
    from (
      select
        seen.unit, seen.variation, seen.is_eligible,
        case when seen.at_ms = seen.from_ms and orders.currency = ${currency}
          then coalesce(orders.subtotal_minor, 0) else 0 end as past_minor,
        case when ${keptOrder('orders', untilMs)} then 1 else 0 end as is_kept,
        case when orders.currency = ${currency} then coalesce(orders.subtotal_minor, 0) else 0 end as paid_minor,
        ${addOns(sql`entries.order_id = orders.id`)} as add_ons,
        case
          when seen.is_eligible = 0 then 0
          when ${addOns(sql`entries.order_id = orders.id and entries.product = seen.product`)} > 0 then 1
          when exists (
            select 1 from orders as later
            where later.customer_id = orders.customer_id and later.placed_at_ms > orders.placed_at_ms
              and later.placed_at_ms < seen.from_ms + ${windowMs}
              and ${keptOrder('later', untilMs)}
              and (
                ${linesHold(sql`later.lines`, sql`seen.product`)}
                or ${addOns(sql`entries.order_id = later.id and entries.product = seen.product`)} > 0
              )
          ) then 1
          else 0
        end as is_bought
      from (${ordersOfUnits(experiment, windowMs, untilMs)}) as seen
      join orders on orders.id = seen.order_id
    ) as orders_of_units
    group by unit`
}

/** Grain: one row per unit and order within its window. */
function ordersOfUnits(experiment: string, windowMs: number, untilMs: number): RawBuilder<unknown> {
  const mature = sql`(
    select unit, min(at_ms) as from_ms, min(variation) as variation from trials
    where experiment = ${experiment}
    group by unit having min(at_ms) <= ${untilMs - windowMs}
  ) as mature`
  return sql`
    select mature.unit, mature.from_ms, trials.variation, trials.order_id, trials.product, trials.at_ms,
      1 as is_eligible
    from ${mature}
    join trials on trials.experiment = ${experiment} and trials.unit = mature.unit
      and trials.at_ms < mature.from_ms + ${windowMs}
    union all
    select mature.unit, mature.from_ms, null, orders.id, null, null, 0
    from ${mature}
    join orders on orders.customer_id = substr(mature.unit, 10)
      and orders.placed_at_ms >= mature.from_ms and orders.placed_at_ms < mature.from_ms + ${windowMs}
    where mature.unit like 'customer:%' and not exists (
      select 1 from trials
      where trials.experiment = ${experiment} and trials.order_id = orders.id
        and trials.at_ms < mature.from_ms + ${windowMs}
    )`
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

/** Who was sent where, whether their window is over or not. */
async function readAssigned(
  database: StoreDatabase,
  { experiment, windowDays, untilMs }: UnitQuestion,
): Promise<{
  readonly variations: ReadonlyMap<string, number>
  readonly unitsInTwo: number
  readonly sinceMs: number | null
}> {
  const { rows } = await sql<{ variation: string; is_in_two: number; units: number; since_ms: number }>`
    select variation, is_in_two, count(*) as units, min(from_ms) as since_ms
    from (
      select first_trials.unit, min(variation) as variation, min(from_ms) as from_ms,
        case when min(variation) <> max(variation) then 1 else 0 end as is_in_two
      from (
        select unit, min(at_ms) as from_ms from trials
        where experiment = ${experiment} and at_ms < ${untilMs} group by unit
      ) as first_trials
      join trials on trials.experiment = ${experiment} and trials.unit = first_trials.unit
        and trials.at_ms < first_trials.from_ms + ${windowDays * DAY_MS} and trials.at_ms < ${untilMs}
      group by first_trials.unit
    ) as assigned
    group by variation, is_in_two`.execute(database.read)
  const whole = rows.filter((row) => row.is_in_two === 0)
  return {
    variations: new Map(whole.map((row) => [row.variation, row.units])),
    unitsInTwo: rows.reduce((sum, row) => sum + (row.is_in_two === 1 ? row.units : 0), 0),
    sinceMs: rows.length === 0 ? null : Math.min(...rows.map((row) => row.since_ms)),
  }
}

function variationSums(variation: string, assigned: number, row: MomentRow | undefined): VariationSums {
  const metric = (name: Metric): MetricSums => ({
    sum: row?.[`${name}_sum`] ?? 0,
    squares: row?.[`${name}_squares`] ?? 0,
    withEligible: row?.[`${name}_with_eligible`] ?? 0,
    withBefore: row?.[`${name}_with_before`] ?? 0,
  })
  return {
    variation,
    assigned,
    units: row?.units ?? 0,
    eligible: metric('eligible'),
    bought: metric('bought'),
    orders: metric('orders'),
    spend: metric('spend'),
    spendUncapped: metric('spend_uncapped'),
    before: metric('before'),
    addOnsMinor: row?.add_ons_minor ?? 0,
  }
}

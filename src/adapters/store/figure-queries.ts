// Sums over the ledger and the orders, for figures. The database adds up; exact, since all of it is integers. SQLite and
// PostgreSQL read the same statements: PostgreSQL's sums of bigint are numerics, hence the casts.

import { sql } from 'kysely'
import type { LedgerKind } from '../../domain/ledger.ts'
import type { Placement } from '../../domain/placement.ts'
import type {
  BehindFilter,
  MeasuredPeriod,
  MessageSums,
  OfferSums,
  OfferSumsOfPeriod,
  OrderBehind,
  OrderSums,
  PairingPlace,
} from '../../ports/measure-store.ts'
import type { StoreDatabase } from './store-database.ts'

/** Entries that are about an offer and in a figure. */
const offerKinds = sql.join(
  (
    [
      'offer-issued',
      'exposed',
      'accepted',
      'completed',
      'declined',
      'undone',
      'unpaid',
      'charged',
      'refunded',
    ] satisfies readonly LedgerKind[]
  ).map((kind) => sql.lit(kind)),
)
const messageKinds = ['message-sent', 'clicked', 'unsubscribed', 'complained', 'bounced'] as const

/**
 * Grain: one row per offer with entries in the period, and what happened to it then. An offer names one order and one
 * pairing, so the columns beside its id are the same in all its entries.
 */
const offersOfPeriod = ({ fromMs, toMs, currency }: MeasuredPeriod) => sql`
  select
    offer_id, min(order_id) as order_id, min(placement) as placement, min(relation) as relation,
    min(anchor) as anchor, min(product) as product,
    max(case when kind = 'offer-issued' then 1 else 0 end) as is_issued,
    max(case when kind = 'exposed' then 1 else 0 end) as is_exposed,
    max(case when kind = 'accepted' then 1 else 0 end) as accepted,
    max(case when kind = 'completed' then 1 else 0 end) as completed,
    max(case when kind = 'declined' and detail = 'by-shopper' then 1 else 0 end) as dismissed,
    max(case when kind = 'undone' then 1 else 0 end) as undone,
    max(case when kind = 'unpaid' then 1 else 0 end) as unpaid,
    max(case when kind = 'refunded' then 1 else 0 end) as refunded,
    sum(case when kind = 'charged' then amount_minor else 0 end) as charged_minor,
    sum(case when kind = 'refunded' then -amount_minor else 0 end) as returned_minor
  from ledger
  where kind in (${offerKinds}) and currency = ${currency} and at_ms >= ${fromMs} and at_ms < ${toMs}
  group by offer_id`

const sums = sql`
  count(distinct case when is_issued = 1 then order_id end) as "ordersOffered",
  count(distinct case when is_exposed = 1 then order_id end) as "ordersExposed",
  cast(coalesce(sum(accepted), 0) as bigint) as "accepted",
  cast(coalesce(sum(completed), 0) as bigint) as "completed",
  cast(coalesce(sum(dismissed), 0) as bigint) as "dismissed",
  cast(coalesce(sum(undone), 0) as bigint) as "undone",
  cast(coalesce(sum(unpaid), 0) as bigint) as "unpaid",
  cast(coalesce(sum(refunded), 0) as bigint) as "refunded",
  cast(coalesce(sum(charged_minor), 0) as bigint) as "chargedMinor",
  cast(coalesce(sum(returned_minor), 0) as bigint) as "returnedMinor"`

type SumRow = OfferSums & { readonly [key in keyof PairingPlace]: PairingPlace[key] | null } & {
  readonly grain: 'total' | 'placement' | 'relation' | 'pairing'
}

export async function sumOffers(database: StoreDatabase, period: MeasuredPeriod): Promise<OfferSumsOfPeriod> {
  const none = sql`null as "placement", null as "relation", null as "anchor", null as "product"`
  const { rows } = await sql<SumRow>`
    with offers_of_period as materialized (${offersOfPeriod(period)})
    select 'pairing' as "grain", placement as "placement", relation as "relation", anchor as "anchor",
      product as "product", ${sums}
    from offers_of_period where relation is not null and anchor is not null
    group by placement, relation, anchor, product
    union all
    select 'relation', null, relation, null, null, ${sums}
    from offers_of_period where relation is not null group by relation
    union all
    select 'placement', placement, null, null, null, ${sums} from offers_of_period group by placement
    union all
    select 'total', ${none}, ${sums} from offers_of_period`.execute(database.read)
  const total = rows.find((row) => row.grain === 'total')
  if (total === undefined) throw new Error('an aggregate without groups has one row')
  return {
    total: sumsOf(total),
    placements: rows.flatMap((row) =>
      row.grain === 'placement' && row.placement !== null
        ? [{ ...sumsOf(row), placement: row.placement }]
        : [],
    ),
    relations: rows.flatMap((row) =>
      row.grain === 'relation' && row.relation !== null ? [{ ...sumsOf(row), relation: row.relation }] : [],
    ),
    pairings: rows.flatMap((row) => {
      const { grain, placement, relation, anchor, product } = row
      if (grain !== 'pairing' || placement === null || relation === null) return []
      return anchor === null || product === null
        ? []
        : [{ ...sumsOf(row), placement, relation, anchor, product }]
    }),
    otherCurrencyEntries: await countOtherCurrencies(database, period),
  }
}

function sumsOf(row: OfferSums): OfferSums {
  const { ordersOffered, ordersExposed, accepted, completed, dismissed } = row
  const { undone, unpaid, refunded, chargedMinor, returnedMinor } = row
  const seen = { ordersOffered, ordersExposed, accepted, completed, dismissed }
  return { ...seen, undone, unpaid, refunded, chargedMinor, returnedMinor }
}

async function countOtherCurrencies(database: StoreDatabase, period: MeasuredPeriod): Promise<number> {
  const { rows } = await sql<{ entries: number }>`
    select count(*) as entries from ledger
    where at_ms >= ${period.fromMs} and at_ms < ${period.toMs}
      and kind in (${offerKinds}) and currency <> ${period.currency}`.execute(database.read)
  return rows[0]?.entries ?? 0
}

export async function sumMessages(
  database: StoreDatabase,
  { fromMs, toMs }: MeasuredPeriod,
): Promise<readonly MessageSums[]> {
  const { rows } = await sql<{
    placement: Placement
    kind: (typeof messageKinds)[number]
    messages: number
  }>`
    select placement, kind, count(*) as messages
    from (
      select distinct placement, kind, offer_id from ledger
      where kind in (${sql.join(messageKinds.map((kind) => sql.lit(kind)))})
        and at_ms >= ${fromMs} and at_ms < ${toMs}
    ) as messages_of_period
    group by placement, kind`.execute(database.read)
  return [...Map.groupBy(rows, (row) => row.placement)].map(([placement, ofPlacement]) => {
    const count = (kind: (typeof messageKinds)[number]) =>
      ofPlacement.find((row) => row.kind === kind)?.messages ?? 0
    return {
      placement,
      sent: count('message-sent'),
      clicked: count('clicked'),
      unsubscribed: count('unsubscribed'),
      complained: count('complained'),
      bounced: count('bounced'),
    }
  })
}

export async function sumOrders(
  database: StoreDatabase,
  { fromMs, toMs, currency }: MeasuredPeriod,
): Promise<OrderSums> {
  const { rows } = await sql<OrderSums>`
    with received as (
      select
        subtotal_minor,
        case when exists (
          select 1 from ledger
          where order_id = orders.id and kind = 'exposed' and at_ms < ${toMs}
        ) then 1 else 0 end as is_exposed,
        coalesce((
          select sum(amount_minor) from ledger
          where order_id = orders.id and kind in ('charged', 'refunded') and currency = ${currency}
            and at_ms < ${toMs}
        ), 0) as add_ons_minor
      from orders
      where received_at_ms >= ${fromMs} and received_at_ms < ${toMs} and currency = ${currency}
    )
    select
      count(*) as "orders",
      cast(coalesce(sum(is_exposed), 0) as bigint) as "exposedOrders",
      count(case when is_exposed = 1 then subtotal_minor end) as "exposedValued",
      cast(coalesce(sum(case when is_exposed = 1 then subtotal_minor end), 0) as bigint) as "exposedMinor",
      cast(coalesce(sum(case when is_exposed = 1 and subtotal_minor is not null then add_ons_minor end), 0)
        as bigint) as "exposedAddOnsMinor",
      count(case when is_exposed = 0 then subtotal_minor end) as "otherValued",
      cast(coalesce(sum(case when is_exposed = 0 then subtotal_minor end), 0) as bigint) as "otherMinor"
    from received`.execute(database.read)
  const [row] = rows
  if (row === undefined) throw new Error('an aggregate without groups has one row')
  return { ...row }
}

export async function countTrialOrders(
  database: StoreDatabase,
  experiment: string,
  { fromMs, toMs }: Omit<MeasuredPeriod, 'currency'>,
): Promise<number> {
  const row = await database.read
    .selectFrom('trials')
    .select(({ fn }) => fn.countAll<number>().as('orders'))
    .where('experiment', '=', experiment)
    .where('at_ms', '>=', fromMs)
    .where('at_ms', '<', toMs)
    .executeTakeFirstOrThrow()
  return row.orders
}

/** Keyset pages: the next one begins behind the last order, however many there are. */
export async function ordersBehind(
  database: StoreDatabase,
  filter: BehindFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly OrderBehind[]> {
  const wanted = (['placement', 'relation', 'anchor', 'product'] as const).flatMap((column) => {
    const value = filter[column]
    return value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`]
  })
  const after = page.after === null ? [] : [sql`order_id > ${page.after}`]
  const where = sql.join([sql`1 = 1`, ...wanted, ...after], sql` and `)
  const adds = filter.figure === undefined ? sql`1 = 1` : sql`${sql.ref(filter.figure)} > 0`
  const { rows } = await sql<OrderBehind & { readonly order_id: string }>`
    select behind.*, orders.placed_at_ms as "placedAtMs", orders.subtotal_minor as "subtotalMinor"
    from (
      select order_id, ${sums} from (${offersOfPeriod(filter)}) as offers_of_period
      where ${where} group by order_id
    ) as behind
    left join orders on orders.id = behind.order_id
    where ${adds}
    order by behind.order_id
    limit ${page.limit}`.execute(database.read)
  return rows.map((row) => ({
    orderId: row.order_id,
    placedAtMs: row.placedAtMs,
    subtotalMinor: row.subtotalMinor,
    ...sumsOf(row),
  }))
}

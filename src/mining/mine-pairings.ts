// Order history + catalog → plan. Comes in: settings. Goes out: a published plan version with its pairings, and what
// each customer has bought, for decisions to remember. One row per ordered pair of an anchor and an add-on is counted
// (count-pairs.ts), judged by the NEXT method (src/next/make-plan.ts) and published in one transaction; until then
// servers go on with the plan they have. A product without orders has no pairings: the ladder serves its buyers. What
// the counts cannot tell is why two things are bought together; the owner sees every verdict with its reason.

import { AppError } from '../domain/errors.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'
import { LATER_WINDOW_DAYS } from '../domain/pairing.ts'
import type { PlanSummary } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { nameTakeUp } from '../next/buyers-take-up.ts'
import type { KindLift } from '../next/kind-lift.ts'
import { boughtLater } from '../next/label-relation.ts'
import { makePlan, type PairRow, type ProductFacts } from '../next/make-plan.ts'
import { REPEAT_CUSTOMERS_MIN, rebuyShare } from '../next/rebuy-share.ts'
import type { Clock } from '../ports/clock.ts'
import type { History } from '../ports/history.ts'
import type { Parallel } from '../ports/parallel.ts'
import type { Progress } from '../ports/progress.ts'
import { numbers, texts } from '../ports/read-fields.ts'
import type { Store } from '../ports/store.ts'
import { countBuyersTakeUp } from './count-buyers-take-up.ts'
import { countGaps, type PairGaps } from './count-gaps.ts'
import { countHabits } from './count-habits.ts'
import { countKinds } from './count-kinds.ts'
import { countPairs } from './count-pairs.ts'
import { countTakenUp } from './count-taken-up.ts'
import type { HistoryColumns } from './history-columns.ts'
import { customerOrders } from './history-queries.ts'
import type { PairCounts } from './pair-columns.ts'
import { type Goods, readGoods } from './read-goods.ts'
import { readRebuys } from './read-rebuys.ts'
import { refillRhythms } from './refill-rhythms.ts'

/** Days after which an order counts half: measured on Online Retail II, see docs/methods.md. */
export const HALF_LIFE_DAYS = 120
/** Customers of a product whose rhythm is read: their median is then known to some 4 in a hundred (0.5 / √200). */
const REFILL_CUSTOMERS_MAX = 200

export type MineEffects = {
  readonly history: Pick<History, 'summary' | 'rows' | 'columns'>
  readonly store: Pick<Store, 'listProducts' | 'publishPlan' | 'replaceCustomerPurchases'>
  readonly parallel: Parallel
  readonly clock: Clock
  readonly progress: Progress
}

export type MineResult = { readonly planVersion: number; readonly summary: PlanSummary }

export async function minePairings(settings: Settings, effects: MineEffects): Promise<MineResult> {
  const { history, store, parallel, clock, progress } = effects
  const summary = await history.summary()
  if (summary.orders === 0 || summary.fromAtMs === null || summary.toAtMs === null) {
    throw new AppError('no-history', 'There are no orders to mine: run "aftercart import <file>" first.')
  }
  const catalog = await store.listProducts()
  const notGoods = catalog
    .filter((product) => product.goods.kind === 'not-goods')
    .map((product) => product.id)

  progress.step('Reading orders')
  const goods = await readGoods(history, notGoods, { halfLifeDays: HALF_LIFE_DAYS }, (lines) =>
    progress.fraction(lines / summary.orderLines),
  )
  progress.step('Counting pairs')
  const counted = await countPairs(
    goods.columns,
    {},
    { parallel, progress: (done) => progress.fraction(done) },
  )

  progress.step('Timing refills')
  const facts = await productFacts(goods, counted, { catalog, notGoods }, history)
  progress.step('Timing next steps')
  const gaps = timeCandidates(goods.columns, counted)
  // What follows runs in this thread; the others would keep some 80 MB meanwhile.
  await parallel.rest()

  const categoryOf = new Map(catalog.map(({ id, category }) => [id, category]))
  const categories = goods.ids.map((id) => categoryOf.get(id) ?? null)
  const draft = makePlan(
    {
      products: facts,
      pairs: pairRows(counted, goods.ids, { gaps, kinds: countKinds(goods.columns, categories) }),
      totals: {
        orders: counted.totals.orders,
        ordersWeight: counted.totals.ordersWeight,
      },
      historyFromAtMs: summary.fromAtMs,
      historyToAtMs: summary.toAtMs,
      sampledOrders: counted.totals.sampledOrders,
      habitShare: countHabits(goods.columns, HALF_LIFE_DAYS),
    },
    catalog,
    settings,
  )
  progress.step('Remembering customers')
  await store.replaceCustomerPurchases(readCustomers(history, notGoods, goods.ids))
  progress.step('Making the plan')
  const planVersion = await store.publishPlan(draft, clock.nowMs())
  return { planVersion, summary: draft.summary }
}

/** The gaps of the pairs that may be next steps, by row: only they are walked again. */
function timeCandidates(columns: HistoryColumns, { pairs }: PairCounts): ReadonlyMap<number, PairGaps> {
  const rows: number[] = []
  for (let row = 0; row < pairs.pairCount; row++) {
    const later = {
      customersLater: pairs.later[row] ?? 0,
      customersLaterExpected: pairs.expectedLater[row] ?? 0,
    }
    if (boughtLater(later)) rows.push(row)
  }
  const timed = rows.map((row) => ({ anchor: pairs.anchor[row] ?? 0, addOn: pairs.addOn[row] ?? 0 }))
  const gaps = countGaps(columns, timed, LATER_WINDOW_DAYS)
  return new Map(
    rows.flatMap((row, place) => (gaps[place] === undefined ? [] : [[row, gaps[place]] as const])),
  )
}

async function productFacts(
  { ids, columns }: Goods,
  { margins }: PairCounts,
  {
    catalog,
    notGoods,
  }: { readonly catalog: readonly CatalogProduct[]; readonly notGoods: readonly string[] },
  history: Pick<History, 'columns'>,
): Promise<readonly ProductFacts[]> {
  const draw = {
    repeatCustomersMin: REPEAT_CUSTOMERS_MIN,
    customersMax: REFILL_CUSTOMERS_MAX,
    lastDay: columns.lastDay,
  }
  const repeats = new Map(
    ids.map((id, product) => [
      id,
      { customers: margins.customers[product] ?? 0, repeatCustomers: margins.repeatCustomers[product] ?? 0 },
    ]),
  )
  const sold = catalog.filter((product) => product.goods.kind === 'goods')
  const rhythms = refillRhythms(await readRebuys(history, { ids, notGoods }, draw), repeats, sold)
  const takenUp = countTakenUp(columns)
  const buyersTakeUpOf = countBuyersTakeUp(columns)
  return ids.map((id, product) => {
    const customers = margins.customers[product] ?? 0
    return {
      id,
      orders: margins.orders[product] ?? 0,
      ordersWeight: margins.ordersWeight[product] ?? 0,
      customers,
      rebuyShare: rebuyShare(margins.repeatCustomers[product] ?? 0, customers),
      rhythm: rhythms.get(id) ?? null,
      takenUp: takenUp[product] ?? 0,
      buyersTakeUp: nameTakeUp(buyersTakeUpOf(product), (one) => ids[one] ?? ''),
    }
  })
}

/** The columns row by row, made when asked for: millions of rows never stand in memory as objects. */
function* pairRows(
  { pairs, margins }: PairCounts,
  ids: readonly string[],
  {
    gaps,
    kinds,
  }: { readonly gaps: ReadonlyMap<number, PairGaps>; readonly kinds: Pick<KindLift, 'between'> },
): Generator<PairRow> {
  for (let row = 0; row < pairs.pairCount; row++) {
    const anchor = pairs.anchor[row] ?? 0
    yield {
      anchorId: ids[anchor] ?? '',
      addOnId: ids[pairs.addOn[row] ?? 0] ?? '',
      ordersTogether: pairs.together[row] ?? 0,
      togetherWeight: pairs.togetherWeight[row] ?? 0,
      expectedTogether: pairs.expectedTogether[row] ?? 0,
      customersFollowed: margins.customersFollowed[anchor] ?? 0,
      customersLaterFollowed: pairs.laterFollowed[row] ?? 0,
      customersLater: pairs.later[row] ?? 0,
      customersLaterExpected: pairs.expectedLater[row] ?? 0,
      kindLift: kinds.between(anchor, pairs.addOn[row] ?? 0),
      gaps: gaps.get(row) ?? null,
    }
  }
}

async function* readCustomers(
  history: Pick<History, 'columns'>,
  notGoods: readonly string[],
  ids: readonly string[],
): AsyncGenerator<CustomerPurchases> {
  let customerId: string | null = null
  let orders: CustomerPurchases['orders'][number][] = []
  const parameters = { not_goods: notGoods, orders_max: ORDERS_REMEMBERED }
  for await (const chunk of history.columns(customerOrders, parameters)) {
    const customers = texts(chunk, 'customer_id')
    const orderIds = texts(chunk, 'order_id')
    const products = texts(chunk, 'products')
    const quantities = texts(chunk, 'quantities')
    const placedAtMs = numbers(chunk, 'placed_at_ms')
    for (let row = 0; row < chunk.rows; row++) {
      const customer = customers[row] ?? null
      if (customer !== customerId) {
        if (customerId !== null) yield { customerId, orders }
        customerId = customer
        orders = []
      }
      const units = new Map<number, number>()
      const quantity: number[] = JSON.parse(quantities[row] ?? '[]')
      for (const [line, place] of (JSON.parse(products[row] ?? '[]') as number[]).entries())
        units.set(place, (units.get(place) ?? 0) + (quantity[line] ?? 0))
      orders.push({
        orderId: orderIds[row] ?? '',
        placedAtMs: placedAtMs[row] ?? 0,
        productIds: [...units.keys()].map((place) => ids[place] ?? ''),
        quantities: [...units.values()].map((sum) => Math.max(1, sum)),
      })
    }
  }
  if (customerId !== null) yield { customerId, orders }
}

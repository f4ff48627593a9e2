// Order history + catalog → plan. Comes in: settings. Goes out: a published plan version with its pairings, and what
// each customer has bought, for decisions to remember. One row per ordered pair of an anchor and an add-on is counted
// (count-pairs.ts), judged by the NEXT method (src/next/make-plan.ts) and published in one transaction; until then
// servers go on with the plan they have. A product without orders has no pairings: the ladder serves its buyers. What
// the counts cannot tell is why two things are bought together; the owner sees every verdict with its reason.

import { AppError } from '../domain/errors.ts'
import { LATER_WINDOW_DAYS } from '../domain/pairing.ts'
import type { PlanStream, PlanSummary, RefillRhythm, Season } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { nameTakeUp } from '../next/buyers-take-up.ts'
import type { LeftOf } from '../next/compare-pairings.ts'
import type { Lately } from '../next/fade.ts'
import type { KindLift } from '../next/kind-lift.ts'
import { boughtLater } from '../next/label-relation.ts'
import { makePlan, type PairRow, type ProductFacts } from '../next/make-plan.ts'
import { REBUY_SHARE_MIN, REPEAT_CUSTOMERS_MIN, rebuyShare } from '../next/rebuy-share.ts'
import { findSeasons } from '../next/season.ts'
import { NOBODY_CHOSE, type WithinCustomers } from '../next/within-customers.ts'
import type { Clock } from '../ports/clock.ts'
import type { History } from '../ports/history.ts'
import type { KeptFiles } from '../ports/kept-files.ts'
import type { Parallel } from '../ports/parallel.ts'
import type { Progress } from '../ports/progress.ts'
import type { Store } from '../ports/store.ts'
import { changedPurchases } from './changed-orders.ts'
import { compareWithLast, orUnreadable } from './compare-with-last.ts'
import { countBuyersTakeUp } from './count-buyers-take-up.ts'
import { countGaps, type PairGaps } from './count-gaps.ts'
import { countHabits } from './count-habits.ts'
import { countKinds } from './count-kinds.ts'
import { countLately } from './count-lately.ts'
import { countMonths } from './count-months.ts'
import { countPairs } from './count-pairs.ts'
import { countTakenUp } from './count-taken-up.ts'
import { countWithinCustomers } from './count-within-customers.ts'
import { gatherRebuys } from './gather-rebuys.ts'
import type { HistoryColumns } from './history-columns.ts'
import type { PairCounts } from './pair-columns.ts'
import { readCustomers } from './read-customers.ts'
import { type Goods, readGoods } from './read-goods.ts'
import { refillRhythmsJob } from './refill-rhythms.ts'
import { keepGoods, readFacts, renewGoods } from './renew-goods.ts'
import { pairsStandingOut } from './standing-out.ts'

/** Days after which an order counts half: measured on Online Retail II, see docs/methods.md. */
export const HALF_LIFE_DAYS = 120
/**
 * Whose rhythm is read of a product: so many customers that about 200 of them came back, which gives their median to some
 * 4 in a hundred (0.5 / √200). Of a refill one in ten comes back at least, so 2,000 always do.
 */
const REFILL_DRAW = {
  repeatCustomersMin: REPEAT_CUSTOMERS_MIN,
  repeatCustomers: 200,
  customersMax: 200 / REBUY_SHARE_MIN,
}

export type MineEffects = {
  readonly history: Pick<History, 'summary' | 'appends' | 'rows' | 'columns'>
  readonly store: Pick<
    Store,
    | 'listProducts'
    | 'publishPlan'
    | 'replaceCustomerPurchases'
    | 'changeCustomerPurchases'
    | 'currentPlanVersion'
    | 'streamPlan'
    | 'listOwnerWords'
  >
  /** What a run leaves for the next one. */
  readonly kept: KeptFiles
  readonly parallel: Parallel
  readonly clock: Clock
  readonly progress: Progress
}

export type MineResult = {
  readonly planVersion: number
  readonly summary: PlanSummary
  /** Against the plan before; none where there was none. */
  readonly changes: { readonly retired: number; readonly added: number }
  readonly read: Reading
}

/** Was the history read as a whole, or what changed since the run before? */
export type Reading = {
  readonly how: 'whole' | 'changes'
  /** Why as a whole. */
  readonly because: string | null
  /** Why the next run will have to read all again, where this one could keep nothing. */
  readonly notKept: string | null
}

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
  const facts = await readFacts(history, notGoods)
  const renewed = await renewGoods(history, effects.kept, facts, { halfLifeDays: HALF_LIFE_DAYS })
  const goods =
    'goods' in renewed
      ? renewed.goods
      : await readGoods(history, notGoods, { halfLifeDays: HALF_LIFE_DAYS }, (lines) =>
          progress.fraction(lines / summary.orderLines),
        )
  refuseHalfCatalog(goods.ids, catalog)
  progress.step('Counting pairs')
  const counted = await countPairs(
    goods.columns,
    {},
    { parallel, progress: (done) => progress.fraction(done) },
  )

  progress.step('Timing refills and next steps')
  const [rhythms, beside] = await Promise.all([
    timeRefills(goods, counted, catalog, parallel),
    countBeside(goods, counted, catalog),
  ])
  // What follows runs in this thread; the others would keep some 80 MB meanwhile.
  await parallel.rest()
  const version = await store.currentPlanVersion()
  const stored = version === null ? null : await orUnreadable(store.streamPlan(version))
  const before = stored === 'unreadable' ? null : stored
  const left = new Map<string, LeftOf>()
  const made = makePlan(
    {
      products: productFacts(goods, counted, beside, rhythms),
      pairs: pairRows(counted, goods.ids, beside),
      totals: {
        orders: counted.totals.orders,
        ordersWeight: counted.totals.ordersWeight,
      },
      historyFromAtMs: summary.fromAtMs,
      historyToAtMs: summary.toAtMs,
      sampledOrders: counted.totals.sampledOrders,
      habitShare: beside.habitShare,
    },
    catalog,
    settings,
    (anchor, leftOf) => before !== null && left.set(anchor, leftOf),
  )
  const frame = { words: await store.listOwnerWords(), settings, nowMs: clock.nowMs() }
  const draft: PlanStream = before === null ? made : compareWithLast(made, before, left, frame)
  progress.step('Remembering customers')
  const changed =
    'goods' in renewed
      ? await store.changeCustomerPurchases(renewed.purchases, changedPurchases(renewed.changes))
      : null
  const purchases = changed ?? (await store.replaceCustomerPurchases(readCustomers(history, goods, notGoods)))
  progress.step('Making the plan')
  const planVersion = await store.publishPlan(draft, clock.nowMs())
  const changes = { retired: 0, added: 0 }
  for (const { kind } of draft.changes ?? []) changes[kind] += 1
  const read: Reading = {
    how: 'goods' in renewed ? 'changes' : 'whole',
    because: 'because' in renewed ? whyWhole(goods, renewed.because) : null,
    notKept: await keepGoods(effects.kept, goods, facts, purchases),
  }
  return { planVersion, summary: draft.summary, changes, read }
}

/** Nothing is kept of orders of which a sample was drawn, so the run before cannot have left anything. */
function whyWhole({ columns }: Goods, because: string): string {
  return columns.sampledOrders > 0 ? 'of a very large order a sample is counted' : because
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

/** Every import ends with all sold products in the catalog. Without their titles and prices nothing would be paired. */
function refuseHalfCatalog(sold: readonly string[], catalog: readonly CatalogProduct[]): void {
  const known = new Set(catalog.map(({ id }) => id))
  const missing = sold.filter((id) => !known.has(id))
  if (missing.length === 0) return
  throw new AppError(
    'catalog-incomplete',
    `The catalog lacks ${missing.length} of ${sold.length} products that were sold (${missing[0]}): the last import did not come to its end, or the database is not the one it went to. Run "aftercart import" with the same file again, then mine.`,
  )
}

/** On another thread, while this one counts beside. */
function timeRefills(
  goods: Goods,
  { margins, index }: PairCounts,
  catalog: readonly CatalogProduct[],
  parallel: Parallel,
): Promise<ReadonlyMap<string, RefillRhythm>> {
  const { repeatCustomers } = margins
  return parallel.run(refillRhythmsJob, {
    rebuys: gatherRebuys(goods, { index, margins }, REFILL_DRAW),
    margins: new Map(
      goods.ids.map((id, product) => [
        id,
        { customers: margins.customers[product] ?? 0, repeatCustomers: repeatCustomers[product] ?? 0 },
      ]),
    ),
    catalog: catalog
      .filter((product) => product.goods.kind === 'goods')
      .map(({ id, title, category, categoryIsGuess, variantGroup, lastsDays }) => ({
        ...{ id, title, category, categoryIsGuess, variantGroup, lastsDays },
      })),
  })
}

/** All that is counted beside the pairs, over the same columns. */
type Beside = RowFacts & {
  readonly seasons: readonly (Season | null)[]
  readonly takenUp: ReturnType<typeof countTakenUp>
  readonly buyersTakeUpOf: ReturnType<typeof countBuyersTakeUp>
  readonly habitShare: number
}

async function countBeside(
  { columns, ids }: Goods,
  counted: PairCounts,
  catalog: readonly CatalogProduct[],
): Promise<Beside> {
  const productOf = new Map(catalog.map((product) => [product.id, product]))
  const kept = ids.map((id) => productOf.get(id) ?? { title: '', category: null })
  const categories = kept.map(({ category }) => category)
  const standing = pairsStandingOut(counted.pairs)
  return {
    seasons: findSeasons(countMonths(columns), kept),
    takenUp: countTakenUp(columns),
    buyersTakeUpOf: countBuyersTakeUp(columns),
    habitShare: countHabits(columns, HALF_LIFE_DAYS),
    gaps: timeCandidates(columns, counted),
    lately: standing.byRow(countLately(columns, standing.pairs), null),
    kinds: countKinds(columns, categories),
    within: standing.byRow(countWithinCustomers(columns, standing.pairs).of, NOBODY_CHOSE),
  }
}

function productFacts(
  { ids }: Goods,
  { margins }: PairCounts,
  { seasons, takenUp, buyersTakeUpOf }: Beside,
  rhythms: ReadonlyMap<string, RefillRhythm>,
): readonly ProductFacts[] {
  const sold = ids.map((id, product) => {
    const customers = margins.customers[product] ?? 0
    return {
      id,
      orders: margins.orders[product] ?? 0,
      ordersWeight: margins.ordersWeight[product] ?? 0,
      customers,
      rebuyShare: rebuyShare(margins.repeatCustomers[product] ?? 0, customers),
      rhythm: rhythms.get(id) ?? null,
      takenUp: takenUp[product] ?? 0,
      season: seasons[product] ?? null,
      buyersTakeUp: nameTakeUp(buyersTakeUpOf(product), (one) => ids[one] ?? ''),
    }
  })
  const known = new Set(ids)
  // Never sold so far, but the catalog says how long it lasts.
  const unsold = [...rhythms].flatMap(([id, rhythm]) =>
    known.has(id) ? [] : [{ ...neverSold, id, rebuyShare: rebuyShare(0, 0), rhythm }],
  )
  return [...sold, ...unsold]
}

const neverSold = {
  ...{ orders: 0, ordersWeight: 0, customers: 0, takenUp: 0, season: null },
  buyersTakeUp: nameTakeUp(null, () => ''),
}

type RowFacts = {
  readonly gaps: ReadonlyMap<number, PairGaps>
  readonly kinds: Pick<KindLift, 'between'>
  readonly within: (row: number) => WithinCustomers
  readonly lately: (row: number) => Lately | null
}

/** The columns row by row, made when asked for: millions of rows never stand in memory as objects. */
function* pairRows(
  { pairs, margins }: PairCounts,
  ids: readonly string[],
  { gaps, kinds, within, lately }: RowFacts,
): Generator<PairRow> {
  for (let row = 0; row < pairs.pairCount; row++) {
    const anchor = pairs.anchor[row] ?? 0
    yield {
      anchorId: ids[anchor] ?? '',
      addOnId: ids[pairs.addOn[row] ?? 0] ?? '',
      ordersTogether: pairs.together[row] ?? 0,
      togetherWeight: pairs.togetherWeight[row] ?? 0,
      ordersBulk: pairs.bulk[row] ?? 0,
      expectedTogether: pairs.expectedTogether[row] ?? 0,
      customersFollowed: margins.customersFollowed[anchor] ?? 0,
      customersLaterFollowed: pairs.laterFollowed[row] ?? 0,
      customersLater: pairs.later[row] ?? 0,
      customersLaterExpected: pairs.expectedLater[row] ?? 0,
      kindLift: kinds.between(anchor, pairs.addOn[row] ?? 0),
      within: within(row),
      gaps: gaps.get(row) ?? null,
      lately: lately(row),
    }
  }
}

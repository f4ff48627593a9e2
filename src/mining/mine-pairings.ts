// Order history + catalog → plan. Comes in: settings. Goes out: a published plan version with its pairings, and what
// each customer has bought, for decisions to remember. One row per ordered pair of an anchor and an add-on is counted
// (count-pairs.ts), judged by the NEXT method (src/next/make-plan.ts) and published in one transaction; until then
// servers go on with the plan they have. A product without orders has no pairings: the ladder serves its buyers. What
// the counts cannot tell is why two things are bought together; the owner sees every verdict with its reason.

import { AppError } from '../domain/errors.ts'
import type { PlanStream, PlanSummary } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import type { LeftOf } from '../next/compare-pairings.ts'
import { makePlan, type ProductFacts } from '../next/make-plan.ts'
import { openOwnerGuide } from '../next/owner-guide.ts'
import { rebuyShare } from '../next/rebuy-share.ts'
import type { Clock } from '../ports/clock.ts'
import type { History } from '../ports/history.ts'
import type { KeptFiles } from '../ports/kept-files.ts'
import type { Parallel } from '../ports/parallel.ts'
import type { Progress } from '../ports/progress.ts'
import type { Store } from '../ports/store.ts'
import { anchorPairs } from './anchor-pairs.ts'
import { changedPurchases } from './changed-orders.ts'
import { compareWithLast, orUnreadable } from './compare-with-last.ts'
import { type Beside, countBeside } from './count-beside.ts'
import { countPairs } from './count-pairs.ts'
import { type FallenRates, type RetiredArm, readFallenRates } from './fallen-rates.ts'
import { kinColumns } from './kin-columns.ts'
import type { PairCounts } from './pair-columns.ts'
import { readCustomers } from './read-customers.ts'
import { type Goods, readGoods } from './read-goods.ts'
import { type HistoryFacts, keepGoods, type Renewed, readFacts, renewGoods } from './renew-goods.ts'

/** Days after which an order counts half: measured on Online Retail II, see docs/methods.md. */
export const HALF_LIFE_DAYS = 120

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
    | 'countArms'
    | 'latestArmChanges'
    | 'addArmChange'
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
  /** Pairings that this plan is the first to leave out because shoppers take them no more. */
  readonly retiredArms: readonly RetiredArm[]
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
  const { orders, orderLines, fromAtMs, toAtMs } = await history.summary()
  if (orders === 0 || fromAtMs === null || toAtMs === null) {
    throw new AppError('no-history', 'There are no orders to mine: run "aftercart import <file>" first.')
  }
  const catalog = await store.listProducts()
  const notGoods = catalog
    .filter((product) => product.goods.kind === 'not-goods')
    .map((product) => product.id)

  progress.step('Reading orders')
  const facts = await readFacts(history, notGoods)
  const { goods, renewed, because } = await renewOrRead(facts, effects, (lines) =>
    progress.fraction(lines / orderLines),
  )
  refuseHalfCatalog(goods.ids, catalog)
  progress.step('Counting pairs')
  const productOf = new Map(catalog.map((product) => [product.id, product]))
  // All of them: refuseHalfCatalog.
  const sold = goods.ids.flatMap((id) => productOf.get(id) ?? [])
  const counted = await countPairs(
    goods.columns,
    { kin: kinColumns(goods.columns, sold) },
    { parallel, progress: (done) => progress.fraction(done) },
  )

  progress.step('Timing refills and next steps')
  const beside = await countBeside(
    goods,
    counted,
    { catalog, sold },
    { parallel, halfLifeDays: HALF_LIFE_DAYS },
  )
  // What follows runs in this thread; the others would keep some 80 MB meanwhile.
  await parallel.rest()
  const mined = { goods, counted, beside }
  const { draft, fallen } = await draftPlan(mined, { catalog, span: { fromAtMs, toAtMs } }, settings, effects)
  progress.step('Remembering customers')
  const purchases = await rememberCustomers(renewed, () => readCustomers(history, goods, notGoods), store)
  progress.step('Making the plan')
  const planVersion = await store.publishPlan(draft, clock.nowMs())
  // After the plan: where this is cut off, the next run finds the same and says it.
  const retiredArms = fallen.toSay()
  for (const { before: _, ...said } of retiredArms) await store.addArmChange(said)
  const changes = { retired: 0, added: 0 }
  for (const { kind } of draft.changes ?? []) changes[kind] += 1
  const read: Reading = {
    how: renewed === null ? 'whole' : 'changes',
    because,
    notKept: await keepGoods(effects.kept, goods, facts, purchases),
  }
  return { planVersion, summary: draft.summary, changes, read, retiredArms }
}

type HistorySpan = { readonly fromAtMs: number; readonly toAtMs: number }

/** The plan as it would be published, and what it changes. */
async function draftPlan(
  {
    goods,
    counted,
    beside,
  }: { readonly goods: Goods; readonly counted: PairCounts; readonly beside: Beside },
  { catalog, span }: { readonly catalog: readonly CatalogProduct[]; readonly span: HistorySpan },
  settings: Settings,
  { store, clock }: Pick<MineEffects, 'store' | 'clock'>,
): Promise<{ readonly draft: PlanStream; readonly fallen: FallenRates }> {
  const version = await store.currentPlanVersion()
  const stored = version === null ? null : await orUnreadable(store.streamPlan(version))
  const before = stored === 'unreadable' ? null : stored
  const left = new Map<string, LeftOf>()
  const words = await store.listOwnerWords()
  const nowMs = clock.nowMs()
  const fallen = await readFallenRates(openOwnerGuide(words, words.length), nowMs, store)
  const made = makePlan(
    {
      products: productFacts(goods, counted, beside),
      pairs: anchorPairs(goods, counted, beside),
      totals: { orders: counted.totals.orders, ordersWeight: counted.totals.ordersWeight },
      historyFromAtMs: span.fromAtMs,
      historyToAtMs: span.toAtMs,
      sampledOrders: counted.totals.sampledOrders,
      habitShare: beside.habitShare,
      whyFallen: fallen.whyFallen,
    },
    catalog,
    settings,
    (anchor, leftOf) => before !== null && left.set(anchor, leftOf),
  )
  const draft = before === null ? made : compareWithLast(made, before, left, { words, settings, nowMs })
  return { draft, fallen }
}

/** Those who changed, where the store knows the others as they are; else all. Comes out: how the store names the state. */
async function rememberCustomers(
  renewed: Renewed | null,
  readAll: () => ReturnType<typeof readCustomers>,
  store: MineEffects['store'],
): Promise<string> {
  const changed =
    renewed === null
      ? null
      : await store.changeCustomerPurchases(renewed.purchases, changedPurchases(renewed.changes))
  return changed ?? (await store.replaceCustomerPurchases(readAll()))
}

/** What the last run kept, with what came in since; else the whole history, and why. */
async function renewOrRead(
  facts: HistoryFacts,
  { history, kept }: Pick<MineEffects, 'history' | 'kept'>,
  progress: (linesRead: number) => void,
): Promise<{ readonly goods: Goods; readonly renewed: Renewed | null; readonly because: string | null }> {
  const settings = { halfLifeDays: HALF_LIFE_DAYS }
  const renewed = await renewGoods(history, kept, facts, settings)
  if ('goods' in renewed) return { goods: renewed.goods, renewed, because: null }
  const goods = await readGoods(history, facts.notGoods, settings, progress)
  return { goods, renewed: null, because: renewed.because }
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

function productFacts(
  { ids }: Goods,
  { margins }: PairCounts,
  { seasons, takenUp, buyersTakeUp, rhythms }: Beside,
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
      buyersTakeUp: buyersTakeUp(product),
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
  ...{ orders: 0, ordersWeight: 0, customers: 0, takenUp: 0, season: null, buyersTakeUp: null },
}

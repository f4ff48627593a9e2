// Replays history: would the next product have been among the picks? Comes in: the orders, the catalog, the day of the
// split, a question. Goes out: per method, hit rates with bootstrap intervals over orders, and the paired lead of our
// ranking over each baseline. With `daily` refresh each test day sees all orders of the days before it, never its own;
// with `never` the counts and each customer's own past stay as they were on the split. All methods answer the same
// queries from the same counts. What it cannot tell: whether an offer would have caused a purchase. That needs a hold-out.

import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { choosePicks } from '../next/choose-picks.ts'
import { joinTakeUp } from '../next/joint-take-up.ts'
import { numberKinds, openKindLift } from '../next/kind-lift.ts'
import { openOwnPast } from '../next/own-past.ts'
import { silentOwner } from '../next/owner-guide.ts'
import { findSeasons, type MonthCount, openMonthCount } from '../next/season.ts'
import type { Progress } from '../ports/progress.ts'
import type { Random } from '../stats/seeded-random.ts'
import { type BacktestQuery, makeQueries, type Question } from './backtest-queries.ts'
import { openBaselines } from './baselines.ts'
import { type DayPlanFrame, planOfDay } from './day-plan.ts'
import { type LiveCounts, openLiveCounts } from './live-counts.ts'
import { type OwnHistory, openOwnHistory } from './own-history.ts'
import { openAddOnLists, openOwnRanker } from './rank-known.ts'
import type { Replay, ReplayOrder } from './replay.ts'
import { type MethodScores, openScoreSheet, type ScoreSheet } from './score-sheet.ts'

export type BacktestRequest = {
  readonly question: Question
  readonly refresh: 'daily' | 'never'
  /** Only products that are new to the customer are asked for, and only they count as an answer. */
  readonly newOnly: boolean
  readonly splitDay: number
  readonly halfLifeDays: number
  readonly windowDays: number
  readonly replay: Replay
  readonly catalog: readonly CatalogProduct[]
  readonly settings: Settings
}

export const methodNames = [
  'ranking',
  'rankingWithoutPast',
  'aftercart',
  'popularity',
  'confidence',
  'lift',
  'cosine',
  'llr',
] as const
export type MethodName = (typeof methodNames)[number]

export type BacktestResult = {
  readonly question: Question
  readonly refresh: 'daily' | 'never'
  readonly newOnly: boolean
  readonly trainOrders: number
  readonly testOrders: number
  readonly queries: number
  readonly methods: Readonly<Record<MethodName, MethodScores>>
  /** Hit rate at 2 of the ranking less that of each other method, with its paired 95 % interval. */
  readonly lead: Readonly<Record<Exclude<MethodName, 'ranking'>, { mean: number; low: number; high: number }>>
}

export function runBacktest(
  request: BacktestRequest,
  { random, progress }: { readonly random: Random; readonly progress: Progress },
): BacktestResult {
  const { question, refresh, newOnly, splitDay, replay } = request
  const queries = makeQueries(replay.orders, { question, newOnly, splitDay }, random)
  const queriesOf = Map.groupBy(queries, (query) => query.order.day)
  const firstDay = replay.orders[0]?.day ?? 0
  const counts = openLiveCounts({ firstDay, ...request })
  const own = openOwnHistory(replay.productIds, { firstDay, ...request })
  const kinds = openKindLift(numberKinds(categoriesOf(request)))
  const months = openMonthCount(replay.productIds.length)
  const answer = openAnswers(request, counts, own, { kinds, months })
  const sheet = openScoreSheet(methodNames)
  progress.step(`Replaying ${queries.length} orders`)
  let done = 0
  for (const [day, orders] of Map.groupBy(replay.orders, (order) => order.day)) {
    const asked = queriesOf.get(day) ?? []
    const countsDay = refresh === 'never' ? Math.min(day, splitDay) : day
    answer(asked, countsDay, sheet)
    done += asked.length
    progress.fraction(queries.length === 0 ? 1 : done / queries.length)
    for (const order of orders) {
      if (refresh === 'never' && day >= splitDay) break
      own.add(order)
      const dayOrder = toDayOrder(order)
      counts.add(dayOrder)
      kinds.add(dayOrder.products, 0, dayOrder.products.length)
      months.add(day, dayOrder.products, 0, dayOrder.products.length)
    }
  }
  const trainOrders = replay.orders.filter((order) => order.day < splitDay).length
  return {
    question,
    refresh,
    newOnly,
    trainOrders,
    testOrders: replay.orders.length - trainOrders,
    queries: queries.length,
    ...sheet.summarise('ranking', random),
  }
}

function categoriesOf({ replay, catalog }: BacktestRequest): readonly (string | null)[] {
  const categoryOf = new Map(catalog.map(({ id, category }) => [id, category]))
  return replay.productIds.map((id) => categoryOf.get(id) ?? null)
}

function openAnswers(
  request: BacktestRequest,
  counts: LiveCounts,
  own: OwnHistory,
  { kinds, months }: Pick<DayPlanFrame, 'kinds'> & { readonly months: MonthCount },
) {
  const { replay } = request
  const productOf = new Map(request.catalog.map((product) => [product.id, product]))
  const seasonal = replay.productIds.map((id) => productOf.get(id) ?? { title: '', category: null })
  const baselines = openBaselines(counts, replay.productIds.length)
  const addOnsOf = openAddOnLists(counts)
  const ranker = openOwnRanker(counts, addOnsOf, replay.productIds.length)
  const moment = request.question === 'next-order' ? 'next' : 'now'
  const numberOf = new Map(replay.productIds.map((id, product) => [id, product]))
  const noPast = openOwnPast<number>([], 0)
  return (asked: readonly BacktestQuery[], day: number, sheet: ScoreSheet<MethodName>): void => {
    if (asked.length === 0) return
    const frame: DayPlanFrame = {
      productIds: replay.productIds,
      ...request,
      addOnsOf,
      withNextSteps: request.question === 'next-order',
      habitShare: own.habitShare(day),
      kinds,
      own,
      seasons: findSeasons(months, seasonal),
      buyersTakeUpOf: own.buyersTakeUp(day),
    }
    const offer = openOffers(asked, day, counts, frame, request)
    for (const query of asked) {
      const { known, excluded, truth, order } = query
      const joint = joinTakeUp(
        moment === 'next' ? known.map((product) => frame.buyersTakeUpOf(product) ?? undefined) : [],
      )
      const picks = offer(query, own.purchases(order.customer)).map((id) => numberOf.get(id) ?? -1)
      sheet.add(truth, {
        ranking: ranker.rank(known, excluded, own.past(order.customer, day), joint, day, moment),
        rankingWithoutPast: ranker.rank(known, excluded, noPast, joint, day, moment),
        aftercart: picks.filter((product) => !excluded.has(product)),
        ...baselines.rank(known, excluded, day),
      })
    }
  }
}

/**
 * Stands for each product that a question withholds. Which products the rest of the order holds is what is asked; what
 * was paid for it is known to whoever was paid, and the price ceiling is a share of all that was paid.
 */
const WITHHELD = 'withheld'

/** What would really have been offered, with all rules: two picks, by e-mail at once or as a follow-up. */
function openOffers(
  asked: readonly BacktestQuery[],
  day: number,
  counts: LiveCounts,
  frame: DayPlanFrame,
  request: BacktestRequest,
) {
  const { replay, settings, question } = request
  const plan = planOfDay(counts, day, new Set(asked.flatMap((query) => query.known)), frame)
  const placement: Placement = question === 'next-order' ? 'follow-up' : 'confirmation-email'
  const currency = request.catalog[0]?.currency ?? ''
  return (query: BacktestQuery, customer: CustomerPurchases | null): readonly string[] => {
    const known = new Set(query.known)
    const order: Order = {
      id: 'replayed',
      customerId: customer?.customerId ?? null,
      placedAtMs: day * DAY_MS,
      currency,
      lines: query.order.lines.map(({ product, quantity, unitPriceMinor }) => {
        const productId = known.has(product) ? (replay.productIds[product] ?? '') : WITHHELD
        return { productId, quantity, unitPriceMinor }
      }),
    }
    const hand = { ...silentOwner, nowMs: order.placedAtMs }
    return choosePicks(order, customer, placement, plan, settings, hand).picks.map((pick) => pick.product)
  }
}

function toDayOrder({ customer, day, lines }: ReplayOrder) {
  return { customer, day, products: lines.map((line) => line.product) }
}

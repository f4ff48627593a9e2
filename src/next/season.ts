// When does a product sell? Comes in: orders by calendar month, of each product and of the shop, titles and categories.
// Goes out: for the products that surely have a season, the months in which they hardly sell; nothing while the history
// is not longer than a year. docs/methods.md, 7, has the formulas:
//
//   in season orders that a month would have had at the lower of two rates: that of the best three months running of the
//             12 before it, and of the 12 after. What was launched later, grew, or was given up has no such rate there.
//   demand    Gamma(prior + orders, prior + in season): the share of that rate. The prior is what its kin show (the
//             products of its category, or with a word of its title), the quietest of them, drawn towards no season.
//   quiet     with its neighbours that are quiet too, its demand is below a quarter at 99.5 %, and the low season lasts.
//
// What can go wrong: a product that was out of stock for most of a year looks out of season, until it sells again.

import { DAY_MS } from '../domain/instant.ts'
import type { Season } from '../domain/plan.ts'
import { wordsOf } from '../domain/title-words.ts'
import { gammaQuantile, normalQuantile } from '../stats/special-functions.ts'
import { kindOfCategory } from './kind-lift.ts'

/** Of the rate in season. This and the next four were chosen on Online Retail II, January to March 2011. */
const QUIET_SHARE = 0.25
const SURE = 0.995
const SURE_QUANTILE = normalQuantile(SURE)
/** Orders' worth of doubt that draw a product towards its kin at most, and its kin towards no season. */
const KIN_ORDERS = 40
const NO_SEASON_ORDERS = 5
/** Orders' worth for which one product speaks at most among its kin. */
const VOICE_ORDERS = 20
/** Products that share a category or a word before it is taken for a kind. */
const KIN_MIN = 4
const YEAR = 12
/** Months running that make a rate in season. */
const RUN = 3
/** A quiet month counts as one of so many running in which demand is below half of that in season. */
const LOW_MONTHS = 4
const LOW_SHARE = 0.5

export type MonthCount = {
  /** Counts an order: the products from place `begin` to before `end`, each once. */
  add(day: number, products: ArrayLike<number>, begin: number, end: number): void
  /** Months since 1970-01, in their sequence without gaps; empty before the first order. */
  months(): readonly number[]
  ordersIn(month: number): number
  ordersOf(product: number, month: number): number
}

export function openMonthCount(productCount: number): MonthCount {
  const monthOfDay = new Map<number, number>()
  const counted = new Map<number, { orders: number; readonly products: Uint32Array }>()
  const monthOf = (day: number): number => {
    const known = monthOfDay.get(day)
    if (known !== undefined) return known
    const date = new Date(day * DAY_MS)
    const month = (date.getUTCFullYear() - 1970) * YEAR + date.getUTCMonth()
    monthOfDay.set(day, month)
    return month
  }
  return {
    add(day, products, begin, end) {
      const month = monthOf(day)
      const own = counted.get(month) ?? { orders: 0, products: new Uint32Array(productCount) }
      counted.set(month, own)
      own.orders += 1
      for (let at = begin; at < end; at++) {
        const product = products[at] as number
        own.products[product] = (own.products[product] as number) + 1
      }
    },
    months() {
      let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const month of counted.keys()) [first, last] = [Math.min(first, month), Math.max(last, month)]
      return last < first ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at)
    },
    ordersIn: (month) => counted.get(month)?.orders ?? 0,
    ordersOf: (product, month) => counted.get(month)?.products[product] ?? 0,
  }
}

/** Orders, and what they would have been at the rate in season, by calendar month, January first. */
type Profile = { readonly orders: Float64Array; readonly usual: Float64Array }
type Kin = Profile & { products: number }

export type SeasonalProduct = { readonly title: string; readonly category: string | null }

/** By product number; `null` for a product without a season, and for all while the history is no full year. */
export function findSeasons(
  count: MonthCount,
  products: readonly SeasonalProduct[],
): readonly (Season | null)[] {
  const months = count.months()
  if (months.length <= YEAR) return products.map(() => null)
  const shop = sumsOf(months.map(count.ordersIn))
  const profiles = products.map((_, product) =>
    profileOf(
      months,
      shop,
      months.map((month) => count.ordersOf(product, month)),
    ),
  )
  const groupsOf = products.map(({ title, category }) => [
    ...new Set([category, kindOfCategory(category)].filter((one) => one !== null).map((one) => `of ${one}`)),
    ...new Set(wordsOf(title)),
  ])
  const kin = new Map<string, Kin>()
  for (const [product, own] of profiles.entries())
    for (const group of groupsOf[product] ?? []) kin.set(group, joinKin(kin.get(group), own))
  return profiles.map((own, product) => {
    const groups = (groupsOf[product] ?? []).flatMap((group) => kin.get(group) ?? [])
    const quiet = quietMonths(own, groups)
    return quiet.length === 0 ? null : { quiet, sells: sellingMonths(months, count, product) }
  })
}

/** How much of a product counts in a group: no single one speaks for all that share a word with it. */
function voiceOf({ usual }: Profile, month: number): number {
  const own = at(usual, month)
  return own > VOICE_ORDERS ? VOICE_ORDERS / own : 1
}

function joinKin(known: Kin | undefined, own: Profile): Kin {
  const kin = known ?? { orders: new Float64Array(YEAR), usual: new Float64Array(YEAR), products: 0 }
  kin.products += 1
  for (let month = 0; month < YEAR; month++) {
    // Without a rate in season it says nothing of how far a month falls below it.
    if (at(own.usual, month) === 0) continue
    const voice = voiceOf(own, month)
    kin.orders[month] = at(kin.orders, month) + voice * at(own.orders, month)
    kin.usual[month] = at(kin.usual, month) + voice * at(own.usual, month)
  }
  return kin
}

const at = (values: ArrayLike<number>, place: number): number => values[place] ?? 0

/** `sums[i]` is the sum of the first i values. */
function sumsOf(values: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...values.map((value) => (sum += value))]
}

function profileOf(months: readonly number[], shop: readonly number[], orders: readonly number[]): Profile {
  const profile = { orders: new Float64Array(YEAR), usual: new Float64Array(YEAR) }
  const own = sumsOf(orders)
  if (at(own, months.length) === 0) return profile
  /** Of the month at a place and the two before it, as far as the history reaches. */
  const rates = orders.map((_, place) => {
    const from = Math.max(0, place + 1 - RUN)
    const all = at(shop, place + 1) - at(shop, from)
    return all > 0 ? (at(own, place + 1) - at(own, from)) / all : 0
  })
  const best = (from: number, to: number): number => {
    let most = 0
    for (let place = Math.max(0, from); place < Math.min(to, rates.length); place++)
      most = Math.max(most, at(rates, place))
    return most
  }
  for (const [place, month] of months.entries()) {
    const calendar = month % YEAR
    const before = best(place - YEAR, place)
    const isLast = place + 1 === months.length
    // What comes after the last month is not known; a year ago the same month was followed by those before it.
    const after = isLast
      ? place >= YEAR
        ? before
        : 0
      : best(afterRun(place, months.length), place + 1 + YEAR)
    if (place === 0) continue
    const usual = (at(shop, place + 1) - at(shop, place)) * Math.min(before, after)
    profile.orders[calendar] = at(profile.orders, calendar) + at(orders, place)
    profile.usual[calendar] = at(profile.usual, calendar) + usual
  }
  return profile
}

/** The first run of months behind a place that does not hold it; the last one there is, where the history ends before. */
function afterRun(place: number, months: number): number {
  return Math.min(place + RUN, months - 1)
}

function quietMonths(own: Profile, groups: readonly Kin[]): Season['quiet'] {
  const demands = Array.from({ length: YEAR }, (_, month) => demandIn(month, own, groups))
  return demands.flatMap((demand, month) => {
    if (meanOf(demand) >= QUIET_SHARE || runAround(demands, month, LOW_SHARE).length < LOW_MONTHS) return []
    // Quiet months that follow one another are judged together: one month of one product has few orders to tell by.
    const { shape, rate } = pool(runAround(demands, month, QUIET_SHARE))
    if (gammaQuantile(shape, SURE, SURE_QUANTILE) / rate >= QUIET_SHARE) return []
    return [{ month: month + 1, orders: demand.orders, usual: demand.usual }]
  })
}

/** Gamma(shape, rate): demand as a share of that in season. */
type Gamma = { readonly shape: number; readonly rate: number }
type Demand = { readonly orders: number; readonly usual: number; readonly prior: Gamma }
const noSeason: Gamma = { shape: NO_SEASON_ORDERS, rate: NO_SEASON_ORDERS }

function demandIn(month: number, own: Profile, groups: readonly Kin[]): Demand {
  const [orders, usual] = [at(own.orders, month), at(own.usual, month)]
  const voice = usual === 0 ? 0 : voiceOf(own, month)
  const quietest = groups.reduce<Gamma>((least, { orders: all, usual: allUsual, products }) => {
    if (products < KIN_MIN) return least
    const shape = at(all, month) - voice * orders + NO_SEASON_ORDERS
    const rate = at(allUsual, month) - voice * usual + NO_SEASON_ORDERS
    return shape / rate < least.shape / least.rate ? { shape, rate } : least
  }, noSeason)
  // What is known of many others counts for no more than so many orders of its own.
  const share = Math.min(1, KIN_ORDERS / quietest.rate)
  return { orders, usual, prior: { shape: share * quietest.shape, rate: share * quietest.rate } }
}

function meanOf({ orders, usual, prior }: Demand): number {
  return (orders + prior.shape) / (usual + prior.rate)
}

/** The orders of all, with the doubt of one. */
function pool(demands: readonly Demand[]): Gamma {
  const sum = (of: (demand: Demand) => number): number =>
    demands.reduce((total, demand) => total + of(demand), 0)
  return {
    shape: sum(({ orders }) => orders) + sum(({ prior }) => prior.shape) / demands.length,
    rate: sum(({ usual }) => usual) + sum(({ prior }) => prior.rate) / demands.length,
  }
}

/** The months running, this one among them, whose demand is below a share of that in season. */
function runAround(demands: readonly Demand[], month: number, share: number): readonly Demand[] {
  const demandAt = (step: number): Demand | null => {
    const demand = demands[(month + step + YEAR) % YEAR]
    return demand !== undefined && meanOf(demand) < share ? demand : null
  }
  const run: Demand[] = []
  for (const way of [1, -1]) {
    for (let step = way === 1 ? 0 : -1; Math.abs(step) < YEAR && run.length < YEAR; step += way) {
      const demand = demandAt(step)
      if (demand === null) break
      run.push(demand)
    }
  }
  return run
}

/** Months in which an order of the shop holds it at least as often as in an average month. */
function sellingMonths(months: readonly number[], count: MonthCount, product: number): readonly number[] {
  const [orders, all] = [new Float64Array(YEAR), new Float64Array(YEAR)]
  for (const month of months) {
    const calendar = month % YEAR
    orders[calendar] = at(orders, calendar) + count.ordersOf(product, month)
    all[calendar] = at(all, calendar) + count.ordersIn(month)
  }
  const rates = Array.from(orders, (own, month) => (at(all, month) > 0 ? own / at(all, month) : 0))
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / YEAR
  return rates.flatMap((rate, month) => (rate > 0 && rate >= mean ? [month + 1] : []))
}

// Is the day right on which a refill runs out? Two public sets, each named by its folder, since they do not ship here:
//   --coop <folder>    supermarket baskets of 50 customers over 7.6 years, one JSON line each (evaluate only)
//   --cdnow <folder>   CDNOW_master.txt: 23,570 customers of a music shop
// coop: at each cut everything before it is learnt from, and for each product that a customer has bought the question
// is whether they buy it within 7 days after; then, for each purchase in the 90 days after the cut, whether the next one
// falls into the 80 % interval. The validation cuts are where settings were chosen; the test cuts come later.
// CDNOW: whether a customer buys at all within 30 days after 1997-09-30, beside the BG/NBD model and others.
//
//   node bench/refill.ts --coop <folder> --cdnow <folder> [--json]

import { createReadStream, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { ORDERS_REMEMBERED } from '../src/domain/order.ts'
import type { RefillRhythm } from '../src/domain/plan.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { type ProductRebuys, packRebuys, type Rebuy } from '../src/mining/rebuy-columns.ts'
import { refillRhythms } from '../src/mining/refill-rhythms.ts'
import { chanceToRebuy, predictRunOut } from '../src/next/predict-run-out.ts'
import { chanceToBuyWithin, compressRecords, fitBgNbd } from '../src/stats/bg-nbd.ts'
import { fitRebuyModel, forecastRebuy } from '../src/stats/rebuy-model.ts'
import { chanceToRenew, fitRenewalIntervals } from '../src/stats/renewal-interval.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'

const { values } = parseArgs({
  options: { coop: { type: 'string' }, cdnow: { type: 'string' }, json: { type: 'boolean', default: false } },
})

const HORIZON = 7
const VALIDATION_CUTS = [600, 900]
const TEST_CUTS = [1300, 1700, 2100, 2500]

/** Product → customer → days of purchase, ascending. */
type Purchases = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>
type Coop = { readonly purchases: Purchases; readonly visits: ReadonlyMap<number, readonly number[]> }

async function readCoop(folder: string): Promise<Coop> {
  const file = createReadStream(join(folder, 'coop_first50.json.gz')).pipe(createGunzip())
  const days = new Map<string, Map<number, Set<number>>>()
  const visits = new Map<number, readonly number[]>()
  // All lines name customer 0: a line is a customer.
  let customer = 0
  for await (const line of createInterface(file)) {
    const { data } = JSON.parse(line) as { data: Record<string, { basket: Record<string, unknown> }> }
    const visited = new Set<number>()
    for (const [date, { basket }] of Object.entries(data)) {
      const day = Number(date.split('_')[3])
      visited.add(day)
      for (const product of Object.keys(basket)) {
        const buyers = days.get(product) ?? new Map<number, Set<number>>()
        days.set(product, buyers)
        buyers.set(customer, (buyers.get(customer) ?? new Set<number>()).add(day))
      }
    }
    visits.set(
      customer,
      [...visited].sort((one, other) => one - other),
    )
    customer += 1
  }
  const purchases = new Map(
    [...days].map(([product, buyers]) => [
      product,
      new Map([...buyers].map(([one, set]) => [one, [...set].sort((a, b) => a - b)])),
    ]),
  )
  return { purchases, visits }
}

const gapsOf = (days: readonly number[]): number[] => days.slice(1).map((day, at) => day - (days[at] ?? 0))
const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length

function rhythmsAt(purchases: Purchases, cut: number): ReadonlyMap<string, RefillRhythm> {
  const rebuys: ProductRebuys[] = []
  const margins = new Map<string, { customers: number; repeatCustomers: number }>()
  for (const [productId, buyers] of purchases) {
    const margin = { customers: 0, repeatCustomers: 0 }
    const rows: Rebuy[] = []
    for (const all of buyers.values()) {
      const days = all.filter((day) => day <= cut)
      if (days.length === 0) continue
      margin.customers += 1
      if (days.length > 1) margin.repeatCustomers += 1
      const logs = gapsOf(days).map(Math.log)
      rows.push({
        gaps: logs.length,
        sumV: logs.reduce((sum, log) => sum + log, 0),
        sumVV: logs.reduce((sum, log) => sum + log * log, 0),
        sumU: 0,
        sumUU: 0,
        sumUV: 0,
        openDays: Math.max(0.5, cut - (days.at(-1) ?? cut)),
        openU: 0,
        customers: 1,
      })
    }
    margins.set(productId, margin)
    if (margin.repeatCustomers >= 20) rebuys.push({ productId, rows: packRebuys(rows) })
  }
  const catalog = [...purchases.keys()].map((id) => ({
    id,
    title: id,
    category: null,
    categoryIsGuess: true,
    variantGroup: null,
    lastsDays: null,
  }))
  return refillRhythms({ rebuys, margins, catalog })
}

type Query = {
  readonly customer: number
  readonly waited: number
  readonly bought: boolean
  readonly chances: readonly number[]
}

const methods = [
  'ours',
  'ours, the last 20 orders remembered',
  'fixed median',
  'fixed median, calibrated',
  'uncensored lognormal',
  'censored lognormal, all customers alike',
  'own mean gap',
  'own mean gap, calibrated',
  'base rate before the cut',
] as const

/** Seen from `now`, with nothing after it: one question per customer and product. */
type Seen = { readonly product: string; readonly customer: number; readonly days: readonly number[] }

function seenAt(purchases: Purchases, products: Iterable<string>, now: number): Seen[] {
  return [...products].flatMap((product) =>
    [...(purchases.get(product) ?? [])].flatMap(([customer, all]) => {
      const days = all.filter((day) => day <= now)
      return days.length === 0 ? [] : [{ product, customer, days }]
    }),
  )
}

function boughtWithin(purchases: Purchases, { product, customer }: Seen, now: number): boolean {
  const all = purchases.get(product)?.get(customer) ?? []
  return all.some((day) => day > now && day <= now + HORIZON)
}

/** How far the wait is against what one number expects: early, due within the horizon, overdue, long overdue. */
function placeOf(waited: number, expected: number): number {
  if (waited + HORIZON < expected) return 0
  if (waited <= expected) return 1
  return waited <= 2 * expected ? 2 : 3
}

/** Frequencies per place, learnt a week before the cut, so that their outcomes were known by then. */
function calibrate(outcomes: readonly (readonly [place: number, bought: boolean])[]): readonly number[] {
  return [0, 1, 2, 3].map((place) => {
    const here = outcomes.filter(([one]) => one === place)
    return (here.filter(([, bought]) => bought).length + 0.5) / (here.length + 1)
  })
}

function askCoop({ purchases, visits }: Coop, cut: number): Query[] {
  const rhythms = rhythmsAt(purchases, cut)
  const closed = new Map(
    [...rhythms.keys()].map((product) => {
      const gaps = [...(purchases.get(product)?.values() ?? [])].flatMap((days) =>
        gapsOf(days.filter((day) => day <= cut)),
      )
      const logs = gaps.map(Math.log)
      const mu = mean(logs)
      const sigma = Math.sqrt(mean(logs.map((log) => (log - mu) ** 2)))
      const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1
      const open = [...(purchases.get(product)?.values() ?? [])].flatMap((all) => {
        const days = all.filter((day) => day <= cut)
        return days.length > 1 ? [{ days: cut - (days.at(-1) ?? cut), intervals: 1 }] : []
      })
      const censored = fitRenewalIntervals(
        gaps.map((days) => ({ days, intervals: 1 })),
        open,
      )
      return [product, { mu, sigma, median, mean: mean(gaps), censored }]
    }),
  )
  const of = (product: string) =>
    closed.get(product) ?? { mu: 0, sigma: 1, median: 1, mean: 1, censored: null }
  const ownMean = ({ product, days }: Seen): number =>
    days.length > 1 ? mean(gapsOf(days)) : of(product).mean
  const waited = ({ days }: Seen, now: number): number => now - (days.at(-1) ?? now)
  const before = seenAt(purchases, rhythms.keys(), cut - HORIZON).map((seen) => ({
    seen,
    bought: boughtWithin(purchases, seen, cut - HORIZON),
  }))
  const early = cut - HORIZON
  const byMedian = calibrate(
    before.map(({ seen, bought }) => [placeOf(waited(seen, early), of(seen.product).median), bought]),
  )
  const byOwn = calibrate(
    before.map(({ seen, bought }) => [placeOf(waited(seen, early), ownMean(seen)), bought]),
  )
  const baseRate = before.filter(({ bought }) => bought).length / before.length
  return seenAt(purchases, rhythms.keys(), cut).flatMap((seen) => {
    const rhythm = rhythms.get(seen.product)
    if (rhythm === undefined) return []
    const { mu, sigma, median, censored } = of(seen.product)
    const wait = waited(seen, cut)
    const bought = seen.days.map((day) => ({ day, quantity: 1 }))
    const visited = (visits.get(seen.customer) ?? []).filter((day) => day <= cut)
    const remembered = bought.filter(({ day }) => day >= (visited.at(-ORDERS_REMEMBERED) ?? 0))
    const chances = [
      chanceToRebuy(rhythm, bought, wait, HORIZON),
      chanceToRebuy(rhythm, remembered.length > 0 ? remembered : bought.slice(-1), wait, HORIZON),
      1 - 2 ** (-HORIZON / median),
      byMedian[placeOf(wait, median)] ?? baseRate,
      chanceToRenew(wait, HORIZON, mu, sigma),
      censored?.kind === 'fitted' ? chanceToRenew(wait, HORIZON, censored.mu, censored.sigma) : baseRate,
      -Math.expm1(-HORIZON / ownMean(seen)),
      byOwn[placeOf(wait, ownMean(seen))] ?? baseRate,
      baseRate,
    ]
    return [{ customer: seen.customer, waited: wait, bought: boughtWithin(purchases, seen, cut), chances }]
  })
}

function logLoss(chance: number, bought: boolean): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, chance))
  return -Math.log(bought ? kept : 1 - kept)
}

type Interval = { readonly low: number; readonly high: number }

/** Mean of a value over all queries, with the 95 % interval of drawing customers: their queries hang together. */
function overCustomers(
  queries: readonly Query[],
  measure: (query: Query) => number,
): Interval & { mean: number } {
  const sums = [...Map.groupBy(queries, ({ customer }) => customer).values()].map((own) => ({
    sum: own.reduce((all, query) => all + measure(query), 0),
    count: own.length,
  }))
  const ratio = (drawn: typeof sums): number =>
    drawn.reduce((all, { sum }) => all + sum, 0) / drawn.reduce((all, { count }) => all + count, 0)
  const random = seededRandom(1)
  const draws = Array.from({ length: 1000 }, () =>
    ratio(sums.map(() => sums[Math.floor(random() * sums.length)] ?? { sum: 0, count: 0 })),
  ).sort((a, b) => a - b)
  return { mean: ratio(sums), low: draws[25] ?? 0, high: draws[974] ?? 0 }
}

type Cover = { readonly customer: number; readonly place: 'before' | 'inside' | 'after' | 'never' }

/** Every purchase of the 90 days after the cut: where does the next one fall? `never`: not until the data ends. */
function coverAfter(purchases: Purchases, cut: number): Cover[] {
  const covers: Cover[] = []
  for (const [product, rhythm] of rhythmsAt(purchases, cut)) {
    for (const [customer, days] of purchases.get(product) ?? []) {
      for (const [at, day] of days.entries()) {
        if (day <= cut || day > cut + 90) continue
        const bought = days.slice(0, at + 1).map((one) => ({ day: one, quantity: 1 }))
        const { dayLow, dayHigh } = predictRunOut(rhythm, bought, defaultSettings)
        const next = days[at + 1]
        if (next === undefined) covers.push({ customer, place: 'never' })
        else {
          const gap = next - day
          covers.push({ customer, place: gap < dayLow ? 'before' : gap > dayHigh ? 'after' : 'inside' })
        }
      }
    }
  }
  return covers
}

const round = (value: number, digits = 4): number => Number(value.toFixed(digits))

function compare(queries: readonly Query[]): unknown {
  const rows = methods.map((method, at) => {
    const loss = (query: Query): number => logLoss(query.chances[at] ?? 0, query.bought)
    const ours = (query: Query): number => logLoss(query.chances[0] ?? 0, query.bought)
    const behind = overCustomers(queries, (query) => loss(query) - ours(query))
    return {
      method,
      logLoss: round(mean(queries.map(loss))),
      meanChance: round(mean(queries.map(({ chances }) => chances[at] ?? 0))),
      oursIsLower: round(behind.mean),
      low: round(behind.low),
      high: round(behind.high),
    }
  })
  return { queries: queries.length, bought: round(mean(queries.map(({ bought }) => (bought ? 1 : 0)))), rows }
}

function measureCoop(coop: Coop, name: string, cuts: readonly number[]): unknown {
  const queries = cuts.flatMap((cut) => askCoop(coop, cut))
  const covers = cuts.flatMap((cut) => coverAfter(coop.purchases, cut))
  const returned = covers.filter(({ place }) => place !== 'never')
  const share = (place: Cover['place'], of: readonly Cover[]): number =>
    round(of.filter((one) => one.place === place).length / of.length)
  const inside = overCustomers(
    returned.map(({ customer, place }) => ({ customer, waited: 0, bought: place === 'inside', chances: [] })),
    ({ bought }) => (bought ? 1 : 0),
  )
  return {
    name,
    cuts,
    all: compare(queries),
    boughtInTheLast90Days: compare(queries.filter(({ waited }) => waited <= 90)),
    interval80: {
      purchases: covers.length,
      neverAgain: share('never', covers),
      before: share('before', returned),
      inside: round(inside.mean),
      low: round(inside.low),
      high: round(inside.high),
      after: share('after', returned),
      byCut: cuts.map((cut) =>
        share(
          'inside',
          coverAfter(coop.purchases, cut).filter(({ place }) => place !== 'never'),
        ),
      ),
    },
  }
}

function measureCdnow(folder: string): unknown {
  const text = readFileSync(join(folder, 'CDNOW_master.txt'), 'utf8')
  const dayOf = (date: string): number =>
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000
  const days = new Map<string, Set<number>>()
  for (const line of text.trim().split('\n')) {
    const [customer = '', date = ''] = line.trim().split(/\s+/)
    if (/^\d+$/.test(customer)) days.set(customer, (days.get(customer) ?? new Set<number>()).add(dayOf(date)))
  }
  const cut = dayOf('19970930')
  const customers = [...days.values()].flatMap((set) => {
    const all = [...set].sort((a, b) => a - b)
    const [first = cut + 1] = all
    const known = all.filter((day) => day <= cut)
    if (first > cut) return []
    const last = known.at(-1) ?? first
    const bought = all.some((day) => day > cut && day <= cut + 30)
    return [
      { record: { repeats: known.length - 1, lastAt: last - first, watched: cut - first }, known, bought },
    ]
  })
  const started = performance.now()
  const fit = fitBgNbd(compressRecords(customers.map(({ record }) => record)))
  const fitSeconds = (performance.now() - started) / 1000
  if (fit.kind !== 'fitted') throw new Error(fit.reason)
  const rebuy = fitRebuyModel(
    customers.map(({ known }) => {
      const logs = gapsOf(known).map(Math.log)
      return {
        gaps: logs.length,
        sumLog: logs.reduce((sum, log) => sum + log, 0),
        sumLogSquares: logs.reduce((sum, log) => sum + log * log, 0),
        openLog: Math.log(Math.max(0.5, cut - (known.at(-1) ?? cut))),
        customers: 1,
      }
    }),
  )
  const base = mean(customers.map(({ bought }) => (bought ? 1 : 0)))
  const score = (name: string, chanceOf: (customer: (typeof customers)[number]) => number): unknown => ({
    name,
    logLoss: round(mean(customers.map((one) => logLoss(chanceOf(one), one.bought))), 5),
    brier: round(mean(customers.map((one) => (chanceOf(one) - (one.bought ? 1 : 0)) ** 2)), 5),
    meanChance: round(mean(customers.map(chanceOf))),
  })
  return {
    customers: customers.length,
    bought: round(base),
    model: fit.model,
    logLikelihoodPerCustomer: round(fit.logLikelihood / customers.length, 7),
    fitSeconds: round(fitSeconds, 2),
    rows: [
      score('base rate', () => base),
      score('BG/NBD', ({ record }) => chanceToBuyWithin(record, 30, fit.model)),
      score('the refill model, one product', ({ known }) => {
        if (rebuy === null) return base
        const { mu, sigma, returns } = forecastRebuy(rebuy, gapsOf(known).map(Math.log))
        return chanceToRenew(cut - (known.at(-1) ?? cut), 30, mu, sigma, returns)
      }),
    ],
  }
}

const found: Record<string, unknown> = { load: loadavg().map((one) => round(one, 1)) }
if (values.coop === undefined && values.cdnow === undefined) {
  throw new Error('Nothing to measure: name a folder with --coop or --cdnow.')
}
if (values.coop !== undefined) {
  const coop = await readCoop(values.coop)
  found.validation = measureCoop(coop, 'validation', VALIDATION_CUTS)
  found.test = measureCoop(coop, 'test', TEST_CUTS)
}
if (values.cdnow !== undefined) found.cdnow = measureCdnow(values.cdnow)
if (values.json) console.log(JSON.stringify(found, null, 2))
else console.dir(found, { depth: 6 })

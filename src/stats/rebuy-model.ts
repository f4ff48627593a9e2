// When does a customer buy a product again, if at all? Three things differ and are told apart: customers (each has a
// mean of ln days of their own, normal around that of the product), intervals of one customer (lognormal around their
// mean), and who stops for good after a purchase (a chance that is beta-distributed over customers). The last interval
// of everybody is open: not yet, after so many days. Each of the three counts (docs/benchmarks.md, refills): on coop the
// log-loss falls from 0.036 to 0.029 by the open intervals, and to 0.019 by telling customers and quitters apart.
// Comes in: one record per customer and product. Goes out: five numbers of the product, and from them and a customer's
// own intervals a lognormal forecast with a share that returns, for renewal-interval.ts.
// Sources: expectation-maximisation (Dempster, Laird & Rubin 1977) for a random-effects model with censored values;
// stopping as in the beta-geometric model (Fader, Hardie & Lee 2005), its update by Minka 2000, "Estimating a Dirichlet
// distribution".

import { logNormalTail, normalHazard, tailTerm } from './special-functions.ts'

/** One customer's purchases of one product, or those of several alike. Logs are of days. */
export type RebuyRecord = {
  /** Intervals between purchases, a whole number ≥ 0; one less than purchases. */
  readonly gaps: number
  readonly sumLog: number
  readonly sumLogSquares: number
  /** ln of the days since the last purchase. */
  readonly openLog: number
  readonly customers: number
}

export type RebuyModel = {
  /** Mean over customers of their mean ln days. */
  readonly mu: number
  /** Standard deviation of ln days around a customer's own mean, and of these means around mu. */
  readonly sigmaWithin: number
  readonly sigmaBetween: number
  /** The chance to stop for good after a purchase ~ Beta(stops, goesOn). */
  readonly stops: number
  readonly goesOn: number
}

export type RebuyFit = RebuyModel & {
  /** Customers' worth of evidence on mu. */
  readonly evidence: number
}

/** What is expected before data: a model, and how many customers' worth of belief stand behind its spreads and shares. */
export type RebuyPrior = { readonly model: RebuyModel; readonly customers: number }

const ROUNDS_MAX = 200
const SETTLED = 1e-3
const SIGMA_MIN = 0.05
/** Purchases of one customer told apart when stopping is fitted; beyond, the chance to stop hardly moves. */
const PURCHASES_MAX = 40

/** A start for the first fit of a shop: a factor of 2.7 either way, one in three never returns. */
const vague: RebuyPrior = {
  model: { mu: 3.5, sigmaWithin: 1, sigmaBetween: 1, stops: 1, goesOn: 2 },
  customers: 1,
}

/**
 * The likeliest model given the records; spreads and shares are drawn towards the prior, mu is not (what to draw it
 * towards is a question of the category; see shrunkMu). `null` where nobody ever came back.
 */
export function fitRebuyModel(records: readonly RebuyRecord[], prior: RebuyPrior = vague): RebuyFit | null {
  const start = meanLogOfRepeaters(records)
  if (start === null) return null
  const known = knownStops(records, prior)
  let model: RebuyModel = { ...prior.model, mu: start }
  let evidence = 0
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const sums = expect(records, model)
    const next = improve(sums, prior, known, model)
    evidence = sums.customers
    const moved = Math.max(
      Math.abs(next.mu - model.mu),
      Math.abs(next.sigmaWithin - model.sigmaWithin),
      Math.abs(next.sigmaBetween - model.sigmaBetween),
      Math.abs(returnShare(next, 1) - returnShare(model, 1)),
    )
    model = next
    if (moved < SETTLED) break
  }
  return { ...model, evidence }
}

function meanLogOfRepeaters(records: readonly RebuyRecord[]): number | null {
  let sum = 0
  let repeaters = 0
  for (const { gaps, sumLog, customers } of records) {
    if (gaps === 0) continue
    sum += (customers * sumLog) / gaps
    repeaters += customers
  }
  return repeaters > 0 ? sum / repeaters : null
}

/** The chance that a customer returns after so many purchases ≥ 1. Rises with each. */
export function returnShare({ stops, goesOn }: RebuyModel, purchases: number): number {
  return (goesOn + purchases - 1) / (stops + goesOn + purchases - 1)
}

type Sums = Stops & {
  /** Customers whose mean matters (they came back, or will), their means, squares of them, and the spread within. */
  customers: number
  means: number
  meanSquares: number
  intervals: number
  within: number
}

function expect(records: readonly RebuyRecord[], model: RebuyModel): Sums {
  const within = model.sigmaWithin ** 2
  const between = model.sigmaBetween ** 2
  const sums: Sums = {
    customers: 0,
    means: 0,
    meanSquares: 0,
    intervals: 0,
    within: 0,
    wentOn: new Float64Array(PURCHASES_MAX + 1),
    stopped: new Float64Array(PURCHASES_MAX + 1),
  }
  for (const { gaps, sumLog, sumLogSquares, openLog, customers } of records) {
    // Before the open interval is looked at, the customer's mean is normal around `mean`.
    const variance = 1 / (1 / between + gaps / within)
    const mean = variance * (model.mu / between + sumLog / within)
    const spread = Math.sqrt(variance + within)
    const z = (openLog - mean) / spread
    const purchases = gaps + 1
    const returns = returnShare(model, purchases)
    const term = tailTerm(z)
    const waiting = returns * Math.exp(logNormalTail(z, term))
    const alive = waiting / (1 - returns + waiting)
    // Of those still there, the open interval will end beyond openLog: a truncated normal.
    const hazard = normalHazard(z, term)
    const off = spread * hazard
    const offSquare = spread * spread * (1 + hazard * z)
    const pull = variance / (variance + within)
    const restVariance = variance * (1 - pull)
    const meanIfAlive = mean + pull * off
    const squareIfAlive = mean * mean + 2 * mean * pull * off + pull * pull * offSquare + restVariance
    // Who never returned and never will has no mean of their own.
    const gone = gaps > 0 ? 1 - alive : 0
    sums.customers += customers * (alive + gone)
    sums.means += customers * (alive * meanIfAlive + gone * mean)
    sums.meanSquares += customers * (alive * squareIfAlive + gone * (mean * mean + variance))
    sums.intervals += customers * (gaps + alive)
    const around = (first: number, second: number): number =>
      sumLogSquares - 2 * first * sumLog + gaps * second
    sums.within +=
      customers *
      (alive * (around(meanIfAlive, squareIfAlive) + (1 - pull) ** 2 * offSquare + restVariance) +
        (1 - alive) * (gaps > 0 ? around(mean, mean * mean + variance) : 0))
    if (purchases <= PURCHASES_MAX) {
      sums.wentOn[purchases] = (sums.wentOn[purchases] ?? 0) + customers * alive
      sums.stopped[purchases] = (sums.stopped[purchases] ?? 0) + customers * (1 - alive)
    }
  }
  return sums
}

/** By purchases made: customers who went on to the next, and who stopped. */
type Stops = { readonly wentOn: Float64Array; readonly stopped: Float64Array }

/** What is known of stopping before any round: what the prior's customers would have done, and who did come back. */
function knownStops(records: readonly RebuyRecord[], { model, customers }: RebuyPrior): Stops {
  const wentOn = new Float64Array(PURCHASES_MAX + 1)
  const stopped = new Float64Array(PURCHASES_MAX + 1)
  let here = customers
  for (let made = 1; made <= PURCHASES_MAX; made++) {
    const share = returnShare(model, made)
    wentOn[made] = here * share
    stopped[made] = here * (1 - share)
    here *= share
  }
  for (const record of records) {
    for (let made = 1; made <= Math.min(record.gaps, PURCHASES_MAX); made++) {
      wentOn[made] = (wentOn[made] ?? 0) + record.customers
    }
  }
  return { wentOn, stopped }
}

function improve(sums: Sums, prior: RebuyPrior, known: Stops, model: RebuyModel): RebuyModel {
  const doubt = prior.customers
  const mu = sums.means / sums.customers
  const between = sums.meanSquares - 2 * mu * sums.means + sums.customers * mu * mu
  return {
    mu,
    sigmaWithin: spreadOf(sums.within + doubt * prior.model.sigmaWithin ** 2, sums.intervals + doubt),
    sigmaBetween: spreadOf(between + doubt * prior.model.sigmaBetween ** 2, sums.customers + doubt),
    ...improveStops(sums, known, model),
  }
}

function improveStops(
  sums: Stops,
  known: Stops,
  model: Pick<RebuyModel, 'stops' | 'goesOn'>,
): Pick<RebuyModel, 'stops' | 'goesOn'> {
  let { stops, goesOn } = model
  for (let step = 0; step < 5; step++) {
    let goesOnSum = 0
    let stopsNumber = 0
    let stopsSum = 0
    for (let made = 1; made <= PURCHASES_MAX; made++) {
      const wentOn = (sums.wentOn[made] ?? 0) + (known.wentOn[made] ?? 0)
      const stopped = (sums.stopped[made] ?? 0) + (known.stopped[made] ?? 0)
      goesOnSum += wentOn / (goesOn + made - 1)
      stopsNumber += stopped
      stopsSum += (wentOn + stopped) / (stops + goesOn + made - 1)
    }
    stops = stopsNumber / stopsSum
    goesOn = (goesOn * goesOnSum) / stopsSum
  }
  return { stops, goesOn }
}

function spreadOf(squares: number, count: number): number {
  return Math.max(SIGMA_MIN, Math.sqrt(Math.max(0, squares) / count))
}

/** A lognormal of the days from the last purchase to the next, and the share of such customers that returns at all. */
export type RebuyForecast = { readonly mu: number; readonly sigma: number; readonly returns: number }

/** Weight of a customer's interval against the one after it: habits drift. Chosen on coop before day 900. */
const MEMORY = 0.95
/** Intervals' worth of belief that a customer is as regular as others. Chosen with it; 6 to 30 do as well. */
const REGULARITY_DOUBT = 8

/** `ownLogs`: ln days of the customer's own intervals with the product, oldest first; none for a first purchase. */
export function forecastRebuy(model: RebuyModel, ownLogs: readonly number[]): RebuyForecast {
  let weight = 0
  let mean = 0
  let squares = 0
  for (const log of ownLogs) {
    // West 1979, with the earlier ones forgotten step by step.
    weight = weight * MEMORY + 1
    const off = log - mean
    mean += off / weight
    squares = squares * MEMORY + off * (log - mean)
  }
  const degrees = Math.max(0, weight - 1)
  const within = (REGULARITY_DOUBT * model.sigmaWithin ** 2 + squares) / (REGULARITY_DOUBT + degrees)
  const between = model.sigmaBetween ** 2
  const variance = 1 / (1 / between + weight / within)
  return {
    mu: variance * (model.mu / between + (weight * mean) / within),
    sigma: Math.sqrt(variance + within),
    returns: returnShare(model, ownLogs.length + 1),
  }
}

// How often will a customer buy, and is this one still there? Customers buy at their own rate, gamma-distributed over
// the shop, and may leave for good after each purchase, with a chance that is beta-distributed. Comes in: per customer
// the repeat purchases, the time of the last one and the time watched. Goes out: four numbers of the shop, and from
// them chances and expected purchases of any customer.
// Source: Fader, Hardie & Lee 2005, "Counting your customers" the easy way: an alternative to the Pareto/NBD model
// (Marketing Science 24). One unit of time throughout (days or weeks); the first purchase is time 0 and is not a repeat.

import { hypergeometric } from './hypergeometric.ts'
import { minimise } from './minimise.ts'
import { lnGamma } from './special-functions.ts'

export type PurchaseRecord = {
  /** Purchases after the first, a whole number ≥ 0. */
  readonly repeats: number
  /** From the first purchase to the last; 0 without repeats. */
  readonly lastAt: number
  /** From the first purchase to now, at least `lastAt`. */
  readonly watched: number
}

/** A record that so many customers share. */
export type CountedRecord = PurchaseRecord & { readonly customers: number }

/** Rates ~ Gamma(r, rate alpha); the chance to leave after a purchase ~ Beta(a, b). All above 0. */
export type BgNbd = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number }

export type BgNbdFit =
  | { readonly kind: 'fitted'; readonly model: BgNbd; readonly logLikelihood: number }
  | { readonly kind: 'not-computable'; readonly reason: string }

const REPEATERS_MIN = 20

/** Equal records as one: the likelihood is then summed over distinct records only. */
export function compressRecords(records: Iterable<PurchaseRecord>): CountedRecord[] {
  const counted = new Map<string, { repeats: number; lastAt: number; watched: number; customers: number }>()
  for (const { repeats, lastAt, watched } of records) {
    const key = `${repeats} ${lastAt} ${watched}`
    const known = counted.get(key)
    if (known === undefined) counted.set(key, { repeats, lastAt, watched, customers: 1 })
    else known.customers += 1
  }
  return [...counted.values()]
}

/** Maximum likelihood over the logarithms of the four numbers. Fewer than 20 repeat customers are not computable. */
export function fitBgNbd(records: readonly CountedRecord[]): BgNbdFit {
  let customers = 0
  let repeaters = 0
  let watched = 0
  for (const record of records) {
    customers += record.customers
    watched += record.customers * record.watched
    if (record.repeats > 0) repeaters += record.customers
  }
  if (repeaters < REPEATERS_MIN) {
    return { kind: 'not-computable', reason: `fewer than ${REPEATERS_MIN} customers bought again` }
  }
  // Time in units of the mean time watched, so that one start fits days and weeks alike.
  const unit = watched / customers
  const scaled = records.map((record) => ({
    ...record,
    lastAt: record.lastAt / unit,
    watched: record.watched / unit,
  }))
  const loss = (at: readonly number[]): number => -logLikelihood(scaled, readModel(at))
  let best = minimise(loss, [0, 0, 0, 1])
  // A simplex may fold up early: it starts again from where it stopped until that gains nothing.
  for (let round = 0; round < 10; round++) {
    const next = minimise(loss, best.at, { tolerance: 1e-13 })
    const gain = best.loss - next.loss
    if (gain >= 0) best = next
    if (gain < 1e-9 * Math.abs(best.loss)) break
  }
  const { r, alpha, a, b } = readModel(best.at)
  const model = { r, alpha: alpha * unit, a, b }
  return { kind: 'fitted', model, logLikelihood: logLikelihood(records, model) }
}

function readModel([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd {
  return { r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) }
}

export function logLikelihood(records: readonly CountedRecord[], model: BgNbd): number {
  const { r, alpha, a, b } = model
  const atStart = lnGamma(a + b) - lnGamma(b) - lnGamma(r) + r * Math.log(alpha)
  // Four of the logarithms know only the number of repeats, of which there are few: made once, half of the time is saved.
  const ofRepeats: number[] = []
  let sum = 0
  for (const { repeats, lastAt, watched, customers } of records) {
    let known = ofRepeats[repeats]
    if (known === undefined) {
      known = atStart + lnGamma(r + repeats) + lnGamma(b + repeats) - lnGamma(a + b + repeats)
      ofRepeats[repeats] = known
    }
    const stillThere = -(r + repeats) * Math.log(alpha + watched)
    if (repeats === 0) {
      sum += customers * (known + stillThere)
      continue
    }
    const gone = Math.log(a / (b + repeats - 1)) - (r + repeats) * Math.log(alpha + lastAt)
    const larger = Math.max(stillThere, gone)
    sum += customers * (known + larger + Math.log1p(Math.exp(-Math.abs(stillThere - gone))))
  }
  return sum
}

/** Chance in [0, 1] that the customer has not left. Who never came back had no moment to leave at: 1. */
export function chanceAlive({ repeats, lastAt, watched }: PurchaseRecord, { r, alpha, a, b }: BgNbd): number {
  if (repeats === 0) return 1
  const ratio = (alpha + watched) / (alpha + lastAt)
  return 1 / (1 + (a / (b + repeats - 1)) * ratio ** (r + repeats))
}

/** Chance in [0, 1] of at least one purchase within the next `horizon`. */
export function chanceToBuyWithin(record: PurchaseRecord, horizon: number, model: BgNbd): number {
  const { r, alpha } = model
  const shrink = Math.log1p(horizon / (alpha + record.watched))
  return chanceAlive(record, model) * -Math.expm1(-(r + record.repeats) * shrink)
}

/** Purchases expected within the next `horizon` of a customer with this record. */
export function expectedPurchases(record: PurchaseRecord, horizon: number, model: BgNbd): number {
  return expectedIfThere(record, horizon, model) * chanceAlive(record, model)
}

/** The same of one who is known to be still there; when they bought last makes no difference then. */
export function expectedIfThere(
  { repeats, watched }: Pick<PurchaseRecord, 'repeats' | 'watched'>,
  horizon: number,
  model: BgNbd,
): number {
  const known = { r: model.r + repeats, alpha: model.alpha + watched, a: model.a, b: model.b + repeats }
  return expectedWhileThere(known, horizon)
}

/** Purchases after the first expected of a new customer within `time`. */
export function expectedOfNewCustomer(time: number, model: BgNbd): number {
  return expectedWhileThere(model, time)
}

function expectedWhileThere({ r, alpha, a, b }: BgNbd, time: number): number {
  // At a = 1 and at a + b = 1 the formula is 0 / 0 though its limit exists: a step aside keeps some six digits.
  const aside = Math.min(Math.abs(a - 1), Math.abs(a + b - 1)) < 1e-6 ? a + 2e-6 : a
  const total = aside + b - 1
  const later = (alpha / (alpha + time)) ** r * hypergeometric(r, b, total, time / (alpha + time))
  return (total / (aside - 1)) * (1 - later)
}

/** Chance that a new customer makes exactly `purchases` ≥ 0 within `time` after the first. */
export function chanceOfPurchases(purchases: number, time: number, { r, alpha, a, b }: BgNbd): number {
  const lnBeta = (p: number, q: number): number => lnGamma(p) + lnGamma(q) - lnGamma(p + q)
  const lnStay = r * Math.log(alpha / (alpha + time))
  const lnShare = Math.log(time / (alpha + time))
  const exactly = (n: number): number =>
    Math.exp(lnGamma(r + n) - lnGamma(r) - lnGamma(n + 1) + lnStay + n * lnShare)
  const neverLeft = Math.exp(lnBeta(a, b + purchases) - lnBeta(a, b)) * exactly(purchases)
  if (purchases === 0) return neverLeft
  let fewer = 0
  for (let n = 0; n < purchases; n++) fewer += exactly(n)
  const leftAtLast = Math.exp(lnBeta(a + 1, b + purchases - 1) - lnBeta(a, b))
  return neverLeft + leftAtLast * (1 - fewer)
}

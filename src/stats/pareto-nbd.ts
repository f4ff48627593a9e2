// How often will a customer buy, and is this one still there, if they may leave at any time and not only after a
// purchase? Rates are gamma-distributed over the shop, and so are the rates of leaving. Comes in and goes out what does
// in bg-nbd.ts, which Aftercart uses, since it needs no series and follows CDNOW's first 39 weeks more closely; this is
// the model that it is held against.
// Source: Schmittlein, Morrison & Colombo 1987, "Counting your customers: who are they and what will they do next?";
// the likelihood as in Fader & Hardie 2005, "A note on deriving the Pareto/NBD model".

import type { CountedRecord, PurchaseRecord } from './bg-nbd.ts'
import { hypergeometric } from './hypergeometric.ts'
import { minimise } from './minimise.ts'
import { lnGamma } from './special-functions.ts'

/** Rates ~ Gamma(r, rate alpha); rates of leaving ~ Gamma(s, rate beta). All above 0, time in one unit. */
export type ParetoNbd = {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** From r, alpha, s, beta of about 1, 10, 1, 10 in the unit of the records: weeks fit. */
export function fitParetoNbd(records: readonly CountedRecord[]): {
  readonly model: ParetoNbd
  readonly logLikelihood: number
} {
  const readModel = ([r = 0, alpha = 0, s = 0, beta = 0]: readonly number[]): ParetoNbd => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    s: Math.exp(s),
    beta: Math.exp(beta),
  })
  const loss = (at: readonly number[]): number => -paretoLikelihood(records, readModel(at))
  let best = minimise(loss, [0, Math.log(10), 0, Math.log(10)])
  // As in bg-nbd.ts: a simplex that folded up starts again until that gains nothing.
  for (let round = 0; round < 10; round++) {
    const next = minimise(loss, best.at, { tolerance: 1e-12 })
    const gain = best.loss - next.loss
    if (gain >= 0) best = next
    if (gain < 1e-9 * Math.abs(best.loss)) break
  }
  return { model: readModel(best.at), logLikelihood: -best.loss }
}

export function paretoLikelihood(records: readonly CountedRecord[], model: ParetoNbd): number {
  let sum = 0
  for (const record of records) sum += record.customers * logChances(record, model).either
  return sum
}

/** Chance in [0, 1] that the customer has not left. */
export function paretoAlive(record: PurchaseRecord, model: ParetoNbd): number {
  const { there, either } = logChances(record, model)
  return Math.exp(there - either)
}

/** Purchases expected within the next `horizon` of a customer with this record; `s` may not be 1 to the last digit. */
export function paretoPurchases(record: PurchaseRecord, horizon: number, model: ParetoNbd): number {
  const { r, alpha, s, beta } = model
  const watched = beta + record.watched
  const rate = (r + record.repeats) / (alpha + record.watched)
  const time = (watched / (s - 1)) * -Math.expm1((s - 1) * Math.log(watched / (watched + horizon)))
  return rate * time * paretoAlive(record, model)
}

/** Logarithms of the chance of this record with the customer still there, and of the record at all. */
function logChances(
  { repeats, lastAt, watched }: PurchaseRecord,
  { r, alpha, s, beta }: ParetoNbd,
): { readonly there: number; readonly either: number } {
  const all = r + s + repeats
  const rates = lnGamma(r + repeats) - lnGamma(r) + r * Math.log(alpha) + s * Math.log(beta)
  const there = rates - (r + repeats) * Math.log(alpha + watched) - s * Math.log(beta + watched)
  const [larger, apart] = [Math.max(alpha, beta), Math.abs(alpha - beta)]
  const second = alpha >= beta ? s + 1 : r + repeats
  const logTerm = (time: number): number =>
    Math.log(hypergeometric(all, second, all + 1, apart / (larger + time))) - all * Math.log(larger + time)
  // The difference of two powers, taken out of the logarithm so that many purchases do not underflow.
  const [atLast, atEnd] = [logTerm(lastAt), logTerm(watched)]
  const between = atLast + Math.log(-Math.expm1(Math.min(0, atEnd - atLast)))
  const gone = rates + Math.log(s / all) + between
  const most = Math.max(there, gone)
  return { there, either: most + Math.log(Math.exp(there - most) + Math.exp(gone - most)) }
}

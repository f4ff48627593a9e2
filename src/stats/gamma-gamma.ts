// What will an order of this customer be worth? Orders of one customer scatter around a mean of their own, and these
// means are spread over the shop; who bought once is pulled towards the shop's mean, who bought often hardly. Comes in:
// per customer the number of repeat orders and their mean value. Goes out: three numbers of the shop, and from them the
// expected value of any customer's orders. Values above 0, of any one unit (major units, minor units, margin).
// What can go wrong: too few repeat customers, or means so far apart that the shop has no mean (q ≤ 1): outcomes. The
// model takes value and frequency as independent: check `valueFrequencyCorrelation`, which should be near 0.
// Source: Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"; Fader, Hardie & Lee 2005, "RFM and CLV".

import { minimise } from './minimise.ts'
import { lnGamma } from './special-functions.ts'

export type OrderValues = {
  /** Repeat orders, whole, ≥ 1 to tell something. */
  readonly repeats: number
  /** Of the repeat orders; customers with a mean of 0 or less are left out. */
  readonly meanValue: number
}

/** Orders ~ Gamma(p, rate ν) around each customer, ν ~ Gamma(q, rate v). All above 0, q above 1. */
export type GammaGamma = { readonly p: number; readonly q: number; readonly v: number }

export type GammaGammaFit =
  | { readonly kind: 'fitted'; readonly model: GammaGamma; readonly logLikelihood: number }
  | { readonly kind: 'not-computable'; readonly reason: string }

const REPEATERS_MIN = 20

export function fitGammaGamma(customers: readonly OrderValues[]): GammaGammaFit {
  const told = customers.filter(({ repeats, meanValue }) => repeats > 0 && meanValue > 0)
  if (told.length < REPEATERS_MIN) {
    return { kind: 'not-computable', reason: `fewer than ${REPEATERS_MIN} customers bought again` }
  }
  // Values in units of their mean, so that one start fits every currency.
  const unit = told.reduce((sum, { meanValue }) => sum + meanValue, 0) / told.length
  const scaled = told.map(({ repeats, meanValue }) => ({ repeats, meanValue: meanValue / unit }))
  const loss = (at: readonly number[]): number => -gammaGammaLikelihood(scaled, readModel(at))
  let best = minimise(loss, [1, 1, 0])
  // As in bg-nbd.ts: a simplex that folded up starts again until that gains nothing.
  for (let round = 0; round < 10; round++) {
    const next = minimise(loss, best.at, { tolerance: 1e-13 })
    const gain = best.loss - next.loss
    if (gain >= 0) best = next
    if (gain < 1e-9 * Math.abs(best.loss)) break
  }
  const { p, q, v } = readModel(best.at)
  if (!(q > 1)) return { kind: 'not-computable', reason: 'the values are spread too far to have a mean' }
  const model = { p, q, v: v * unit }
  return { kind: 'fitted', model, logLikelihood: gammaGammaLikelihood(told, model) }
}

function readModel([p = 0, q = 0, v = 0]: readonly number[]): GammaGamma {
  return { p: Math.exp(p), q: Math.exp(q), v: Math.exp(v) }
}

export function gammaGammaLikelihood(customers: readonly OrderValues[], { p, q, v }: GammaGamma): number {
  const atStart = q * Math.log(v) - lnGamma(q)
  // As in bg-nbd.ts: what knows only the number of repeats is made once for each number.
  const ofRepeats: number[] = []
  let sum = 0
  for (const { repeats, meanValue } of customers) {
    const shape = p * repeats
    let known = ofRepeats[repeats]
    if (known === undefined) {
      known = atStart + lnGamma(shape + q) - lnGamma(shape) + shape * Math.log(repeats)
      ofRepeats[repeats] = known
    }
    sum += known + (shape - 1) * Math.log(meanValue) - (shape + q) * Math.log(repeats * meanValue + v)
  }
  return sum
}

/** Mean value of the orders of a customer of whom nothing is known. */
export function usualOrderValue({ p, q, v }: GammaGamma): number {
  return (p * v) / (q - 1)
}

/** Mean value expected of this customer's next orders: between the shop's mean and their own. */
export function expectedOrderValue({ repeats, meanValue }: OrderValues, model: GammaGamma): number {
  const shape = model.p * Math.max(0, repeats)
  const own = shape / (shape + model.q - 1)
  return (1 - own) * usualOrderValue(model) + (own > 0 ? own * meanValue : 0)
}

/** Pearson's correlation of repeats and mean value among repeat customers; 0 where either has no spread. */
export function valueFrequencyCorrelation(customers: readonly OrderValues[]): number {
  const told = customers.filter(({ repeats, meanValue }) => repeats > 0 && meanValue > 0)
  const mean = (of: (one: OrderValues) => number): number =>
    told.reduce((sum, one) => sum + of(one), 0) / Math.max(1, told.length)
  const [x, y] = [mean(({ repeats }) => repeats), mean(({ meanValue }) => meanValue)]
  const together = mean(({ repeats, meanValue }) => (repeats - x) * (meanValue - y))
  const spread = mean(({ repeats }) => (repeats - x) ** 2) * mean(({ meanValue }) => (meanValue - y) ** 2)
  return spread > 0 ? together / Math.sqrt(spread) : 0
}

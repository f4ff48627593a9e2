// How often does this one customer buy this product? A Poisson rate drawn towards the rates of all who bought it again.
// Comes in: one customer's purchases; goes out: purchases per day, and from it a chance within so many days.
// Source: Bhagat et al. 2018, "Buy It Again: modeling repeat purchase recommendations" (KDD): PG and its modified form
// MPG, which lets the rate peak when the customer's own mean interval has passed.

import { digamma } from './special-functions.ts'

/** Rates of repeat customers ~ Gamma(shape, rate): mean shape / rate purchases a day. */
export type RatePrior = { readonly shape: number; readonly rate: number }

export type CustomerPurchases = {
  /** At least 1. */
  readonly purchases: number
  /** From the first purchase to the last, ≥ 0. */
  readonly daysBetween: number
  /** Since the last purchase, ≥ 0. */
  readonly daysSinceLast: number
}

/** PG: posterior mean of the rate, > 0; falls with every day without a purchase. */
export function purchaseRate(
  { purchases, daysBetween, daysSinceLast }: CustomerPurchases,
  prior: RatePrior,
): number {
  return (purchases + prior.shape) / (daysBetween + daysSinceLast + prior.rate)
}

/**
 * MPG: rises until the customer's mean interval m has passed, falls after it, and is PG from 2 m on. A customer with one
 * purchase has no interval of their own: PG.
 */
export function timedPurchaseRate(found: CustomerPurchases, prior: RatePrior): number {
  const { purchases, daysBetween, daysSinceLast } = found
  const meanInterval = purchases > 1 ? daysBetween / (purchases - 1) : 0
  if (daysSinceLast >= 2 * meanInterval) return purchaseRate(found, prior)
  const offBeat = Math.abs(meanInterval - daysSinceLast)
  return (purchases + prior.shape) / (daysBetween + 2 * offBeat + prior.rate)
}

/** Chance in [0, 1] of at least one purchase within `days` ≥ 0 at `rate` purchases a day. */
export function chanceOfPurchase(rate: number, days: number): number {
  return -Math.expm1(-rate * days)
}

/**
 * The prior from rates > 0 of repeat customers, by maximum likelihood; from their number and the sums of rates and of
 * ln rates. `null` below 20 customers or where all have one rate (the shape would be infinite).
 */
export function fitRatePrior(customers: number, sumRates: number, sumLogRates: number): RatePrior | null {
  if (customers < 20) return null
  return gammaOfMoments(sumRates / customers, sumLogRates / customers)
}

/** Solves ln a - ψ(a) = ln mean - mean of logs for the shape a; the left side falls from infinity to 0. */
export function gammaOfMoments(mean: number, meanLog: number): RatePrior | null {
  const gap = Math.log(mean) - meanLog
  if (!(gap > 1e-9)) return null
  // 1/(2a) < ln a - ψ(a) < 1/a (Alzer 1997) brackets the shape.
  let low = 0.5 / gap
  let high = 1 / gap
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2
    if (Math.log(middle) - digamma(middle) > gap) low = middle
    else high = middle
  }
  return { shape: high, rate: high / mean }
}

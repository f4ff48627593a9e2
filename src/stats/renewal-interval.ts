// How long until a product is bought again? A lognormal interval fitted to closed intervals (bought again after t days)
// and open ones (not yet after e days). Leaving the open ones out is the classic mistake: on CDNOW it predicts 24 % of
// customers to buy within 30 days where 8 % do. Maximises Σ ln f(t) + Σ ln S(e) by expectation-maximisation.

import { normalCdf, normalPdf } from './special-functions.ts'

/** `intervals` customers waited `days` > 0. */
export type CountedInterval = { readonly days: number; readonly intervals: number }

export type RenewalFit =
  | {
      readonly kind: 'fitted'
      /** Mean and standard deviation of ln days. */
      readonly mu: number
      readonly sigma: number
      readonly medianDays: number
      readonly negativeLogLikelihood: number
    }
  | { readonly kind: 'not-computable'; readonly reason: string }

const SIGMA_MIN = 0.05
const STEPS_MAX = 200

export function fitRenewalIntervals(
  closed: readonly CountedInterval[],
  open: readonly CountedInterval[],
): RenewalFit {
  const events = closed.reduce((sum, { intervals }) => sum + intervals, 0)
  if (events < 2) return { kind: 'not-computable', reason: 'fewer than two closed intervals' }
  if ([...closed, ...open].some(({ days }) => !(days > 0))) {
    return { kind: 'not-computable', reason: 'an interval of zero days' }
  }
  let mu = closed.reduce((sum, { days, intervals }) => sum + intervals * Math.log(days), 0) / events
  const spread = closed.reduce((sum, { days, intervals }) => sum + intervals * (Math.log(days) - mu) ** 2, 0)
  let sigma = Math.max(SIGMA_MIN, Math.sqrt(spread / events))
  // EM for censored normals: an open interval counts as its expected value and square beyond the censoring point.
  for (let step = 0; step < STEPS_MAX; step++) {
    let sum = 0
    let sumSquares = 0
    let total = 0
    for (const { days, intervals } of closed) {
      const y = Math.log(days)
      sum += intervals * y
      sumSquares += intervals * y * y
      total += intervals
    }
    for (const { days, intervals } of open) {
      const z = (Math.log(days) - mu) / sigma
      const hazard = normalHazard(z)
      sum += intervals * (mu + sigma * hazard)
      sumSquares += intervals * (mu * mu + sigma * sigma * (1 + z * hazard) + 2 * mu * sigma * hazard)
      total += intervals
    }
    const nextMu = sum / total
    const nextSigma = Math.max(SIGMA_MIN, Math.sqrt(Math.max(0, sumSquares / total - nextMu * nextMu)))
    const change = Math.abs(nextMu - mu) + Math.abs(nextSigma - sigma)
    mu = nextMu
    sigma = nextSigma
    if (change < 1e-9) break
  }
  return {
    kind: 'fitted',
    mu,
    sigma,
    medianDays: Math.exp(mu),
    negativeLogLikelihood: negativeLogLikelihood(closed, open, mu, sigma),
  }
}

/** φ(z) / (1 - Φ(z)), by its asymptote z where the tail is too thin to divide. */
function normalHazard(z: number): number {
  return z > 30 ? z : normalPdf(z) / normalCdf(-z)
}

function negativeLogLikelihood(
  closed: readonly CountedInterval[],
  open: readonly CountedInterval[],
  mu: number,
  sigma: number,
): number {
  let sum = 0
  for (const { days, intervals } of closed) {
    const z = (Math.log(days) - mu) / sigma
    sum += intervals * (0.5 * z * z + Math.log(sigma * days) + 0.5 * Math.log(2 * Math.PI))
  }
  for (const { days, intervals } of open) sum -= intervals * Math.log(renewalSurvival(days, mu, sigma))
  return sum
}

/** Share of those who will buy again that has not done so after `days`. In [0, 1]. */
export function renewalSurvival(days: number, mu: number, sigma: number): number {
  return days <= 0 ? 1 : normalCdf(-(Math.log(days) - mu) / sigma)
}

/** Chance to buy within the next `horizonDays`, given `elapsedDays` without. In [0, 1]. */
export function chanceToRenew(elapsedDays: number, horizonDays: number, mu: number, sigma: number): number {
  const still = renewalSurvival(elapsedDays, mu, sigma)
  return still > 0 ? 1 - renewalSurvival(elapsedDays + horizonDays, mu, sigma) / still : 1
}

// An interval of one rate that may be looked at after every trial and holds from the first one: for unsubscribes and
// complaints, which are too rare for confidence-sequence.ts. Comes in: how many of how many said yes. Goes out: all rates
// that what was seen does not rule out at any look. Nothing is known without trials: 0 to 1.
// Source: Howard, Ramdas, McAuliffe & Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences"
// (Annals of Statistics 49), the beta-binomial mixture; tuning as in their library confseq.

import { lnBeta } from './incomplete-beta.ts'
import type { Interval } from './wilson-interval.ts'

export type RateSequenceOptions = {
  /** Chance that the interval ever misses the rate, in (0, 1). */
  readonly alpha?: number
  /** Trials at which the interval is narrowest, above 0. */
  readonly tunedFor?: number
}

/** 0 ≤ `successes` ≤ `trials`, whole. Both ends in [0, 1]. */
export function rateSequence(
  successes: number,
  trials: number,
  { alpha = 0.05, tunedFor = 5000 }: RateSequenceOptions = {},
): Interval {
  if (trials <= 0) return { low: 0, high: 1 }
  const seen = successes / trials
  const kept = (rate: number): boolean =>
    lnEvidenceAgainst(rate, successes, trials, tunedFor) < -Math.log(alpha)
  return {
    low: successes === 0 ? 0 : edgeOf(kept, 0, seen),
    high: successes === trials ? 1 : edgeOf(kept, 1, seen),
  }
}

/** ln of how much likelier a mixture of rates around `rate` makes what was seen than `rate` itself. */
function lnEvidenceAgainst(rate: number, successes: number, trials: number, tunedFor: number): number {
  const failures = trials - successes
  const variance = rate * (1 - rate)
  // Tuned for alpha .05 whatever alpha is asked for, so that intervals of several levels lie within each other.
  const log = 2 * Math.log(20)
  const r = Math.max((tunedFor * variance) / (log + Math.log1p(log)) - variance, 1e-3 * variance)
  const [yes, no] = [r / (1 - rate), r / rate]
  return (
    lnBeta(yes + successes, no + failures) -
    lnBeta(yes, no) -
    successes * Math.log(rate) -
    failures * Math.log1p(-rate)
  )
}

/** Where `kept` ends between the rate that was seen, which it keeps, and `end`. */
function edgeOf(kept: (rate: number) => boolean, end: number, seen: number): number {
  let [outside, inside] = [end, seen]
  for (let step = 0; step < 60; step++) {
    const middle = (outside + inside) / 2
    if (kept(middle)) inside = middle
    else outside = middle
  }
  return inside
}

// A customer who spent much before spends much after: what the past foretells is noise in an experiment and can be taken
// out. Comes in: per arm the moments of the metric, of the same metric before the first exposure (90 days for a shop),
// and how the two move together. Goes out: both arms with the foreseen part removed, to be compared by the effect below.
// What can go wrong: a past without spread foretells nothing; theta is then 0 and nothing changes. The past must be from
// before the assignment, else the effect itself is removed.
// Source: Deng, Xu, Kohavi & Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
// pre-experiment data". Relative effects divide by the unadjusted mean, as in GrowthBook (packages/stats/gbstats).

import type { Effect, NotComparable } from './mean-difference.ts'
import type { SampleMoments } from './sample-moments.ts'

/** `before` and `after` are of the same units in the same order of time. */
export type ArmWithPast = {
  readonly after: SampleMoments
  readonly before: SampleMoments
  /** Between before and after, over the units of this arm, dividing by n - 1. */
  readonly covariance: number
}

export type CupedEffect = Effect & {
  readonly theta: number
  /** Variance of the effect against that without the past; 1 says that the past did not help. Around 1 - correlation². */
  readonly varianceRatio: number
}

/** From n, Σ before, Σ after and Σ before × after. Fewer than two units vary with nothing: 0. */
export function covarianceOfSums(
  units: number,
  sumBefore: number,
  sumAfter: number,
  sumOfProducts: number,
): number {
  return units < 2 ? 0 : (sumOfProducts - (sumBefore * sumAfter) / units) / (units - 1)
}

/** Spread around each arm's own mean, pooled: the effect itself does not leak into theta. */
export function cupedTheta(arms: readonly ArmWithPast[]): number {
  let together = 0
  let past = 0
  for (const { before, covariance } of arms) {
    together += covariance * (before.units - 1)
    past += before.variance * (before.units - 1)
  }
  return past > 0 ? together / past : 0
}

/** Moments of what is left of the metric once theta × the past is taken out. */
export function withoutForeseen({ after, before, covariance }: ArmWithPast, theta: number): SampleMoments {
  const variance = after.variance + theta * theta * before.variance - 2 * theta * covariance
  return { units: after.units, mean: after.mean - theta * before.mean, variance: Math.max(0, variance) }
}

export function estimateCupedEffect(
  control: ArmWithPast,
  treated: ArmWithPast,
  scale: 'absolute' | 'relative' = 'absolute',
): CupedEffect | NotComparable {
  const theta = cupedTheta([control, treated])
  const [ofControl, ofTreated] = [withoutForeseen(control, theta), withoutForeseen(treated, theta)]
  const [plainControl, plainTreated] = [control.after, treated.after]
  if (plainControl.units < 2 || plainTreated.units < 2) return refuse('an arm has fewer than two customers')
  if (scale === 'relative' && plainControl.mean === 0) return refuse('the mean of the control is 0')
  const share = scale === 'relative' ? Math.abs(plainControl.mean) : 1
  const stretch = scale === 'relative' ? plainTreated.mean / plainControl.mean : 1
  const varianceOf = (one: SampleMoments, other: SampleMoments): number =>
    (other.variance / other.units + (stretch * stretch * one.variance) / one.units) / (share * share)
  const variance = varianceOf(ofControl, ofTreated)
  if (!(variance > 0)) return refuse('the arms have no spread')
  return {
    effect: (ofTreated.mean - ofControl.mean) / share,
    standardError: Math.sqrt(variance),
    units: plainControl.units + plainTreated.units,
    theta,
    varianceRatio: variance / varianceOf(plainControl, plainTreated),
  }
}

function refuse(reason: string): NotComparable {
  return { kind: 'not-comparable', reason }
}

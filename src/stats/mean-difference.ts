// How far the mean of one arm lies from that of another, for one look at a time fixed before it began. For looks every
// day see confidence-sequence.ts. Comes in: the moments of both arms. Goes out: the effect, its standard error, and
// Welch's interval with its p-value. Units are customers, independent of each other.
// Source: Welch 1947; the relative effect by the delta method, as in GrowthBook's engine (packages/stats/gbstats).
// What can go wrong: an arm without spread or with fewer than two units, or a relative effect on a mean of 0; these are
// outcomes.

import { studentCritical, studentTwoSided } from './incomplete-beta.ts'
import type { SampleMoments } from './sample-moments.ts'

/** `absolute`: in the unit of the mean. `relative`: as a share of the size of the control's mean. */
export type EffectScale = 'absolute' | 'relative'

export type Effect = {
  readonly effect: number
  /** Above 0. */
  readonly standardError: number
  readonly units: number
}

export type Comparison = Effect & {
  readonly low: number
  readonly high: number
  readonly pValue: number
  readonly freedom: number
}

export type NotComparable = { readonly kind: 'not-comparable'; readonly reason: string }

/** The effect of `treated` against `control`, without a judgement on it. */
export function estimateEffect(
  control: SampleMoments,
  treated: SampleMoments,
  scale: EffectScale = 'absolute',
): Effect | NotComparable {
  if (control.units < 2 || treated.units < 2) return refuse('an arm has fewer than two customers')
  if (scale === 'relative' && control.mean === 0) return refuse('the mean of the control is 0')
  const share = scale === 'relative' ? Math.abs(control.mean) : 1
  const stretch = scale === 'relative' ? treated.mean / control.mean : 1
  const variance =
    (treated.variance / treated.units + (stretch * stretch * control.variance) / control.units) /
    (share * share)
  if (!(variance > 0)) return refuse('the arms have no spread')
  return {
    effect: (treated.mean - control.mean) / share,
    standardError: Math.sqrt(variance),
    units: control.units + treated.units,
  }
}

/** With the interval of level 1 - `alpha` and the two-sided p-value. */
export function compareMeans(
  control: SampleMoments,
  treated: SampleMoments,
  { scale = 'absolute', alpha = 0.05 }: { readonly scale?: EffectScale; readonly alpha?: number } = {},
): Comparison | NotComparable {
  const found = estimateEffect(control, treated, scale)
  if ('kind' in found) return found
  const ofControl = control.variance / control.units
  const ofTreated = treated.variance / treated.units
  const freedom =
    (ofControl + ofTreated) ** 2 /
    (ofControl ** 2 / (control.units - 1) + ofTreated ** 2 / (treated.units - 1))
  const half = studentCritical(alpha, freedom) * found.standardError
  return {
    ...found,
    low: found.effect - half,
    high: found.effect + half,
    pValue: studentTwoSided(found.effect / found.standardError, freedom),
    freedom,
  }
}

function refuse(reason: string): NotComparable {
  return { kind: 'not-comparable', reason }
}

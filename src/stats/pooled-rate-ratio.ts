// How much did rates move from before to after, over many small groups together? Comes in: per group how often something
// happened of how many times, before and after. Goes out: one ratio after ÷ before, and how far its logarithm may be
// off. Each group is held against itself, so that a change in which groups are shown moves nothing, and groups of a few
// events count for what they are. The sums can be added and taken away, which leaves one group out in no time. Where
// nothing happened before or after, nothing is known: `null`.
// Source: Mantel & Haenszel 1959, for rates as in Rothman & Boice 1979; the variance, which holds for many sparse groups
// too, from Greenland & Robins 1985, "Estimation of a common effect parameter from sparse follow-up data".

export type BeforeAfter = {
  readonly takenBefore: number
  readonly shownBefore: number
  readonly takenAfter: number
  readonly shownAfter: number
}

export type RatioSums = { readonly after: number; readonly before: number; readonly spread: number }

export const noSums: RatioSums = { after: 0, before: 0, spread: 0 }

export function ratioSums({ takenBefore, shownBefore, takenAfter, shownAfter }: BeforeAfter): RatioSums {
  const shown = shownBefore + shownAfter
  if (shownBefore <= 0 || shownAfter <= 0) return noSums
  return {
    after: (takenAfter * shownBefore) / shown,
    before: (takenBefore * shownAfter) / shown,
    spread: ((takenBefore + takenAfter) * shownBefore * shownAfter) / shown ** 2,
  }
}

export function addSums(one: RatioSums, other: RatioSums, times: 1 | -1 = 1): RatioSums {
  return {
    after: one.after + times * other.after,
    before: one.before + times * other.before,
    spread: one.spread + times * other.spread,
  }
}

export type PooledRatio = {
  readonly ratio: number
  /** Standard error of ln ratio. */
  readonly lnError: number
}

export function pooledRatio({ after, before, spread }: RatioSums): PooledRatio | null {
  // What is left of sums that were taken away again is not exactly 0.
  if (!(after > 1e-9 && before > 1e-9)) return null
  return { ratio: after / before, lnError: Math.sqrt(Math.max(0, spread) / (after * before)) }
}

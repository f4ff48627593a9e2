// The prior of shrunk-lift-mixture.ts from a shop's own pairs: the five numbers that make the pairs' counts most likely.
// Goes in: every mined pair's count and expected count, squashed to some thousand weighted points. Comes out a prior, or
// why there is none. Mining drops rare pairs, so the likelihood is truncated below `countMin`: each gamma's chances are
// divided by its chance of at least that count (DuMouchel & Pregibon 2001, the form of R's openEBGM).

import { minimise } from './minimise.ts'
import { type LiftPrior, logNegativeBinomial } from './shrunk-lift-mixture.ts'
import { lnGamma } from './special-functions.ts'

/** One entry per point, same length: count ≥ 0, expected > 0, and for how many pairs ≥ 0 the point stands. */
export type WeightedPairs = {
  readonly counts: Float64Array
  readonly expected: Float64Array
  readonly weights: Float64Array
}

export type LiftPriorFit =
  | { readonly kind: 'fitted'; readonly prior: LiftPrior; readonly negativeLogLikelihood: number }
  | { readonly kind: 'not-computable'; readonly reason: string }

const PAIRS_MIN = 1000
/** Shapes and rates beyond these say that the data hold no second kind; the search stays inside. */
const LOG_BOUND = Math.log(1e4)

/** Start values of openEBGM's vignette: first shape, first rate, second shape, second rate, share of the first. */
const STARTS = [
  [0.2, 0.1, 2, 4, 1 / 3],
  [0.1, 0.1, 10, 10, 0.2],
  [0.3, 0.5, 6, 6, 0.5],
] as const

/**
 * Pairs of equal count are sorted by what was expected and merged into at most `binsPerCount` points of about equal size,
 * each at the mean of its expected counts. Order of the input does not matter.
 */
export function squashPairs(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  binsPerCount = 100,
): WeightedPairs {
  const order = Uint32Array.from({ length: counts.length }, (_, i) => i).sort(
    (a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || (expected[a] ?? 0) - (expected[b] ?? 0),
  )
  const points: { readonly count: number; readonly expected: number; readonly weight: number }[] = []
  for (let from = 0; from < order.length; ) {
    const count = counts[order[from] ?? 0] ?? 0
    let to = from
    while (to < order.length && counts[order[to] ?? 0] === count) to += 1
    const bins = Math.min(binsPerCount, to - from)
    for (let bin = 0; bin < bins; bin++) {
      const start = from + Math.floor(((to - from) * bin) / bins)
      const end = from + Math.floor(((to - from) * (bin + 1)) / bins)
      let sum = 0
      for (let i = start; i < end; i++) sum += expected[order[i] ?? 0] ?? 0
      points.push({ count, expected: sum / (end - start), weight: end - start })
    }
    from = to
  }
  return {
    counts: Float64Array.from(points, (point) => point.count),
    expected: Float64Array.from(points, (point) => point.expected),
    weights: Float64Array.from(points, (point) => point.weight),
  }
}

/** -Σ weight · ln(chance of count), given that it is at least `countMin`; all counts must be. 0: nothing was dropped. */
export function liftPriorLoss(prior: LiftPrior, pairs: WeightedPairs, countMin: number): number {
  const { firstShape, firstRate, secondShape, secondRate, firstShare } = prior
  let loss = 0
  let count = Number.NaN
  let firstFront = 0
  let secondFront = 0
  for (let i = 0; i < pairs.counts.length; i++) {
    const now = pairs.counts[i] ?? 0
    if (now !== count) {
      // What depends on the count alone; squashed pairs come sorted by it.
      count = now
      firstFront = lnGamma(firstShape + count) - lnGamma(firstShape) - lnGamma(count + 1)
      secondFront = lnGamma(secondShape + count) - lnGamma(secondShape) - lnGamma(count + 1)
    }
    const expected = pairs.expected[i] ?? 0
    let first = chance(firstFront, count, expected, firstShape, firstRate)
    let second = chance(secondFront, count, expected, secondShape, secondRate)
    if (countMin > 0) {
      first /= chanceOfAtLeast(countMin, expected, firstShape, firstRate)
      second /= chanceOfAtLeast(countMin, expected, secondShape, secondRate)
    }
    loss -= (pairs.weights[i] ?? 0) * Math.log(firstShare * first + (1 - firstShare) * second)
  }
  return loss
}

function chance(front: number, count: number, expected: number, shape: number, rate: number): number {
  const spread = Math.log1p(expected / rate)
  return Math.exp(front - shape * spread + count * (Math.log(expected / rate) - spread))
}

/** The complement where it keeps its digits, else the tail itself, term by term. */
function chanceOfAtLeast(countMin: number, expected: number, shape: number, rate: number): number {
  if (countMin === 1) return -Math.expm1(-shape * Math.log1p(expected / rate))
  let below = 0
  for (let count = 0; count < countMin; count++) {
    below += Math.exp(logNegativeBinomial(count, expected, shape, rate))
  }
  if (below < 0.999) return 1 - below
  const odds = expected / (rate + expected)
  let term = Math.exp(logNegativeBinomial(countMin, expected, shape, rate))
  let tail = 0
  for (let count = countMin; term > 1e-16 * tail; count++) {
    tail += term
    term *= (odds * (shape + count)) / (count + 1)
  }
  return tail
}

/** Fewer than 1,000 pairs are not computable: five numbers would fit their noise. The first kind has the higher mean. */
export function fitLiftPrior(pairs: WeightedPairs, countMin: number): LiftPriorFit {
  let total = 0
  for (const weight of pairs.weights) total += weight
  if (total < PAIRS_MIN) return { kind: 'not-computable', reason: `fewer than ${PAIRS_MIN} pairs` }
  const loss = (at: readonly number[]): number =>
    at.slice(0, 4).some((value) => Math.abs(value) > LOG_BOUND)
      ? Number.POSITIVE_INFINITY
      : liftPriorLoss(priorAt(at), pairs, countMin)
  const lows = STARTS.map(([a1, b1, a2, b2, share]) =>
    minimise(loss, [Math.log(a1), Math.log(b1), Math.log(a2), Math.log(b2), Math.log(share / (1 - share))], {
      tolerance: 1e-6,
      evaluationsMax: 800,
    }),
  )
  let best = lows.reduce((lowest, low) => (low.loss < lowest.loss ? low : lowest))
  for (let restart = 0; restart < 6; restart++) {
    const again = minimise(loss, best.at, { step: 0.25, tolerance: 1e-11, evaluationsMax: 1500 })
    const gain = best.loss - again.loss
    best = again
    if (gain < 1e-9 * Math.abs(best.loss)) break
  }
  if (best.loss >= Number.MAX_VALUE)
    return { kind: 'not-computable', reason: 'no prior makes the counts possible' }
  return { kind: 'fitted', prior: higherFirst(priorAt(best.at)), negativeLogLikelihood: best.loss }
}

/** The search runs over logarithms and log odds, where every point is a prior. */
function priorAt([a1 = 0, b1 = 0, a2 = 0, b2 = 0, logOdds = 0]: readonly number[]): LiftPrior {
  return {
    firstShape: Math.exp(a1),
    firstRate: Math.exp(b1),
    secondShape: Math.exp(a2),
    secondRate: Math.exp(b2),
    firstShare: 1 / (1 + Math.exp(-logOdds)),
  }
}

function higherFirst(prior: LiftPrior): LiftPrior {
  if (prior.firstShape / prior.firstRate >= prior.secondShape / prior.secondRate) return prior
  return {
    firstShape: prior.secondShape,
    firstRate: prior.secondRate,
    secondShape: prior.firstShape,
    secondRate: prior.firstRate,
    firstShare: 1 - prior.firstShare,
  }
}

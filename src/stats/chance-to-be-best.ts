// How likely is each of several arms the one that earns most, given what was seen of them? Comes in: the beta
// distribution of each arm's rate, and what one acceptance of it earns. Goes out: the chances, summing to 1. What can go
// wrong: nothing within the stated ranges; arms known to a millionth beside one that is not known at all count as points.
// Source: ∫ density of one × distribution functions of all others, by quadrature: eight arms take some 30 µs, ten
// thousand draws of a beta each would take 15 ms. Chances are right to about 1e-6 (test against exact sums).

import type { BetaPrior } from './beta-prior.ts'
import { lnBeta, lowerBeta } from './incomplete-beta.ts'

/** A beta distribution of the rate, and what one acceptance earns: above 0, in any one unit. */
export type Contender = BetaPrior & { readonly worth: number }

const NODES_MIN = 96
const NODES_MAX = 1024
/** Nodes per standard deviation of the narrowest arm, on the log-odds scale. */
const NODES_PER_SPREAD = 2.5
/** Density below the peak, in powers of e, that counts as none. */
const NEGLIGIBLE = 20
const TINY = 1e-300

/** Values that a rate may earn, at even steps of their log-odds against the largest worth. */
type Grid = { readonly low: number; readonly step: number; readonly shares: Float64Array }

/** Along the grid: density and distribution function; `mass` of each node once nodes are weighted. */
type Curve = { readonly below: Float64Array; readonly mass: Float64Array }

/** Sums to 1; empty without contenders. */
export function chancesToBeBest(contenders: readonly Contender[]): Float64Array {
  const most = Math.max(...contenders.map(({ worth }) => worth))
  if (contenders.length < 2) return Float64Array.from(contenders, () => 1)
  const grid = gridOf(contenders, most)
  const curves = contenders.map((contender) => curveOf(contender, most / contender.worth, grid))
  const lnAll = new Float64Array(grid.shares.length)
  for (const { below } of curves) {
    for (let node = 0; node < lnAll.length; node++) {
      lnAll[node] = (lnAll[node] ?? 0) + Math.log(below[node] ?? 1)
    }
  }
  const together = lnAll.map(Math.exp)
  const chances = Float64Array.from(curves, ({ below, mass }) => {
    let sum = 0
    for (let node = 0; node < mass.length; node++) {
      const own = mass[node] ?? 0
      if (own > 0) sum += (own * (together[node] ?? 0)) / (below[node] ?? 1)
    }
    return sum
  })
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  return chances.map((chance) => chance / total)
}

function spreadOf({ a, b }: BetaPrior): number {
  return Math.sqrt((a + b) / (a * b))
}

/** From where the best of the low ends begins (below it nobody wins) to the highest high end. */
function gridOf(contenders: readonly Contender[], most: number): Grid {
  let [low, high, narrowest] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const contender of contenders) {
    const stretch = Math.log(contender.worth / most)
    // Log-odds of share × c from those of the share: t + ln c - ln(1 + e^t (1 - c)).
    const placed = (t: number): number => t + stretch - Math.log1p(Math.exp(t) * -Math.expm1(stretch))
    low = Math.max(low, placed(reachOf(contender, -1)))
    high = Math.max(high, placed(reachOf(contender, 1)))
    narrowest = Math.min(narrowest, spreadOf(contender))
  }
  const wanted = Math.ceil(((high - low) * NODES_PER_SPREAD) / narrowest)
  const cells = Math.min(NODES_MAX, Math.max(NODES_MIN, wanted))
  const step = (high - low) / cells
  const shares = Float64Array.from({ length: cells + 1 }, (_, node) => sigmoid(low + node * step))
  return { low, step, shares }
}

function sigmoid(t: number): number {
  return 1 / (1 + Math.exp(-t))
}

/** Log-odds at which the density has become negligible, to the left (-1) or the right (1) of its peak. */
function reachOf({ a, b }: BetaPrior, side: -1 | 1): number {
  const lnDensity = (t: number): number => -a * Math.log1p(Math.exp(-t)) - b * Math.log1p(Math.exp(t))
  const mode = Math.log(a / b)
  const least = lnDensity(mode) - NEGLIGIBLE
  let width = 5 * spreadOf({ a, b })
  while (lnDensity(mode + side * width) > least && width < 350) width *= 1.2
  return mode + side * Math.min(width, 350)
}

/** `stretch`: rate = share of the largest worth × stretch; above 1 the rate ends before the grid does. */
function curveOf(contender: Contender, stretch: number, grid: Grid): Curve {
  return spreadOf(contender) * 1.5 < grid.step
    ? pointCurve(contender, stretch, grid)
    : smoothCurve(contender, stretch, grid)
}

/** An arm far narrower than the grid's step: exact at the nodes, its mass between two goes to both. */
function pointCurve({ a, b }: BetaPrior, stretch: number, { shares }: Grid): Curve {
  const below = shares.map((share) => Math.max(TINY, lowerBeta(share * stretch, a, b)))
  const mass = new Float64Array(shares.length)
  for (let node = 1; node < shares.length; node++) {
    const between = (below[node] ?? 0) - (below[node - 1] ?? 0)
    mass[node - 1] = (mass[node - 1] ?? 0) + between / 2
    mass[node] = (mass[node] ?? 0) + between / 2
  }
  return { below, mass }
}

/** Trapezoids from the top down, each corrected by the slopes at its ends (Euler–Maclaurin): error of step⁴. */
function smoothCurve({ a, b }: BetaPrior, stretch: number, { step, shares }: Grid): Curve {
  const below = new Float64Array(shares.length).fill(1)
  const mass = new Float64Array(shares.length)
  let top = shares.length - 1
  while (top > 0 && (shares[top] ?? 0) * stretch >= 1) top -= 1
  const cut = top < shares.length - 1
  const front = -lnBeta(a, b)
  let above = cut ? 1 - lowerBeta((shares[top] ?? 0) * stretch, a, b) : 0
  let [density, slope] = [0, 0]
  for (let node = top; node >= 0; node--) {
    const share = shares[node] ?? 0
    const rate = Math.min(share * stretch, 1 - 1e-16)
    const here = Math.exp(front + a * Math.log(rate) + (b - 1) * Math.log1p(-rate)) * (1 - share)
    const bend = here * ((a - ((b - 1) * rate) / (1 - rate)) * (1 - share) - share)
    if (node < top) above += (step * (here + density)) / 2 + (step * step * (bend - slope)) / 12
    below[node] = Math.min(1, Math.max(TINY, 1 - above))
    // Where the rate's end cuts a cell, that cell's mass counts at its lower node, which then ends the row.
    mass[node] = node === top && cut ? (step * here) / 2 + above : step * here
    density = here
    slope = bend
  }
  return { below, mass }
}

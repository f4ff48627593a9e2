// What would customers really have been shown? Comes in: the truth, and the picks for orders that nobody has mined.
// Goes out: what the picks are, how many are harmful to any line of their order, out of season or not to be had, and of
// the orders that lacked a planted complement, how many got one.

import { DAY_MS } from '../domain/instant.ts'
import { FINDABLE, share } from './score-pairings.ts'
import { seasonalDemand } from './seasons.ts'
import type { HeldOutOrder, Truth } from './simulation.ts'
import { isHarmful, type KindOfPair, type PairKind, pairKinds } from './truth-index.ts'

/** Below this share of its peak a seasonal product is out of season. */
const OUT_OF_SEASON = 0.05

export type Decided = {
  readonly order: HeldOutOrder
  /** Answered by the product's own pairings, not by a lower step of the ladder. */
  readonly fromPairings: boolean
  readonly picks: readonly { readonly product: string; readonly anchor: string; readonly relation: string }[]
}

export type PickScore = {
  readonly orders: number
  readonly picks: number
  /** The best that a pick is to any line; harmful to one line is harmful. A refill counts as `refill` if it runs out. */
  readonly kinds: Readonly<Record<PairKind | 'refill', number>>
  readonly harmfulShare: number
  readonly rightShare: number
  /** The same of the picks that came from pairings: best sellers are nobody's complement. */
  readonly pairingPicks: number
  readonly pairingRightShare: number
  readonly outOfSeason: number
  readonly notOnSale: number
  /** Orders with a line whose findable complement was not in the order, and of these, the ones that were offered one. */
  readonly openOrders: number
  readonly servedShare: number
}

export function scorePicks(truth: Truth, kindOf: KindOfPair, decided: readonly Decided[]): PickScore {
  const kinds = Object.fromEntries([...pairKinds, 'refill'].map((kind) => [kind, 0])) as Record<
    PairKind | 'refill',
    number
  >
  const consumables = new Set(truth.refills.map(({ product }) => product))
  const seasonOf = new Map(truth.seasonal.map(({ product, season }) => [product, season]))
  const gone = new Set([...truth.discontinued, ...truth.soldOut])
  let [outOfSeason, notOnSale, openOrders, served, pairingPicks, pairingRight] = [0, 0, 0, 0, 0, 0]
  const openOf = openComplements(truth, gone)
  for (const { order, picks, fromPairings } of decided) {
    const day = (order.placedAtMs - truth.simulation.startAtMs) / DAY_MS
    for (const { product } of picks) {
      const kind = kindInOrder(order, product, consumables, kindOf)
      kinds[kind] += 1
      if (fromPairings) pairingPicks += 1
      if (fromPairings && isRight(kind)) pairingRight += 1
      const season = seasonOf.get(product) ?? null
      if (seasonalDemand(season, day, truth.simulation.startAtMs) < OUT_OF_SEASON) outOfSeason += 1
      if (gone.has(product)) notOnSale += 1
    }
    const open = openOf(order)
    if (open.size === 0) continue
    openOrders += 1
    if (picks.some(({ product }) => open.has(product))) served += 1
  }
  const picks = decided.reduce((sum, one) => sum + one.picks.length, 0)
  const harmful = pairKinds.filter(isHarmful).reduce((sum, kind) => sum + kinds[kind], 0)
  const right = kinds.complement + kinds['next-step'] + kinds.refill
  return {
    orders: decided.length,
    picks,
    kinds,
    harmfulShare: share(harmful, picks),
    rightShare: share(right, picks),
    pairingPicks,
    pairingRightShare: share(pairingRight, pairingPicks),
    outOfSeason,
    notOnSale,
    openOrders,
    servedShare: share(served, openOrders),
  }
}

function isRight(kind: PairKind | 'refill'): boolean {
  return kind === 'complement' || kind === 'next-step' || kind === 'refill'
}

const fromBest: readonly PairKind[] = ['complement', 'next-step', 'reversed', 'companion', 'nothing']

function kindInOrder(
  order: HeldOutOrder,
  product: string,
  consumables: ReadonlySet<string>,
  kindOf: KindOfPair,
): PairKind | 'refill' {
  if (order.lines.some((line) => line.product === product)) {
    return consumables.has(product) ? 'refill' : 'nothing'
  }
  const found = order.lines.map((line) => kindOf(line.product, product))
  return found.find(isHarmful) ?? fromBest.find((kind) => found.includes(kind)) ?? 'nothing'
}

function openComplements(
  truth: Truth,
  gone: ReadonlySet<string>,
): (order: HeldOutOrder) => ReadonlySet<string> {
  const usable = truth.complements.filter(
    ({ addOn, season, expectedOrders }) => season === null && expectedOrders >= FINDABLE && !gone.has(addOn),
  )
  const byAnchor = Map.groupBy(usable, ({ anchor }) => anchor)
  return ({ lines }) => {
    const held = new Set(lines.map(({ product }) => product))
    const open = lines.flatMap(({ product }) => (byAnchor.get(product) ?? []).map(({ addOn }) => addOn))
    return new Set(open.filter((addOn) => !held.has(addOn)))
  }
}

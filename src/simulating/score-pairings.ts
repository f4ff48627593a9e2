// How right are the pairings of a plan? Comes in: the truth and the live pairings. Goes out: precision and recall per
// relation, and how many live pairings are harmful.
//
// Precision = right / (right + wrong). Reversed pairs and companions count neither way, since they do belong together;
// `precisionStrict` counts them as wrong. Recall is over planted pairs that can be found and used: both products are
// still on sale, out of season is not asked for, and at least FINDABLE orders (customers, for next steps) are expected
// to show it: five are the least that a pairing needs, and of ten expected ones fewer than five come in 3 of 100 cases
// (Poisson). `recallRaw` is over everything that was planted.

import type { Truth } from './simulation.ts'
import { isHarmful, type KindOfPair, type PairKind, pairKinds } from './truth-index.ts'

export const FINDABLE = 10

export type LivePairing = {
  readonly anchor: string
  readonly addOn: string
  readonly relation: 'complete' | 'refill' | 'extend'
}

export type RelationScore = {
  readonly live: number
  readonly kinds: Readonly<Record<PairKind, number>>
  readonly precision: number
  readonly precisionStrict: number
  readonly findable: number
  readonly recall: number
  readonly planted: number
  readonly recallRaw: number
}

export type PairingScore = {
  readonly complete: RelationScore
  readonly extend: RelationScore
  /** Of all live complete and extend pairings. */
  readonly harmful: number
  readonly harmfulShare: number
}

type Planted = { readonly anchor: string; readonly addOn: string; readonly findable: boolean }

export function scorePairings(
  truth: Truth,
  kindOf: KindOfPair,
  pairings: readonly LivePairing[],
): PairingScore {
  const gone = new Set([...truth.discontinued, ...truth.soldOut])
  const onSale = ({ anchor, addOn }: { readonly anchor: string; readonly addOn: string }): boolean =>
    !gone.has(anchor) && !gone.has(addOn)
  const complements = truth.complements.map((planted) => ({
    ...planted,
    findable: planted.season === null && planted.expectedOrders >= FINDABLE && onSale(planted),
  }))
  const nextSteps = truth.nextSteps.map((planted) => ({
    ...planted,
    findable: planted.expectedCustomers >= FINDABLE && onSale(planted),
  }))
  const of = (relation: LivePairing['relation']): LivePairing[] =>
    pairings.filter((pairing) => pairing.relation === relation)
  const complete = scoreRelation(of('complete'), complements, 'complement', kindOf)
  const extend = scoreRelation(of('extend'), nextSteps, 'next-step', kindOf)
  const harmful = [complete, extend].reduce((sum, { kinds }) => sum + harmfulIn(kinds), 0)
  return { complete, extend, harmful, harmfulShare: share(harmful, complete.live + extend.live) }
}

function scoreRelation(
  live: readonly LivePairing[],
  planted: readonly Planted[],
  right: PairKind,
  kindOf: KindOfPair,
): RelationScore {
  const kinds = Object.fromEntries(pairKinds.map((kind) => [kind, 0])) as Record<PairKind, number>
  for (const { anchor, addOn } of live) kinds[kindOf(anchor, addOn)] += 1
  const found = new Set(live.map(({ anchor, addOn }) => `${anchor}>${addOn}`))
  const hits = planted.filter(({ anchor, addOn }) => found.has(`${anchor}>${addOn}`))
  const findable = planted.filter((one) => one.findable)
  const neither = kinds.reversed + kinds.companion
  return {
    live: live.length,
    kinds,
    precision: share(kinds[right], live.length - neither),
    precisionStrict: share(kinds[right], live.length),
    findable: findable.length,
    recall: share(hits.filter((one) => one.findable).length, findable.length),
    planted: planted.length,
    recallRaw: share(hits.length, planted.length),
  }
}

function harmfulIn(kinds: Readonly<Record<PairKind, number>>): number {
  return pairKinds.filter(isHarmful).reduce((sum, kind) => sum + kinds[kind], 0)
}

/** 0 of 0 is 0: a plan without pairings has no precision to be proud of. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

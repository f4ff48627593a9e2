// The always-on choice, as one decision sees it. Comes in: what may be offered, best first, and a number in [0, 1) that
// belongs to the order. Goes out: the same with the chosen one in front, and the chance that it had. Only candidates
// of the leader's line take part, and only those whose score is not far below: relevance leads, the choice refines.

import type { TriedArm } from '../domain/decision.ts'
import type { Placement } from '../domain/placement.ts'
import type { Candidate } from './candidate.ts'
import type { ArmChances } from './testing.ts'

/** More arms than the traffic of one product can tell apart are waste: 3 to 8 (docs/methods.md). */
export const ARMS_MAX = 5
/** A candidate that is wanted less than a third as often as the leader would cost more than it teaches. */
const SCORE_SHARE_MIN = 1 / 3

export type TriedArms = {
  readonly ranked: readonly Candidate[]
  /** Of the first of `ranked`, in (0, 1]. */
  readonly propensity: number
  /** What took part; absent where nothing else could have come. */
  readonly tried?: readonly TriedArm[]
}

export function tryArms(
  ranked: readonly Candidate[],
  placement: Placement,
  { chances, at }: { readonly chances: ArmChances; readonly at: number },
): TriedArms {
  const arms = armsOf(ranked)
  if (arms.length < 2) return { ranked, propensity: 1 }
  const shares = chances(placement, arms)
  let index = 0
  for (let upTo = shares[0] ?? 1; at >= upTo && index < arms.length - 1; upTo += shares[index] ?? 0)
    index += 1
  const chosen = arms[index]
  // Where rounding leaves the last arm without a chance, what was drawn is shown by the leader.
  const propensity = shares[index] ?? 0
  const tried = arms.map(({ product }, place) => ({ product: product.id, chance: shares[place] ?? 0 }))
  if (chosen === undefined || propensity <= 0) return { ranked, propensity: shares[0] ?? 1, tried }
  return { ranked: [chosen, ...ranked.filter((one) => one !== chosen)], propensity, tried }
}

function armsOf(ranked: readonly Candidate[]): readonly Candidate[] {
  const [leader] = ranked
  if (leader === undefined) return []
  return ranked
    .filter(
      ({ anchor, score, relation }) =>
        anchor.id === leader.anchor.id && relation !== 'refill' && score >= leader.score * SCORE_SHARE_MIN,
    )
    .slice(0, ARMS_MAX)
}

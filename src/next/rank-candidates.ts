// Joint scoring of an order with several lines: each line proposes add-ons, and one product may be proposed by several.
// The strongest single proposal speaks for a product; what this customer bought before corrects it and speaks for it
// independently (own-past.ts):
//   score = 1 - (1 - max over lines of p'(add-on | line)) × (1 - habit of the add-on).
// A follow-up is about what is new to the customer: there what customers take up for the first time lately stands in
// the place of the habit (taken-up.ts), joined by what buyers of this order's products do (joint-take-up.ts), and
// the customer's own pairs, which would only count against the new, are left out. On Online Retail II (leave one
// out) the strongest single confidence beats sums and noisy-or over the lines, which reward what goes with
// everything; docs/benchmarks.md has the figures.

import type { Placement } from '../domain/placement.ts'
import type { Candidate } from './candidate.ts'
import type { JointTakeUp } from './joint-take-up.ts'
import type { OwnPast } from './own-past.ts'

/** One candidate per product, best first; the order is total, so equal inputs give equal answers. */
export function rankCandidates(
  candidates: readonly Candidate[],
  past: OwnPast<string>,
  joint: JointTakeUp<string>,
  placement: Placement,
): readonly Candidate[] {
  const best = new Map<string, { candidate: Candidate; support: number }>()
  for (const proposed of candidates) {
    const candidate = placement === 'follow-up' ? proposed : withOwnPairs(proposed, past)
    const known = best.get(candidate.product.id)
    const stronger =
      known === undefined || candidate.score > known.candidate.score ? candidate : known.candidate
    best.set(candidate.product.id, { candidate: stronger, support: (known?.support ?? 0) + candidate.score })
  }
  return [...best.values()]
    .map(({ candidate, support }) => ({ candidate: withOther(candidate, past, joint, placement), support }))
    .sort(
      (one, other) =>
        other.candidate.score - one.candidate.score ||
        other.support - one.support ||
        other.candidate.product.orders - one.candidate.product.orders ||
        (one.candidate.product.id < other.candidate.product.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate)
}

/** Only `complete` is about what stands in one order; the scores of the other relations are about coming back. */
function withOwnPairs(candidate: Candidate, past: OwnPast<string>): Candidate {
  if (candidate.relation !== 'complete') return candidate
  const score = past.chanceWith(candidate.anchor.id, candidate.product.id, candidate.score)
  return score === candidate.score ? candidate : { ...candidate, score }
}

/** A follow-up brings what the customer never had, or a refill; any other offer may be a habit of theirs. */
function withOther(
  candidate: Candidate,
  past: OwnPast<string>,
  joint: JointTakeUp<string>,
  placement: Placement,
): Candidate {
  const { product, relation } = candidate
  const isNew = placement === 'follow-up' && relation !== 'refill'
  const other = isNew ? joinReasons(product.takenUp, joint.chance(product.id)) : past.habit(product.id)
  return other > 0 ? { ...candidate, score: joinReasons(candidate.score, other) } : candidate
}

/** Two independent reasons to buy, both chances in [0, 1]. */
export function joinReasons(chance: number, other: number): number {
  return 1 - (1 - chance) * (1 - other)
}

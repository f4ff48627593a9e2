// What travels through the four rules: a candidate is one add-on proposed by one order line. Each rule returns what
// it kept and, for the rest, which rule dropped it and why. Nothing is lost on the way: kept + dropped = all.

import type { DroppedCandidate, DropRule } from '../domain/decision.ts'
import type { Evidence, OfferedRelation, Window } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'

export type Candidate = {
  readonly product: PlanProduct
  /** The order line that proposes it. */
  readonly anchor: PlanProduct
  readonly relation: OfferedRelation
  readonly need: string
  readonly reason: string
  readonly evidence: Evidence | null
  /** Chance in [0, 1] of being wanted, for ranking within one step of the ladder. */
  readonly score: number
  readonly windows: readonly Window[]
  /** True when customers demonstrably take several forms of the anchor together. */
  readonly set: boolean
}

export type Sifted = { readonly kept: readonly Candidate[]; readonly dropped: readonly DroppedCandidate[] }

/** Splits candidates by a rule that answers `null` to keep one, or why it is dropped. */
export function sift(
  candidates: readonly Candidate[],
  rule: (candidate: Candidate) => { readonly rule: DropRule; readonly detail: string } | null,
): Sifted {
  const kept: Candidate[] = []
  const dropped: DroppedCandidate[] = []
  for (const candidate of candidates) {
    const refusal = rule(candidate)
    if (refusal === null) kept.push(candidate)
    else dropped.push({ product: candidate.product.id, anchor: candidate.anchor.id, ...refusal })
  }
  return { kept, dropped }
}

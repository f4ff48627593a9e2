// Joint scoring of an order with several lines: each line proposes add-ons, and one product may be proposed by several.
// The strongest single proposal decides, ties go to the product with more proposals. On Online Retail II (leave one
// out) the strongest single confidence beats sums and noisy-or, which reward what goes with everything.

import type { Candidate } from './candidate.ts'

/** One candidate per product, best first; the order is total, so equal inputs give equal answers. */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const best = new Map<string, { candidate: Candidate; support: number }>()
  for (const candidate of candidates) {
    const known = best.get(candidate.product.id)
    const stronger =
      known === undefined || candidate.score > known.candidate.score ? candidate : known.candidate
    best.set(candidate.product.id, { candidate: stronger, support: (known?.support ?? 0) + candidate.score })
  }
  return [...best.values()]
    .sort(
      (one, other) =>
        other.candidate.score - one.candidate.score ||
        other.support - one.support ||
        other.candidate.product.orders - one.candidate.product.orders ||
        (one.candidate.product.id < other.candidate.product.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate)
}

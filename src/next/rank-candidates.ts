// Joint scoring of an order with several lines: each line proposes add-ons, and one product may be proposed by several.
// The strongest single proposal speaks for a product; what this customer bought before speaks for it independently:
//   score = 1 - (1 - max over lines of p(add-on | line)) × (1 - own preference).
// On Online Retail II (leave one out) the strongest single confidence beats sums and noisy-or over the lines, which
// reward what goes with everything; docs/benchmarks.md has the figures.

import type { Candidate } from './candidate.ts'

/** One candidate per product, best first; the order is total, so equal inputs give equal answers. */
export function rankCandidates(
  candidates: readonly Candidate[],
  own: ReadonlyMap<string, number>,
): readonly Candidate[] {
  const best = new Map<string, { candidate: Candidate; support: number }>()
  for (const candidate of candidates) {
    const known = best.get(candidate.product.id)
    const stronger =
      known === undefined || candidate.score > known.candidate.score ? candidate : known.candidate
    best.set(candidate.product.id, { candidate: stronger, support: (known?.support ?? 0) + candidate.score })
  }
  return [...best.values()]
    .map(({ candidate, support }) => ({ candidate: withOwnPreference(candidate, own), support }))
    .sort(
      (one, other) =>
        other.candidate.score - one.candidate.score ||
        other.support - one.support ||
        other.candidate.product.orders - one.candidate.product.orders ||
        (one.candidate.product.id < other.candidate.product.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate)
}

function withOwnPreference(candidate: Candidate, own: ReadonlyMap<string, number>): Candidate {
  const preference = own.get(candidate.product.id) ?? 0
  return preference === 0 ? candidate : { ...candidate, score: 1 - (1 - candidate.score) * (1 - preference) }
}

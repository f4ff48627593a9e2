// X of NEXT, exclude the wall of choice: one pick on the thank-you page, at most two in the confirmation e-mail and in
// a follow-up, never two forms of the same product or two products of which one replaces the other.
// The limit stands in the type `Picks`: there is no value with three.

import type { DroppedCandidate } from '../domain/decision.ts'
import { firstPicks, type Picks, type Placement } from '../domain/placement.ts'
import type { Candidate } from './candidate.ts'

export const pickLimit: Readonly<Record<Placement, 1 | 2>> = {
  'thank-you': 1,
  'confirmation-email': 2,
  'follow-up': 2,
}

/** Takes candidates best first, one per product; `exclusive` says whether two products may not stand together. */
export function excludeChoice(
  ranked: readonly Candidate[],
  placement: Placement,
  exclusive: (one: string, other: string) => boolean,
): { readonly picks: Picks<Candidate>; readonly dropped: readonly DroppedCandidate[] } {
  const limit = pickLimit[placement]
  const chosen: Candidate[] = []
  const dropped: DroppedCandidate[] = []
  for (const candidate of ranked) {
    const { product, anchor } = candidate
    const rival = chosen.find(
      (pick) =>
        (product.variantGroup !== null && pick.product.variantGroup === product.variantGroup) ||
        exclusive(pick.product.id, product.id),
    )
    if (chosen.length === limit) {
      const detail = `${limit === 1 ? 'one pick is' : 'two picks are'} the limit here, and others scored higher`
      dropped.push({ product: product.id, anchor: anchor.id, rule: 'outranked', detail })
    } else if (rival !== undefined) {
      const detail = `it is another form of, or a replacement for, the pick ${rival.product.id}`
      dropped.push({ product: product.id, anchor: anchor.id, rule: 'variant-of-pick', detail })
    } else {
      chosen.push(candidate)
    }
  }
  return { picks: firstPicks(chosen, limit), dropped }
}

// X of NEXT, exclude the wall of choice: one pick on the thank-you page, at most two in the confirmation e-mail and in
// a follow-up, never two forms of the same product, two products of which one replaces the other, or two that the owner
// never wants together.
// The limit stands in the type `Picks`: there is no value with three.

import type { DroppedCandidate } from '../domain/decision.ts'
import { firstPicks, type Picks, type Placement } from '../domain/placement.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { Candidate } from './candidate.ts'
import type { Apart } from './stand-apart.ts'

export const pickLimit: Readonly<Record<Placement, 1 | 2>> = {
  'thank-you': 1,
  'confirmation-email': 2,
  'follow-up': 2,
}

/** Takes candidates best first, one per product; `apart` says why two products may not stand together, `null` if they may. */
export function excludeChoice(
  ranked: readonly Candidate[],
  placement: Placement,
  apart: (pick: PlanProduct, product: PlanProduct) => Apart | null,
): { readonly picks: Picks<Candidate>; readonly dropped: readonly DroppedCandidate[] } {
  const limit = pickLimit[placement]
  const chosen: Candidate[] = []
  const dropped: DroppedCandidate[] = []
  for (const candidate of ranked) {
    const { product, anchor } = candidate
    const against = chosen.flatMap((pick) => apart(pick.product, product) ?? [])[0]
    if (chosen.length === limit) {
      const detail = `${limit === 1 ? 'one pick is' : 'two picks are'} the limit here, and others scored higher`
      dropped.push({ product: product.id, anchor: anchor.id, rule: 'outranked', detail })
    } else if (against !== undefined) {
      dropped.push({ product: product.id, anchor: anchor.id, ...against })
    } else {
      chosen.push(candidate)
    }
  }
  return { picks: firstPicks(chosen, limit), dropped }
}

// A pairing that would stand, and that shoppers take no more (attach-rate-fallen.ts). Comes in: the pairing, the products, and
// who knows of falls. Goes out: the pairing as it is, or refused with the reason: it stays in the plan as such, so that the
// owner sees why it is not offered and can approve it, and no lower step of the ladder brings it back.

import type { Pairing } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'

/** Why an add-on is taken no more with an anchor; `null` where it is, or nobody asked. */
export type WhyFallen = (anchor: string, addOn: string) => string | null

export function unlessTakenLess(
  pairing: Pairing,
  products: ReadonlyMap<string, Pick<PlanProduct, 'season'>>,
  whyFallen: WhyFallen | undefined,
): Pairing {
  const { anchor, addOn, verdict } = pairing
  // What ran out is wanted or not, whatever its last offers came to; what has a season is left to the season.
  if (whyFallen === undefined || verdict.status !== 'live' || verdict.relation === 'refill') return pairing
  if ([anchor, addOn].some((id) => products.get(id)?.season !== undefined)) return pairing
  const because = whyFallen(anchor, addOn)
  if (because === null) return pairing
  const refused = { status: 'refused', relation: 'taken-less', because, decidedBy: 'showings' } as const
  return { ...pairing, verdict: refused, need: '', windows: [] }
}

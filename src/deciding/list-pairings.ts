// The plan as people read it: anchors with how many pairings they have, and pairings with their evidence. The CLI, the
// API and the owner's page all show these rows.

import type { Pairing } from '../domain/pairing.ts'
import type { Plan } from '../domain/plan.ts'
import { readableTitle } from '../domain/product.ts'

/** One row of `aftercart pairings --json` and of `GET /v1/pairings`. */
export type PairingRow = {
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOn: string
  readonly addOnTitle: string
  readonly relation: string
  readonly need: string
  readonly orders: number
  readonly ordersTogether: number
  readonly expected: number
  readonly lift: number
  readonly confidence: number
  readonly confidenceLow: number
  readonly priceRatio: number | null
  readonly windows: Pairing['windows'][number][]
  readonly status: 'live' | 'refused'
  readonly because: string
  readonly source: 'mined' | 'curated'
  readonly score: number
}

export type AnchorRow = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number | null
  readonly currency: string
  readonly orders: number
  readonly pairings: number
  readonly refused: number
}

/** Of one anchor in the plan's order, or the best of all anchors by score; live ones first. At most `limit`. */
export function listPairings(
  plan: Plan,
  { anchor, limit }: { readonly anchor?: string | undefined; readonly limit: number },
): PairingRow[] {
  const of =
    anchor === undefined
      ? [...plan.pairings.values()]
          .flat()
          .sort((one, other) => rank(one) - rank(other) || other.score - one.score)
      : (plan.pairings.get(anchor) ?? [])
  return of.slice(0, limit).map((pairing) => toRow(pairing, plan))
}

const rank = (pairing: Pairing): number => (pairing.verdict.status === 'live' ? 0 : 1)

function toRow(pairing: Pairing, plan: Plan): PairingRow {
  const { anchor, addOn, verdict, evidence } = pairing
  const title = (id: string): string => readableTitle(plan.products.get(id)?.title ?? id)
  return {
    anchor,
    anchorTitle: title(anchor),
    addOn,
    addOnTitle: title(addOn),
    relation: verdict.relation,
    need: pairing.need,
    orders: evidence.orders,
    ordersTogether: evidence.ordersTogether,
    expected: evidence.expected,
    lift: evidence.lift,
    confidence: evidence.confidence,
    confidenceLow: evidence.confidenceLow,
    priceRatio: pairing.priceRatio,
    windows: [...pairing.windows],
    status: verdict.status,
    because: verdict.because,
    source: pairing.source,
    score: pairing.score,
  }
}

/** Anchors whose title or id holds every word of the search, most sold first. */
export function listAnchors(plan: Plan, search: string): AnchorRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const rows: AnchorRow[] = []
  for (const [id, pairings] of plan.pairings) {
    const product = plan.products.get(id)
    if (product === undefined) continue
    const text = `${product.title} ${id} ${product.category ?? ''}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    const live = pairings.filter((pairing) => pairing.verdict.status === 'live').length
    rows.push({
      id,
      title: readableTitle(product.title),
      category: product.category,
      priceMinor: product.priceMinor,
      currency: product.currency,
      orders: product.orders,
      pairings: live,
      refused: pairings.length - live,
    })
  }
  return rows.sort((one, other) => other.orders - one.orders || (one.id < other.id ? -1 : 1))
}

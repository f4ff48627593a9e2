// The plan as people read it: anchors with how many pairings they have, and pairings with their evidence. The CLI, the
// API and the owner's page all show these rows.

import type { DecidedBy, Pairing } from '../domain/pairing.ts'
import { pairingId } from '../domain/pairing-id.ts'
import { offSaleWords, readableTitle } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import { ownersCeilings } from '../next/heed-words.ts'
import { whyOutOfSeason } from '../next/in-season.ts'
import { isPaused, wordsOn } from '../next/owner-guide.ts'
import { predictRunOut, type RunOut } from '../next/predict-run-out.ts'
import { openPriceFit, type PriceFit } from '../next/price-fit.ts'
import { type StepUp, stepUpOf } from '../next/step-up.ts'

/** `approved` and `pinned` are live by the owner's word, `live` by the plan's. */
export const pairingStatuses = ['live', 'approved', 'pinned', 'paused', 'vetoed', 'refused'] as const
export type PairingStatus = (typeof pairingStatuses)[number]

export type LaterOrders = {
  readonly customers: number
  readonly expected: number
  readonly otherWay: number
  /** Quartiles of the days between the two first purchases; `null` where they were not counted. */
  readonly days: { readonly low: number; readonly median: number; readonly high: number } | null
}

/** One row of `aftercart pairings --json` and of `GET /v1/pairings`. */
export type PairingRow = {
  /** Stable from plan to plan, and safe in an address. */
  readonly id: string
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOn: string
  readonly addOnTitle: string
  readonly relation: string
  readonly need: string
  readonly orders: number
  readonly ordersTogether: number
  /** Of these, very large ones of no known customer: counted, and no evidence; `expected` and `lift` leave them out. */
  readonly ordersBulk: number
  /** And those of eight days in which the two met far more often than else; `lift` leaves them out. */
  readonly ordersCampaign: number
  readonly expected: number
  readonly lift: number
  readonly confidence: number
  readonly confidenceLow: number
  /** Of what comes in a later order: customers who came for it, by chance, the other way round, after how many days. */
  readonly later: LaterOrders | null
  /** Of a refill: when one unit runs out, for 8 in 10 of those who come back, and the chance that somebody does. */
  readonly runOut: Pick<RunOut, 'day' | 'dayLow' | 'dayHigh' | 'chance'> | null
  readonly priceRatio: number | null
  /** From which order on the price ceiling lets it pass, in minor units of the anchor's currency. */
  readonly priceFit: PriceFit & { readonly currency: string }
  readonly windows: Pairing['windows'][number][]
  readonly status: PairingStatus
  /** Why no order gets it at the moment although it stands: it cannot be had, or is out of season; `null` for all others. */
  readonly notNow: string | null
  /** When a pause ends by itself. */
  readonly until: string | null
  readonly because: string
  readonly decidedBy: DecidedBy
  /** What kind of upsell it is kept aside as, with the moment in `windows`; `null` for all others. */
  readonly stepUp: StepUp | null
  readonly source: Pairing['source']
  /** Who wrote the need sentence. */
  readonly needBy: 'owner' | 'plan'
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

/** With what eyes the plan is looked at. */
export type Viewer = { readonly settings: Settings; readonly nowMs: number }

/** Of one anchor, or the best of all anchors by score; pinned and live ones first. At most `limit`. */
export function listPairings(
  plan: GuidedPlan,
  { anchor, limit }: { readonly anchor?: string | undefined; readonly limit: number },
  viewer: Viewer,
): PairingRow[] {
  const { nowMs } = viewer
  const of = anchor === undefined ? [...plan.pairings.values()].flat() : (plan.pairings.get(anchor) ?? [])
  const place = new Map(of.map((pairing) => [pairing, placeOf(statusOf(pairing, plan, nowMs))]))
  // The order of one anchor's list is kept among equals: the sort is stable.
  const byScore = (one: Pairing, other: Pairing) => (anchor === undefined ? other.score - one.score : 0)
  return of
    .toSorted((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0) || byScore(one, other))
    .slice(0, limit)
    .map(openRows(plan, viewer))
}

export function findPairing(
  plan: GuidedPlan,
  { anchor, addOn }: Pick<Pairing, 'anchor' | 'addOn'>,
  viewer: Viewer,
): PairingRow | null {
  const found = plan.pairings.get(anchor)?.find((pairing) => pairing.addOn === addOn)
  return found === undefined ? null : openRows(plan, viewer)(found)
}

/** Live by plan and by the owner's approval stand together, in the order of their scores. */
function placeOf(status: PairingStatus): number {
  if (status === 'pinned') return 0
  return status === 'approved' ? 1 : 1 + pairingStatuses.indexOf(status)
}

function statusOf({ anchor, addOn, verdict }: Pairing, { guide }: GuidedPlan, nowMs: number): PairingStatus {
  const words = wordsOn(guide, anchor, addOn)
  if (words.standing === 'vetoed') return 'vetoed'
  if (isPaused(words, nowMs)) return 'paused'
  return words.standing ?? verdict.status
}

function openRows(plan: GuidedPlan, { settings, nowMs }: Viewer): (pairing: Pairing) => PairingRow {
  const priceFit = openPriceFit(ownersCeilings(settings, { guide: plan.guide, nowMs }))
  return (pairing) => {
    const anchor = plan.products.get(pairing.anchor)
    const addOn = plan.products.get(pairing.addOn)
    const fit: PriceFit =
      anchor === undefined || addOn === undefined
        ? { fits: 'no-order', fromMinor: null }
        : priceFit(anchor, addOn, pairing.verdict.relation)
    return toRow(pairing, { ...fit, currency: anchor?.currency ?? '' }, plan, { settings, nowMs })
  }
}

function toRow(
  pairing: Pairing,
  priceFit: PairingRow['priceFit'],
  plan: GuidedPlan,
  { settings, nowMs }: Viewer,
): PairingRow {
  const { anchor, addOn, verdict, evidence } = pairing
  const words = wordsOn(plan.guide, anchor, addOn)
  const status = statusOf(pairing, plan, nowMs)
  const title = (id: string): string => readableTitle(plan.products.get(id)?.title ?? id)
  return {
    id: pairingId(anchor, addOn),
    anchor,
    anchorTitle: title(anchor),
    addOn,
    addOnTitle: title(addOn),
    relation: verdict.relation,
    need: pairing.need,
    orders: evidence.orders,
    ordersTogether: evidence.ordersTogether,
    ordersBulk: evidence.ordersBulk,
    ordersCampaign: evidence.ordersCampaign,
    expected: evidence.expected,
    lift: evidence.lift,
    confidence: evidence.confidence,
    confidenceLow: evidence.confidenceLow,
    later: laterOf(pairing),
    runOut: runOutOf(pairing, plan, settings),
    priceRatio: pairing.priceRatio,
    priceFit,
    windows: [...pairing.windows],
    status,
    notNow: whyNotNow(addOn, status, plan, nowMs),
    until:
      status === 'paused' && words.pause?.untilMs != null
        ? new Date(words.pause.untilMs).toISOString()
        : null,
    because: verdict.because,
    decidedBy: verdict.decidedBy,
    stepUp: verdict.relation === 'upsell' ? stepUpBetween(anchor, addOn, plan) : null,
    source: pairing.source,
    needBy: words.need === null ? 'plan' : 'owner',
    score: pairing.score,
  }
}

function stepUpBetween(anchorId: string, addOnId: string, { products }: GuidedPlan): StepUp | null {
  const [anchor, addOn] = [products.get(anchorId), products.get(addOnId)]
  return anchor === undefined || addOn === undefined ? null : stepUpOf(anchor, addOn)
}

function laterOf({ verdict, evidence }: Pairing): LaterOrders | null {
  const isLater = verdict.relation === 'extend' || verdict.relation === 'upsell'
  if (!isLater || evidence.customersLater === 0) return null
  const { laterDaysLow: low, laterDaysMedian: median, laterDaysHigh: high } = evidence
  return {
    customers: evidence.customersLater,
    expected: evidence.customersLaterExpected,
    otherWay: evidence.customersEarlier,
    days: high === 0 ? null : { low, median, high },
  }
}

function runOutOf(
  { anchor, verdict }: Pairing,
  { products }: GuidedPlan,
  settings: Settings,
): PairingRow['runOut'] {
  const rhythm = products.get(anchor)?.refill ?? null
  if (verdict.relation !== 'refill' || rhythm === null) return null
  const { day, dayLow, dayHigh, chance } = predictRunOut(rhythm, [{ day: 0, quantity: 1 }], settings)
  return { day, dayLow, dayHigh, chance }
}

function whyNotNow(
  addOn: string,
  status: PairingStatus,
  { products }: GuidedPlan,
  nowMs: number,
): string | null {
  if (!offered.has(status)) return null
  const product = products.get(addOn)
  if (product === undefined || !product.goods) return 'it has left the catalog, or is no merchandise'
  if (!product.buyable) return offSaleWords[product.offSale ?? 'sold-out']
  // Approved and pinned ones are offered out of season too.
  return product.season === undefined || status !== 'live' ? null : whyOutOfSeason(product.season, nowMs)
}

const offered: ReadonlySet<PairingStatus> = new Set(['live', 'approved', 'pinned'])

/** Anchors whose title or id holds every word of the search, most sold first. */
export function listAnchors(plan: GuidedPlan, search: string, nowMs: number): AnchorRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const rows: AnchorRow[] = []
  for (const [id, pairings] of plan.pairings) {
    const product = plan.products.get(id)
    if (product === undefined) continue
    const text = `${product.title} ${id} ${product.category ?? ''}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    const live = pairings.filter((pairing) => offered.has(statusOf(pairing, plan, nowMs))).length
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

// What did a new plan change for one anchor? Comes in: its pairings in the plan before and in the new one, what was judged
// and not kept, the products of both, the owner's words. Goes out: the pairings that stood and stand no more, each with
// the first reason that explains it, and those that stand newly. A pairing stands when it is live by the plan or by the
// owner's word, its add-on can be bought and is in season, and the price ceiling lets it pass in some order; in larger
// orders only is less than in any. Both sides are judged by today's ceilings: a ceiling that you move retires nothing.

import { formatMoney } from '../domain/money.ts'
import type { Pairing, Relation } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { PlanChange, RetireReason } from '../domain/plan-change.ts'
import { offSaleWords } from '../domain/product.ts'
import type { Faded } from './fade.ts'
import { whyOutOfSeason } from './in-season.ts'
import { type OwnerGuide, wordsOn } from './owner-guide.ts'
import type { PriceFit } from './price-fit.ts'

export type PlanSide = {
  readonly products: ReadonlyMap<string, PlanProduct>
  readonly atMs: number
}

/** Judged for the new plan and not kept in it. */
export type Left = { readonly pairing: Pairing; readonly faded: Faded | null }
/** By add-on of one anchor; most are only weighed when asked for. */
export type LeftOf = (addOn: string) => Left | undefined

export type Comparing = {
  readonly before: PlanSide
  readonly now: PlanSide
  readonly guide: OwnerGuide
  /** When the owner said no to the pairing or paused it for good; `null` where they did not. */
  readonly refusedAtMs: (anchor: string, addOn: string) => number | null
  readonly priceFit: (anchor: PlanProduct, addOn: PlanProduct, relation: string) => PriceFit
}

type Standing = { readonly pairing: Pairing; readonly relation: Relation; readonly place: 1 | 2 }
type Why = { readonly reason: RetireReason; readonly because: string }

export function comparePairings(
  anchor: string,
  lists: {
    readonly before: readonly Pairing[]
    readonly now: readonly Pairing[]
    readonly left: LeftOf
  },
  comparing: Comparing,
): readonly PlanChange[] {
  const before = standing(anchor, lists.before, comparing.before, comparing, comparing.before.atMs)
  const now = standing(anchor, lists.now, comparing.now, comparing, Number.POSITIVE_INFINITY)
  const changes: PlanChange[] = []
  const ranked = [...before.keys()]
  for (const [addOn, was] of before) {
    const is = now.get(addOn)
    if (is !== undefined && is.relation === was.relation && is.place >= was.place) continue
    const why = whyRetired(anchor, addOn, { was, is }, lists, comparing)
    if (why === null) continue
    const better = new Set(ranked.slice(0, ranked.indexOf(addOn) + 1))
    const next = [...now.keys()].find((other) => !better.has(other) && other !== addOn)
    changes.push({
      kind: 'retired',
      anchor,
      addOn,
      relation: was.relation,
      ...why,
      replacedBy: next ?? null,
    })
  }
  for (const [addOn, is] of now) {
    const was = before.get(addOn)
    if (was !== undefined && was.relation === is.relation && was.place >= is.place) continue
    changes.push({
      kind: 'added',
      anchor,
      addOn,
      relation: is.relation,
      because: is.pairing.verdict.because,
    })
  }
  return changes
}

/** By add-on, best first. */
function standing(
  anchor: string,
  pairings: readonly Pairing[],
  { products, atMs }: PlanSide,
  { guide, refusedAtMs, priceFit }: Comparing,
  heededUntilMs: number,
): ReadonlyMap<string, Standing> {
  const stands = new Map<string, Standing>()
  const anchorProduct = products.get(anchor)
  if (anchorProduct === undefined || !anchorProduct.goods) return stands
  for (const pairing of pairings) {
    const product = products.get(pairing.addOn)
    const relation = relationOf(pairing, guide)
    if (relation === null || product === undefined || !product.goods || !product.buyable) continue
    if (isOutOfSeason(pairing, product, atMs, guide)) continue
    const refused = refusedAtMs(anchor, pairing.addOn)
    if (refused !== null && refused <= heededUntilMs) continue
    const { fits } = priceFit(anchorProduct, product, relation)
    if (fits !== 'no-order')
      stands.set(pairing.addOn, { pairing, relation, place: fits === 'any-order' ? 2 : 1 })
  }
  return stands
}

/** `null` for a pairing that neither the plan nor the owner makes live. */
function relationOf({ anchor, addOn, verdict }: Pairing, guide: OwnerGuide): Relation | null {
  if (verdict.status === 'live') return verdict.relation
  return isWanted(anchor, addOn, guide) ? (anchor === addOn ? 'refill' : 'complete') : null
}

function isWanted(anchor: string, addOn: string, guide: OwnerGuide): boolean {
  const { standing: said } = wordsOn(guide, anchor, addOn)
  return said === 'approved' || said === 'pinned'
}

function isOutOfSeason(
  { anchor, addOn }: Pairing,
  { season }: PlanProduct,
  atMs: number,
  guide: OwnerGuide,
): boolean {
  return season !== undefined && whyOutOfSeason(season, atMs) !== null && !isWanted(anchor, addOn, guide)
}

/** `null` where the owner keeps it: it stands by their word, whatever mining says. */
function whyRetired(
  anchor: string,
  addOn: string,
  { was, is }: { readonly was: Standing; readonly is: Standing | undefined },
  { now, left }: { readonly now: readonly Pairing[]; readonly left: LeftOf },
  comparing: Comparing,
): Why | null {
  const { guide, refusedAtMs } = comparing
  if (refusedAtMs(anchor, addOn) !== null) {
    const vetoed = wordsOn(guide, anchor, addOn).standing === 'vetoed'
    return { reason: 'owner', because: vetoed ? 'you said no to it' : 'you paused it' }
  }
  const product = comparing.now.products.get(addOn)
  const gone = whyGone(anchor, addOn, product, comparing)
  if (gone !== null || product === undefined) return gone
  if (product.season !== undefined) {
    const because = whyOutOfSeason(product.season, comparing.now.atMs)
    if (because !== null && !isWanted(anchor, addOn, guide)) return { reason: 'out-of-season', because }
  }
  const kept = now.find((one) => one.addOn === addOn)
  const other = left(addOn)
  if (is === undefined && isWanted(anchor, addOn, guide)) return null
  if (other?.faded) return other.faded
  const judged = kept ?? other?.pairing
  if (judged === undefined && anchor === addOn) {
    // A refill takes no place of others and loses none to them.
    const because = 'too few buy it again now, or at no particular time'
    return { reason: 'evidence-decayed', because }
  }
  if (judged === undefined || (kept === undefined && judged.verdict.status === 'live')) {
    return { reason: 'displaced', because: whyDisplaced(judged, now) }
  }
  const { verdict } = judged
  if (verdict.relation === 'taken-less') return { reason: 'attach-rate-fallen', because: verdict.because }
  if (verdict.status === 'refused') {
    return verdict.relation === 'too-little-evidence'
      ? { reason: 'evidence-decayed', because: `too little evidence is left: ${verdict.because}` }
      : { reason: 'relation-changed', because: `${verdict.relation}: ${verdict.because}` }
  }
  if (verdict.relation !== was.relation)
    return {
      reason: 'relation-changed',
      because: `${was.relation} before, now ${verdict.relation}: ${verdict.because}`,
    }
  return { reason: 'price-out-of-ceiling', because: whyTooDear(anchor, addOn, is, comparing) }
}

function whyGone(
  anchor: string,
  addOn: string,
  product: PlanProduct | undefined,
  { now }: Comparing,
): Why | null {
  if (!now.products.get(anchor)?.goods)
    return { reason: 'discontinued', because: `${anchor} has left the catalog` }
  if (product === undefined || !product.goods)
    return { reason: 'discontinued', because: `${addOn} has left the catalog, or is no merchandise` }
  if (product.buyable) return null
  const offSale = product.offSale ?? 'sold-out'
  return { reason: offSale, because: offSaleWords[offSale] }
}

function whyDisplaced(judged: Pairing | undefined, now: readonly Pairing[]): string {
  const live = now.filter(({ verdict }) => verdict.status === 'live')
  const percent = (score: number): string => `${(100 * score).toFixed(1)} %`
  const weakest = live.at(-1)
  if (judged === undefined || weakest === undefined)
    return `likelier add-ons were judged in its place; ${live.length} of them stand`
  return `${live.length} others are likelier: the last of them is in ${percent(weakest.score)} of the orders with the anchor, this one in ${percent(judged.score)}, newer orders counting more`
}

function whyTooDear(
  anchor: string,
  addOn: string,
  is: Standing | undefined,
  { before, now }: Comparing,
): string {
  const price = (side: PlanSide, id: string): string => {
    const product = side.products.get(id)
    if (product?.priceMinor == null) return 'an unknown price'
    return formatMoney({ amountMinor: product.priceMinor, currency: product.currency })
  }
  const change = `it costs ${price(now, addOn)} beside ${price(now, anchor)} now, ${price(before, addOn)} beside ${price(before, anchor)} before`
  return is === undefined ? `${change}; no order lets it pass` : `${change}; only larger orders let it pass`
}

// From what was counted and the catalog to a plan: comes in one row of facts per product and one of counts per
// ordered pair; goes out a draft that the store publishes as a version, made anchor by anchor while it is read.
// Products that are not goods, or that the catalog does not know, take no part. What cannot be told from counts (is it
// really a complement?) stays with the owner, who sees each verdict with its reason.

import type { Pairing } from '../domain/pairing.ts'
import type {
  BuyersTakeUp,
  CategoryPairing,
  PlanProduct,
  PlanStream,
  PlanSummary,
  RefillRhythm,
  Season,
} from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import type { Left, LeftOf } from './compare-pairings.ts'
import { curatedPairing } from './curated-pairing.ts'
import { type CountedPair, evaluatePairing, type Totals } from './evaluate-pairing.ts'
import { fadedReason, type Lately } from './fade.ts'
import { isTaste } from './label-relation.ts'
import { REBUY_SHARE_MIN } from './rebuy-share.ts'
import { seatNewcomers, withNewcomers } from './seat-newcomers.ts'
import { unlessTakenLess, type WhyFallen } from './taken-less.ts'
import { type Gaps, isNextStep, timeNextStep } from './time-next-steps.ts'
import { inCatalog } from './with-catalog.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

/** Live pairings kept per anchor, best first: more are never asked for by one order. */
export const CANDIDATES_PER_ANCHOR = 50
/** Refused ones kept per anchor, so that the owner can see why a strong pair is not offered. */
const REFUSED_PER_ANCHOR = 10
/** For the step of the ladder below pairings. */
const TASTES_PER_ANCHOR = 20
const ADD_ONS_PER_CATEGORY = 10
/** Of fewer customers nobody can say that they rarely buy a product twice. */
const DURABLE_CUSTOMERS_MIN = 20

export type ProductFacts = {
  readonly id: string
  readonly orders: number
  readonly ordersWeight: number
  readonly customers: number
  /** Share of customers who bought it again, shrunk by Beta(2, 18), in [0, 1]. */
  readonly rebuyShare: number
  readonly rhythm: RefillRhythm | null
  /** src/next/taken-up.ts */
  readonly takenUp: number
  /** src/next/season.ts */
  readonly season?: Season | null
  /** src/next/buyers-take-up.ts */
  readonly buyersTakeUp: BuyersTakeUp<string> | null
}

export type PairRow = CountedPair & {
  readonly anchorId: string
  readonly addOnId: string
  /** Of a pair that may be a next step: customers by the days between the two first purchases. */
  readonly gaps: Gaps | null
  /** How it did in the last months, where that was counted. */
  readonly lately?: Lately | null
}

/** The counted pairs of one anchor. */
export type AnchorPairs = {
  readonly anchorId: string
  readonly rows: readonly PairRow[]
  /** Pairs that were counted and say nothing (`saysNothing`), left out of `rows`. */
  readonly silent: number
  /** One of those, for who asks after it. */
  readonly silentRow: (addOnId: string) => PairRow | undefined
}

export type Mined = {
  readonly products: readonly ProductFacts[]
  /** Each anchor once. */
  readonly pairs: Iterable<AnchorPairs>
  readonly totals: Totals
  readonly historyFromAtMs: number
  readonly historyToAtMs: number
  readonly sampledOrders: number
  readonly habitShare: number
  readonly whyFallen?: WhyFallen
}

/** Told what was judged of an anchor and not kept, before its pairings are handed on. */
export type Watch = (anchor: string, left: LeftOf) => void

export function makePlan(
  mined: Mined,
  catalog: readonly CatalogProduct[],
  settings: Settings,
  watch: Watch = () => {},
): MadePlan {
  const making: Making = {
    mined,
    settings,
    watch,
    products: planProducts(mined.products, catalog),
    tally: { complete: 0, refill: 0, extend: 0, upsell: 0, refused: 0 },
    completions: new Map(),
  }
  const { products, tally, completions } = making
  let isRead = false
  return {
    get summary() {
      if (!isRead) throw new Error('the summary of a draft is known when its pairings were read')
      return {
        pairings: tally,
        products: products.size,
        orders: mined.totals.orders,
        historyFromAtMs: mined.historyFromAtMs,
        historyToAtMs: mined.historyToAtMs,
        sampledOrders: mined.sampledOrders,
      }
    },
    totalOrdersWeight: mined.totals.ordersWeight,
    habitShare: mined.habitShare,
    products,
    pairings: (function* () {
      yield* pairAnchors(making, catalog)
      isRead = true
    })(),
    get categoryPairings() {
      if (!isRead) throw new Error('the category pairings of a draft are known when its pairings were read')
      const proven = pairCategories(products, completions)
      return withNewcomers(proven, seatNewcomers(catalog, products, completions, mined))
    },
    bestSellers: bestSellers(products),
  }
}

type Tally = { -readonly [Key in keyof PlanSummary['pairings']]: number }

/** Its pairings are made one anchor after the other. */
export type MadePlan = Omit<PlanStream, 'pairings' | 'changes'> & {
  readonly pairings: Iterable<readonly [anchor: string, pairings: readonly Pairing[]]>
}

type Making = {
  readonly mined: Mined
  readonly watch: Watch
  readonly settings: Settings
  readonly products: ReadonlyMap<string, PlanProduct>
  readonly tally: Tally
  /** What category pairings need of an anchor's pairings once these are gone. */
  readonly completions: Map<string, readonly Completion[]>
}

type Completion = { readonly addOn: string; readonly weight: number; readonly orders: number }

function countVerdict({ verdict }: Pairing, tally: Tally): void {
  if (verdict.status === 'live') tally[verdict.relation] += 1
  else if (verdict.relation === 'upsell') tally.upsell += 1
  else tally.refused += 1
}

/** First the anchors that were counted, in their sequence, then those that have refills or curated add-ons alone. */
function* pairAnchors(
  making: Making,
  catalog: readonly CatalogProduct[],
): Generator<readonly [string, readonly Pairing[]]> {
  const left = new Map(catalog.map((product) => [product.id, product]))
  for (const pairs of making.mined.pairs) {
    const { found, faded } = evaluateRows(pairs.rows, making)
    making.tally.refused += pairs.silent
    const anchor = left.get(pairs.anchorId)
    if (anchor === undefined || found.length + faded.length + pairs.silent === 0) continue
    left.delete(anchor.id)
    const finished = finishAnchor(anchor, keepBest(found), making)
    const kept = new Set(finished[1])
    const others = found.filter((pairing) => !kept.has(pairing))
    making.watch(anchor.id, openLeft(faded, others, pairs, making))
    yield finished
  }
  for (const anchor of left.values()) {
    const finished = finishAnchor(anchor, [], making)
    if (finished[1].length > 0) yield finished
  }
}

/** What an anchor's rows say: pairings, and those that faded. */
type Judged = { readonly found: Pairing[]; readonly faded: Left[] }

function evaluateRows(rows: readonly PairRow[], making: Making): Judged {
  const judged: Judged = { found: [], faded: [] }
  for (const row of rows) {
    const [anchor, addOn] = [making.products.get(row.anchorId), making.products.get(row.addOnId)]
    if (!anchor?.goods || !addOn?.goods) continue
    const pairing = judge(row, anchor, addOn, making)
    const fading = fadedReason(pairing, row.lately ?? null, anchor, addOn)
    if (fading !== null) {
      making.tally.refused += 1
      judged.faded.push({ pairing, faded: fading })
      continue
    }
    const kept = unlessTakenLess(pairing, making.products, making.mined.whyFallen)
    countVerdict(kept, making.tally)
    judged.found.push(kept)
  }
  return judged
}

function judge(row: PairRow, anchor: PlanProduct, addOn: PlanProduct, { mined, settings }: Making): Pairing {
  const untimed = evaluatePairing(anchor, addOn, row, mined.totals, settings)
  return row.gaps !== null && isNextStep(untimed) ? timeNextStep(untimed, row.gaps, settings) : untimed
}

function openLeft(
  faded: readonly Left[],
  others: readonly Pairing[],
  { silentRow }: AnchorPairs,
  making: Making,
): LeftOf {
  return (addOn) => {
    const gone = faded.find(({ pairing }) => pairing.addOn === addOn)
    if (gone !== undefined) return gone
    const row = silentRow(addOn)
    const [anchorProduct, product] = [making.products.get(row?.anchorId ?? ''), making.products.get(addOn)]
    const pairing =
      row && anchorProduct && product
        ? judge(row, anchorProduct, product, making)
        : others.find((one) => one.addOn === addOn)
    return pairing && { pairing, faded: null }
  }
}

/** Puts the anchor's refill and its curated add-ons beside what was found, and takes down what the categories need. */
function finishAnchor(
  { id, crossSellIds }: CatalogProduct,
  found: readonly Pairing[],
  { mined, products, settings, tally, completions }: Making,
): readonly [string, readonly Pairing[]] {
  const anchor = products.get(id)
  if (anchor === undefined || !anchor.goods) return [id, []]
  const own = [...refillOf(anchor, mined.totals, settings), ...curatedOf(anchor, crossSellIds, products)]
  const live = new Set(found.filter(({ verdict }) => verdict.status === 'live').map(({ addOn }) => addOn))
  const added = own
    .filter(({ addOn }) => !live.has(addOn) && !found.some((one) => one.addOn === addOn && isOut(one)))
    .map((pairing) => unlessTakenLess(pairing, products, mined.whyFallen))
  for (const pairing of added) countVerdict(pairing, tally)
  const kept = added.length > 0 ? keepBest([...found, ...added]) : found
  completions.set(id, kept.flatMap(completionOf))
  return [id, kept]
}

function completionOf({ addOn, verdict, evidence }: Pairing): Completion[] {
  if (verdict.status !== 'live' || verdict.relation !== 'complete') return []
  return [{ addOn, weight: evidence.togetherWeight, orders: evidence.ordersTogether }]
}

function isOut({ verdict }: Pairing): boolean {
  return verdict.relation === 'taken-less'
}

function keepBest(found: readonly Pairing[]): readonly Pairing[] {
  const byScore = [...found].sort(
    (one, other) => other.score - one.score || (one.addOn < other.addOn ? -1 : 1),
  )
  const live = byScore.filter(({ verdict }) => verdict.status === 'live')
  const mined = live.filter(({ source }) => source === 'mined').slice(0, CANDIDATES_PER_ANCHOR)
  const curated = live.filter(({ source }) => source === 'curated')
  const refused = byScore
    .filter(({ verdict }) => verdict.status === 'refused' && verdict.relation !== 'too-little-evidence')
    .filter((one, place) => place < REFUSED_PER_ANCHOR || isOut(one))
  const tastes = byScore.filter(isTaste).slice(0, TASTES_PER_ANCHOR)
  return [...mined, ...curated, ...refused, ...tastes]
}

function planProducts(
  facts: readonly ProductFacts[],
  catalog: readonly CatalogProduct[],
): ReadonlyMap<string, PlanProduct> {
  const counted = new Map(facts.map((fact) => [fact.id, fact]))
  return new Map(
    catalog.map((product) => {
      const fact = counted.get(product.id)
      const planned: PlanProduct = {
        ...inCatalog(product),
        orders: fact?.orders ?? 0,
        ordersWeight: fact?.ordersWeight ?? 0,
        customers: fact?.customers ?? 0,
        durable:
          fact !== undefined && fact.customers >= DURABLE_CUSTOMERS_MIN && fact.rebuyShare < REBUY_SHARE_MIN,
        refill: fact?.rhythm ?? null,
        takenUp: fact?.takenUp ?? 0,
        ...(fact?.season ? { season: fact.season } : {}),
        ...(fact?.buyersTakeUp ? { buyersTakeUp: fact.buyersTakeUp } : {}),
      }
      return [product.id, planned] as const
    }),
  )
}

function refillOf(anchor: PlanProduct, totals: Totals, settings: Settings): readonly Pairing[] {
  if (anchor.refill === null) return []
  const counts: CountedPair = {
    ordersTogether: 0,
    togetherWeight: 0,
    ordersBulk: 0,
    expectedTogether: 0,
    kindLift: 1,
    within: NOBODY_CHOSE,
    customersFollowed: anchor.customers,
    customersLaterFollowed: anchor.refill.repeatCustomers,
    customersLater: anchor.refill.repeatCustomers,
    customersLaterExpected: 0,
  }
  const pairing = evaluatePairing(anchor, anchor, counts, totals, settings)
  return pairing.verdict.status === 'live' && pairing.windows.length > 0 ? [pairing] : []
}

function curatedOf(
  anchor: PlanProduct,
  crossSellIds: readonly string[],
  products: ReadonlyMap<string, PlanProduct>,
): readonly Pairing[] {
  return crossSellIds.flatMap((id) => {
    const addOn = products.get(id)
    return addOn?.goods && id !== anchor.id ? [curatedPairing(anchor, addOn)] : []
  })
}

/** What sells with the products of a category: the weights of its products' own pairings, summed. */
function pairCategories(
  products: ReadonlyMap<string, PlanProduct>,
  completions: ReadonlyMap<string, readonly Completion[]>,
): ReadonlyMap<string, readonly CategoryPairing[]> {
  const weights = new Map<string, number>()
  const sums = new Map<string, Map<string, { weight: number; orders: number }>>()
  for (const product of products.values()) {
    if (product.category === null) continue
    weights.set(product.category, (weights.get(product.category) ?? 0) + product.ordersWeight)
    const addOns = sums.get(product.category) ?? new Map<string, { weight: number; orders: number }>()
    sums.set(product.category, addOns)
    for (const { addOn, weight, orders } of completions.get(product.id) ?? []) {
      const sum = addOns.get(addOn) ?? { weight: 0, orders: 0 }
      addOns.set(addOn, { weight: sum.weight + weight, orders: sum.orders + orders })
    }
  }
  return new Map(
    [...sums].map(([category, addOns]) => {
      const total = weights.get(category) ?? 0
      const best = [...addOns]
        .map(([addOn, { weight, orders }]) => ({
          category,
          addOn,
          score: total > 0 ? Math.min(1, weight / total) : 0,
          ordersTogether: orders,
        }))
        .sort((one, other) => other.score - one.score || (one.addOn < other.addOn ? -1 : 1))
      return [category, best.slice(0, ADD_ONS_PER_CATEGORY)] as const
    }),
  )
}

const BEST_SELLERS = 200

function bestSellers(products: ReadonlyMap<string, PlanProduct>): readonly string[] {
  return [...products.values()]
    .filter((product) => product.goods && product.ordersWeight > 0)
    .sort((one, other) => other.ordersWeight - one.ordersWeight || (one.id < other.id ? -1 : 1))
    .slice(0, BEST_SELLERS)
    .map((product) => product.id)
}

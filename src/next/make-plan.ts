// From what was counted and the catalog to a plan: comes in one row of facts per product and one of counts per
// ordered pair; goes out a draft that the store publishes as a version. Products that are not goods, or that the
// catalog does not know, take no part. What cannot be told from counts (is it really a complement?) stays with the
// owner, who sees each verdict with its reason.

import type { Pairing } from '../domain/pairing.ts'
import type { CategoryPairing, PlanDraft, PlanProduct, PlanSummary, RefillRhythm } from '../domain/plan.ts'
import { type CatalogProduct, isBuyable } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { curatedPairing } from './curated-pairing.ts'
import { type CountedPair, evaluatePairing, type Totals } from './evaluate-pairing.ts'
import { REBUY_SHARE_MIN } from './rebuy-share.ts'

/** Live pairings kept per anchor, best first: more are never asked for by one order. */
export const CANDIDATES_PER_ANCHOR = 50
/** Refused ones kept per anchor, so that the owner can see why a strong pair is not offered. */
const REFUSED_PER_ANCHOR = 10
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
}

export type PairRow = CountedPair & { readonly anchorId: string; readonly addOnId: string }

export type Mined = {
  readonly products: readonly ProductFacts[]
  /** Grouped by anchor: all rows of an anchor follow one another. */
  readonly pairs: Iterable<PairRow>
  readonly totals: Totals
  readonly historyFromAtMs: number
  readonly historyToAtMs: number
  readonly sampledOrders: number
  readonly habitShare: number
}

export function makePlan(mined: Mined, catalog: readonly CatalogProduct[], settings: Settings): PlanDraft {
  const products = planProducts(mined.products, catalog)
  const tally = { complete: 0, refill: 0, extend: 0, upsell: 0, refused: 0 }
  const pairings = pairAnchors(mined, products, settings, tally)
  for (const { id, crossSellIds } of catalog) {
    const anchor = products.get(id)
    if (anchor === undefined || !anchor.goods) continue
    const own = [...refillOf(anchor, mined.totals, settings), ...curatedOf(anchor, crossSellIds, products)]
    const found = pairings.get(id) ?? []
    const known = new Set(
      found.filter((pairing) => pairing.verdict.status === 'live').map((one) => one.addOn),
    )
    const added = own.filter((pairing) => !known.has(pairing.addOn))
    for (const pairing of added) countVerdict(pairing, tally)
    if (added.length > 0) pairings.set(id, keepBest([...found, ...added]))
  }
  return {
    summary: {
      pairings: tally,
      products: products.size,
      orders: mined.totals.orders,
      historyFromAtMs: mined.historyFromAtMs,
      historyToAtMs: mined.historyToAtMs,
      sampledOrders: mined.sampledOrders,
    },
    totalOrdersWeight: mined.totals.ordersWeight,
    habitShare: mined.habitShare,
    products,
    pairings,
    categoryPairings: pairCategories(products, pairings),
    bestSellers: bestSellers(products),
  }
}

type Tally = { -readonly [Key in keyof PlanSummary['pairings']]: number }

function countVerdict({ verdict }: Pairing, tally: Tally): void {
  if (verdict.status === 'live') tally[verdict.relation] += 1
  else if (verdict.relation === 'upsell') tally.upsell += 1
  else tally.refused += 1
}

/** Evaluates the rows anchor by anchor and keeps the best of each, so that memory stays bounded. */
function pairAnchors(
  mined: Mined,
  products: ReadonlyMap<string, PlanProduct>,
  settings: Settings,
  tally: Tally,
): Map<string, readonly Pairing[]> {
  const pairings = new Map<string, readonly Pairing[]>()
  let found: Pairing[] = []
  let openId: string | null = null
  const close = (): void => {
    if (openId !== null && found.length > 0) pairings.set(openId, keepBest(found))
    found = []
  }
  for (const row of mined.pairs) {
    if (row.anchorId !== openId) {
      close()
      openId = row.anchorId
    }
    const anchor = products.get(row.anchorId)
    const addOn = products.get(row.addOnId)
    if (!anchor?.goods || !addOn?.goods) continue
    const pairing = evaluatePairing(anchor, addOn, row, mined.totals, settings)
    countVerdict(pairing, tally)
    found.push(pairing)
  }
  close()
  return pairings
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
    .slice(0, REFUSED_PER_ANCHOR)
  return [...mined, ...curated, ...refused]
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
        id: product.id,
        title: product.title,
        category: product.category,
        priceMinor: product.priceMinor,
        currency: product.currency,
        imageUrl: product.imageUrl,
        url: product.url,
        buyable: isBuyable(product),
        goods: product.goods.kind === 'goods',
        variantGroup: product.variantGroup,
        orders: fact?.orders ?? 0,
        ordersWeight: fact?.ordersWeight ?? 0,
        customers: fact?.customers ?? 0,
        durable:
          fact !== undefined && fact.customers >= DURABLE_CUSTOMERS_MIN && fact.rebuyShare < REBUY_SHARE_MIN,
        refill: fact?.rhythm ?? null,
        takenUp: fact?.takenUp ?? 0,
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
    expectedTogether: 0,
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
  pairings: ReadonlyMap<string, readonly Pairing[]>,
): ReadonlyMap<string, readonly CategoryPairing[]> {
  const weights = new Map<string, number>()
  const sums = new Map<string, Map<string, { weight: number; orders: number }>>()
  for (const product of products.values()) {
    if (product.category === null) continue
    weights.set(product.category, (weights.get(product.category) ?? 0) + product.ordersWeight)
    const addOns = sums.get(product.category) ?? new Map<string, { weight: number; orders: number }>()
    sums.set(product.category, addOns)
    for (const { addOn, verdict, evidence } of pairings.get(product.id) ?? []) {
      if (verdict.status !== 'live' || verdict.relation !== 'complete') continue
      const sum = addOns.get(addOn) ?? { weight: 0, orders: 0 }
      addOns.set(addOn, {
        weight: sum.weight + evidence.togetherWeight,
        orders: sum.orders + evidence.ordersTogether,
      })
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

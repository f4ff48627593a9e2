// When do customers come back for a product? Comes in: how each customer bought each product again and how long they
// have waited since (gather-rebuys.ts), the catalog, how many came back. Goes out: a rhythm per product.
//
//   20 customers came back, 1 in 10   the product's own rhythm, its median drawn towards products like it by as much
//                                     as those differ less than chance explains (empirical Bayes)
//   fewer, but products like it have  theirs, scaled by pack size, unless the product's own buyers contradict it
//   the catalog names the days        those, and towards them too the product's own rhythm is drawn
//   none of these                     no rhythm: it is no refill
// Open intervals count: leaving them out makes every product seem to run out too early (docs/methods.md, refills).

import type { RefillRhythm } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { packSize } from '../next/pack-size.ts'
import { isRegular, REBUY_SHARE_MIN, REPEAT_CUSTOMERS_MIN, rebuyShare } from '../next/rebuy-share.ts'
import type { Job } from '../ports/parallel.ts'
import { fitQuantityExponent, USUAL_EXPONENT } from '../stats/quantity-scaling.ts'
import { fitRebuyModel, type RebuyModel, type RebuyRecord, returnShare } from '../stats/rebuy-model.ts'
import { shrunkMu } from '../stats/renewal-interval.ts'
import { shrunkConfidence } from '../stats/shrunk-confidence.ts'
import { countRebuys, type ProductRebuys, type Rebuy, unpackRebuys } from './rebuy-columns.ts'
import { gatherKin, type Kin, type OwnFit, type RepeatMargin } from './refill-kin.ts'

type RefillProduct = Pick<
  CatalogProduct,
  'id' | 'title' | 'category' | 'categoryIsGuess' | 'variantGroup' | 'lastsDays'
>

/** Customers' worth of the shop's spreads and shares behind those of one product. Chosen on coop before day 900. */
const SHOP_DOUBT = 20
/** Customers' worth of the catalog's days against the product's own. */
const CATALOG_DOUBT = 20
const SHOP_RECORDS_MAX = 20_000
/** Products that are used up, from which on they stand for themselves and not for the whole shop. */
const ALIKE_MIN = 3
/** Who has had this many customers and not 20 of them again has had its chance: nothing is borrowed any more. */
const NEWCOMER_CUSTOMERS_MAX = 100
/** Before a shop has shown anything: a factor of 1.6 within a customer and between customers, one in three stops. */
const untold: RebuyModel = { mu: 0, sigmaWithin: 0.5, sigmaBetween: 0.5, stops: 1, goesOn: 2 }

export type RefillEvidence = {
  readonly rebuys: readonly ProductRebuys[]
  readonly margins: ReadonlyMap<string, RepeatMargin>
  readonly catalog: readonly RefillProduct[]
}

export const refillRhythmsJob: Job<RefillEvidence, ReadonlyMap<string, RefillRhythm>> = {
  module: new URL(import.meta.url),
  exportName: 'refillRhythms',
}

export function refillRhythms(evidence: RefillEvidence): ReadonlyMap<string, RefillRhythm> {
  const { margins, catalog } = evidence
  const repeatersOf = (id: string): number => margins.get(id)?.repeatCustomers ?? 0
  const rebuys = evidence.rebuys.filter(({ productId }) => repeatersOf(productId) >= REPEAT_CUSTOMERS_MIN)
  const all = usualOf(rebuys)
  const fits = fitEach(rebuys, all)
  // What gets used up is told apart and fitted again beside its like alone: lamps that people buy again whenever they like
  // taught that tea comes back at no particular time, and made it up to a fifth too late.
  const usedUp = rebuys.filter(({ productId }) => {
    const fit = fits.get(productId)
    return fit !== undefined && isRegular(fit, repeatersOf(productId))
  })
  const shop = usedUp.length >= ALIKE_MIN ? usualOf(usedUp) : all
  if (shop !== all) for (const [id, fit] of fitEach(usedUp, shop)) fits.set(id, fit)
  const kin = gatherKin(
    catalog.map((product) => ({ ...product, pack: packSize(product.title) })),
    fits,
    margins,
    shop.exponent,
  )
  const rhythms = new Map<string, RefillRhythm>()
  for (const product of catalog) {
    const margin = margins.get(product.id) ?? { customers: 0, repeatCustomers: 0 }
    const fit = fits.get(product.id)
    const like = kin.of(product.id)
    const rhythm =
      fit === undefined ? borrowedRhythm(product, margin, like, shop) : ownRhythm(product, fit, margin, like)
    if (rhythm !== null) rhythms.set(product.id, rhythm)
  }
  return rhythms
}

type Usual = { readonly exponent: number; readonly model: RebuyModel }

/** What several products have in common. */
function usualOf(products: readonly ProductRebuys[]): Usual {
  const exponent = quantityExponent(products, USUAL_EXPONENT)
  return { exponent, model: commonModel(products, exponent) }
}

/** Each product's own rhythm, drawn towards the usual one. */
function fitEach(products: readonly ProductRebuys[], { exponent: usual, model }: Usual): Map<string, OwnFit> {
  const fits = new Map<string, OwnFit>()
  for (const product of products) {
    const { exponent, records } = recordsOf(product, usual)
    const fit = fitRebuyModel(records, { model, customers: SHOP_DOUBT })
    if (fit !== null) fits.set(product.productId, { ...fit, exponent })
  }
  return fits
}

/** One product's rows are objects at a time, so they are made again for each fit. */
function recordsOf(
  product: ProductRebuys,
  usualExponent: number,
): { readonly exponent: number; readonly records: readonly RebuyRecord[] } {
  const exponent = quantityExponent([product], usualExponent)
  return { exponent, records: unpackRebuys(product.rows).map((row) => perUnit(row, exponent)) }
}

function ownRhythm(
  product: RefillProduct,
  fit: OwnFit,
  margin: RepeatMargin,
  like: Kin | null,
): RefillRhythm {
  let mu = fit.mu
  if (product.lastsDays !== null) mu = shrunkMu(mu, fit.evidence, Math.log(product.lastsDays), CATALOG_DOUBT)
  else if (like !== null) mu = shrunkMu(mu, fit.evidence, like.mu, like.doubt)
  return asRhythm({ ...fit, mu }, fit.exponent, margin, {
    rebuyShare: rebuyShare(margin.repeatCustomers, margin.customers),
    basis: 'own',
  })
}

function borrowedRhythm(
  { lastsDays }: RefillProduct,
  margin: RepeatMargin,
  like: Kin | null,
  { model: shop, exponent }: Usual,
): RefillRhythm | null {
  // Who names the days says that it gets used up: a shop in which nothing does has no word on how regularly.
  const otherwise = lastsDays !== null && !isRegular(shop, Number.POSITIVE_INFINITY) ? untold : shop
  const model = like?.coldStart ?? otherwise
  const share = shrunkConfidence(margin.repeatCustomers, margin.customers, returnShare(model, 1), SHOP_DOUBT)
  if (share < REBUY_SHARE_MIN) return null
  if (lastsDays !== null) {
    return asRhythm({ ...model, mu: Math.log(lastsDays) }, exponent, margin, {
      rebuyShare: share,
      basis: 'catalog',
    })
  }
  if (like === null || like.coldStart === null || margin.customers > NEWCOMER_CUSTOMERS_MAX) return null
  return asRhythm(like.coldStart, exponent, margin, { rebuyShare: share, basis: 'similar' })
}

function asRhythm(
  { mu, sigmaWithin, sigmaBetween, stops, goesOn }: RebuyModel,
  exponent: number,
  { repeatCustomers }: RepeatMargin,
  said: Pick<RefillRhythm, 'rebuyShare' | 'basis'>,
): RefillRhythm {
  return {
    medianDays: Math.exp(mu),
    sigmaWithin,
    sigmaBetween,
    stops,
    goesOn,
    quantityExponent: exponent,
    repeatCustomers,
    ...said,
  }
}

/**
 * From how one customer's intervals move with what they bought: who buys much each time also has a large household, so
 * that customers compared with each other would show the opposite.
 */
function quantityExponent(products: readonly ProductRebuys[], otherwise: number): number {
  let n = 0
  let sumUU = 0
  let sumUV = 0
  for (const { rows } of products) {
    for (const { gaps, customers, ...row } of unpackRebuys(rows)) {
      if (gaps < 2) continue
      n += customers * (gaps - 1)
      sumUU += customers * (row.sumUU - (row.sumU * row.sumU) / gaps)
      sumUV += customers * (row.sumUV - (row.sumU * row.sumV) / gaps)
    }
  }
  return fitQuantityExponent({ n, sumU: 0, sumV: 0, sumUU, sumUV }, otherwise)
}

/** Logs of days per unit. */
function perUnit(row: Rebuy, exponent: number): RebuyRecord {
  return {
    gaps: row.gaps,
    sumLog: row.sumV - exponent * row.sumU,
    sumLogSquares: Math.max(0, row.sumVV - 2 * exponent * row.sumUV + exponent * exponent * row.sumUU),
    openLog: Math.log(row.openDays) - exponent * row.openU,
    customers: row.customers,
  }
}

/** Spreads and stopping of several products together, each one's logs around their own mean. */
function commonModel(products: readonly ProductRebuys[], exponent: number): RebuyModel {
  const total = products.reduce((sum, { rows }) => sum + countRebuys(rows), 0)
  const step = Math.max(1, Math.ceil(total / SHOP_RECORDS_MAX))
  const drawn: RebuyRecord[] = []
  let place = 0
  for (const product of products) {
    const { records } = recordsOf(product, exponent)
    const { sum, gaps } = records.reduce(
      (all, one) => ({
        sum: all.sum + one.customers * one.sumLog,
        gaps: all.gaps + one.customers * one.gaps,
      }),
      { sum: 0, gaps: 0 },
    )
    const mean = gaps > 0 ? sum / gaps : 0
    for (const record of records) {
      if (place++ % step !== 0) continue
      drawn.push({
        ...record,
        sumLog: record.sumLog - record.gaps * mean,
        sumLogSquares: record.sumLogSquares - 2 * mean * record.sumLog + record.gaps * mean * mean,
        openLog: record.openLog - mean,
      })
    }
  }
  return fitRebuyModel(drawn) ?? untold
}

// Counts the pairs of a range of anchors, given by rank: the inner loop of mining, run by every thread on the same
// shared columns. One anchor at a time: walk its orders, add up what else they hold and what their customers first
// bought in the window after, then keep the best. Dense accumulators over all products and a list of those touched:
// no hash table, memory that does not grow with the number of pairs. Every sum of an anchor is made in one sequence
// of its orders, so the outcome is the same to the last bit for any number of threads.

import { type BareCounts, saysNothing } from '../next/label-relation.ts'
import type { Job } from '../ports/parallel.ts'
import { LARGE_BASKET } from '../stats/basket-weight.ts'
import {
  addSize,
  clearSizes,
  emptySizes,
  expectedCount,
  type SizeHistogram,
  sealSizes,
} from './expected-count.ts'
import { AHEAD, CACHE_LINE, GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import { type KinColumns, kinshipIn } from './kin-columns.ts'
import { allocatePairs, type PairColumns } from './pair-columns.ts'
import type { PairIndex } from './pair-index.ts'
import { emptyTop, offerToTop, type TopProducts } from './top-products.ts'

/**
 * Which pairs of an anchor are the best. `confidence`: (kw + s p) / (nw + s), the weighted share of the anchor's orders
 * that hold the add-on, drawn towards its popularity p by s orders' worth of evidence; for later purchases the same
 * over followed customers. `count`: the plain counts.
 */
export type PairRank = 'confidence' | 'count'

export type CountSettings = {
  readonly windowDays: number
  readonly minTogether: number
  readonly minLater: number
  /** How many add-ons an anchor keeps by each of the two scores; the kept pairs are the union. */
  readonly keepPerAnchor: number
  readonly rank: PairRank
  readonly shrinkage: number
  /** With what the catalog says of the products, only pairs that say something are kept, and the others numbered. */
  readonly kin: KinColumns | null
}

export type AnchorRange = {
  readonly history: HistoryColumns
  readonly index: PairIndex
  readonly settings: CountSettings
  /** The first rank of the range, and the first behind it. */
  readonly from: number
  readonly to: number
}

/** Pairs of the range, with room behind the last; margins by rank, from the first of the range. */
export type AnchorCounts = PairColumns & {
  readonly customersFollowed: Uint32Array
  readonly repeatCustomers: Uint32Array
  readonly silent: Uint32Array
}

export const countAnchorsJob: Job<AnchorRange, AnchorCounts> = {
  module: new URL(import.meta.url),
  exportName: 'countAnchors',
}

type Accumulators = {
  readonly together: Uint32Array
  readonly togetherWeight: Float64Array
  readonly laterFollowed: Uint32Array
  readonly laterOpen: Uint32Array
  /** Ranks with a count in `together`; ranks with one in either of the two later counts. */
  readonly touchedTogether: Uint32Array
  readonly touchedLater: Uint32Array
  /** Orders of a large basket and no known customer: see `addBulk`. */
  readonly bulk: Uint32Array
  readonly basketSizes: SizeHistogram
  readonly laterSizes: SizeHistogram
  readonly topTogether: TopProducts
  readonly topLater: TopProducts
}

/** What one walk over an anchor's orders leaves besides the accumulators. */
type Walk = {
  /** How many ranks were touched in the same order, and in later ones. */
  together: number
  later: number
  /** Customers followed for the whole window; customers who came back for it. */
  followed: number
  repeats: number
  /** Pairs that were not kept, since they say nothing. */
  silent: number
  /** See `lookAhead`. */
  read: number
}

export function countAnchors(range: AnchorRange): AnchorCounts {
  const { history, settings, from, to } = range
  const accumulators = emptyAccumulators(history.productCount, settings.keepPerAnchor)
  const customersFollowed = new Uint32Array(to - from)
  const repeatCustomers = new Uint32Array(to - from)
  const silent = new Uint32Array(to - from)
  const walk: Walk = { together: 0, later: 0, followed: 0, repeats: 0, silent: 0, read: 0 }
  // Room for all that could be kept: what is not written costs no memory, and growing would copy.
  const pairs = allocatePairs((to - from) * 2 * settings.keepPerAnchor)
  let kept = 0
  for (let anchor = from; anchor < to; anchor++) {
    walkOrders(range, accumulators, anchor, walk)
    customersFollowed[anchor - from] = walk.followed
    repeatCustomers[anchor - from] = walk.repeats
    selectAddOns(range, accumulators, anchor, walk)
    kept = writeChosen(range, accumulators, anchor, walk, pairs, kept)
    silent[anchor - from] = walk.silent
    clear(accumulators, walk)
  }
  return { ...pairs, pairCount: kept, customersFollowed, repeatCustomers, silent }
}

function emptyAccumulators(products: number, keep: number): Accumulators {
  return {
    together: new Uint32Array(products),
    togetherWeight: new Float64Array(products),
    laterFollowed: new Uint32Array(products),
    laterOpen: new Uint32Array(products),
    touchedTogether: new Uint32Array(products + 1),
    touchedLater: new Uint32Array(products + 1),
    bulk: new Uint32Array(products),
    basketSizes: emptySizes(),
    laterSizes: emptySizes(),
    topTogether: emptyTop(keep),
    topLater: emptyTop(keep),
  }
}

/** Walks all orders that hold the anchor, in their sequence. */
function walkOrders(
  { history, index, settings }: AnchorRange,
  into: Accumulators,
  anchor: number,
  walk: Walk,
): void {
  const { records, lastDay } = history
  const { entry } = index
  const last = index.start[anchor + 1] as number
  const begin = index.start[anchor] as number
  let firstDay = 0
  let hasRepeated = true
  for (let e = begin; e < last; e++) {
    if ((e - begin) % AHEAD === 0) walk.read = lookAhead(records, entry, e, Math.min(last, e + AHEAD))
    const at = (entry[e] as number) >>> 1
    const isFirst = ((entry[e] as number) & 1) === 1
    addTogether(history, into, walk, at)
    const day = (records[at + RECORD.day] as number) | 0
    if (isFirst) {
      firstDay = day
      hasRepeated = false
      const isFollowed = day + settings.windowDays <= lastDay
      if (isFollowed) walk.followed += 1
      addLater(history, into, walk, at, settings.windowDays, isFollowed)
    } else if (!hasRepeated && day !== firstDay && records[at + RECORD.customer] !== GUEST) {
      hasRepeated = true
      walk.repeats += 1
    }
  }
}

/**
 * Reads the beginning of the next orders' records all at once: they lie far apart, and a core waits for many distant
 * reads at the same time about as long as for one. The sum is returned so that the reads are not optimised away.
 */
function lookAhead(records: Uint32Array, entry: Uint32Array, from: number, to: number): number {
  const end = records.length
  let read = 0
  for (let e = from; e < to; e++) {
    const at = (entry[e] as number) >>> 1
    const further = at + CACHE_LINE < end ? at + CACHE_LINE : at
    read ^= (records[at] as number) ^ (records[further] as number)
  }
  return read
}

/** What else the order holds. The anchor counts itself too; the selection passes it over. */
function addTogether(
  { records, recordWeights }: HistoryColumns,
  into: Accumulators,
  walk: Walk,
  at: number,
): void {
  const { together, togetherWeight, touchedTogether } = into
  const size = records[at + RECORD.size] as number
  const weight = recordWeights[at + RECORD.weight] as number
  const begin = at + RECORD.ranks
  const end = begin + size
  let touched = walk.together
  if (size > LARGE_BASKET && records[at + RECORD.customer] === GUEST) addBulk(records, into.bulk, begin, end)
  else addSize(into.basketSizes, size - 1)
  for (let i = begin; i < end; i++) {
    const rank = records[i] as number
    const before = together[rank] as number
    // Adds one if there was none before, without a branch: the core would guess it wrong too often.
    touchedTogether[touched] = rank
    touched += (before - 1) >>> 31
    together[rank] = before + 1
    togetherWeight[rank] = (togetherWeight[rank] as number) + weight
  }
  walk.together = touched
}

/**
 * More than 50 different products bought by nobody known: a day summed up, a marketplace, the same list every week. Such
 * orders are counted, but how many different people stand behind them nobody can tell, so they prove nothing. On Online
 * Retail II 52 of them were all that was known of one id, each with the same 40 products.
 */
function addBulk(records: Uint32Array, bulk: Uint32Array, begin: number, end: number): void {
  for (let i = begin; i < end; i++) bulk[records[i] as number] = (bulk[records[i] as number] as number) + 1
}

/** What the customer of the order first bought on a later day within the window. Their next orders stand behind it. */
function addLater(
  { records }: HistoryColumns,
  { laterFollowed, laterOpen, touchedLater, laterSizes }: Accumulators,
  walk: Walk,
  at: number,
  windowDays: number,
  isFollowed: boolean,
): void {
  const counts = isFollowed ? laterFollowed : laterOpen
  const others = isFollowed ? laterOpen : laterFollowed
  const customer = records[at + RECORD.customer] as number
  const day = (records[at + RECORD.day] as number) | 0
  let touched = walk.later
  let bought = 0
  let next = at + RECORD.ranks + (records[at + RECORD.size] as number)
  while (next < records.length && records[next + RECORD.customer] === customer) {
    const days = ((records[next + RECORD.day] as number) | 0) - day
    if (days > windowDays) break
    const begin = next + RECORD.ranks
    const end = days === 0 ? begin : begin + (records[next + RECORD.firsts] as number)
    bought += end - begin
    for (let i = begin; i < end; i++) {
      const rank = records[i] as number
      const before = counts[rank] as number
      touchedLater[touched] = rank
      touched += (before + (others[rank] as number) - 1) >>> 31
      counts[rank] = before + 1
    }
    next = begin + (records[next + RECORD.size] as number)
  }
  addSize(laterSizes, bought)
  walk.later = touched
}

/** Fills the two lists of best add-ons. */
function selectAddOns(
  { index, settings, history }: AnchorRange,
  from: Accumulators,
  anchor: number,
  walk: Walk,
): void {
  const { together, togetherWeight, laterFollowed, laterOpen, topTogether, topLater } = from
  const { minTogether, minLater, rank, shrinkage } = settings
  const priorTogether = index.totalWeight > 0 ? shrinkage / index.totalWeight : 0
  const priorLater = history.customerCount > 0 ? shrinkage / history.customerCount : 0
  // The denominator is the same for all add-ons of an anchor, so the numerator alone ranks them.
  for (let t = 0; t < walk.together; t++) {
    const addOn = from.touchedTogether[t] as number
    const count = together[addOn] as number
    if (count < minTogether || addOn === anchor) continue
    const weighted = (togetherWeight[addOn] as number) + priorTogether * (index.ordersWeight[addOn] as number)
    offerToTop(topTogether, history.productOf[addOn] as number, rank === 'count' ? count : weighted)
  }
  for (let t = 0; t < walk.later; t++) {
    const addOn = from.touchedLater[t] as number
    const followed = laterFollowed[addOn] as number
    const count = followed + (laterOpen[addOn] as number)
    if (count < minLater) continue
    const shrunk = followed + priorLater * (index.customers[addOn] as number)
    offerToTop(topLater, history.productOf[addOn] as number, rank === 'count' ? count : shrunk)
  }
}

/** Writes the union of the two lists, best first: by the score of the same order, then by that of later ones. Returns the row behind. */
function writeChosen(
  range: AnchorRange,
  from: Accumulators,
  anchor: number,
  walk: Walk,
  pairs: PairColumns,
  at: number,
): number {
  const { index, history, settings } = range
  const { together, laterFollowed, laterOpen, basketSizes, laterSizes } = from
  const lines = history.lineCount
  sealSizes(basketSizes)
  sealSizes(laterSizes)
  const chosen = union(from.topTogether, from.topLater)
  let row = at
  for (const product of chosen) {
    const addOn = history.rankOf[product] as number
    const orders = (index.start[addOn + 1] as number) - (index.start[addOn] as number)
    const followed = laterFollowed[addOn] as number
    pairs.anchor[row] = history.productOf[anchor] as number
    pairs.addOn[row] = product
    pairs.together[row] = together[addOn] as number
    pairs.togetherWeight[row] = from.togetherWeight[addOn] as number
    pairs.bulk[row] = from.bulk[addOn] as number
    pairs.expectedTogether[row] = expectedCount(basketSizes, orders / lines)
    pairs.later[row] = followed + (laterOpen[addOn] as number)
    pairs.laterFollowed[row] = followed
    pairs.expectedLater[row] = expectedCount(
      laterSizes,
      (index.customers[addOn] as number) / index.firstPurchases,
    )
    // What says nothing is written over by the next.
    if (settings.kin === null || !saysNothing(kinshipIn(settings.kin, anchor, addOn), countsOf(pairs, row)))
      row++
  }
  walk.silent = chosen.length - (row - at)
  return row
}

function countsOf(pairs: PairColumns, row: number): BareCounts {
  return {
    ordersTogether: pairs.together[row] as number,
    ordersBulk: pairs.bulk[row] as number,
    expectedTogether: pairs.expectedTogether[row] as number,
    customersLater: pairs.later[row] as number,
    customersLaterExpected: pairs.expectedLater[row] as number,
  }
}

function union(topTogether: TopProducts, topLater: TopProducts): number[] {
  const chosen = ranked(topTogether)
  const already = new Set(chosen)
  for (const product of ranked(topLater)) if (!already.has(product)) chosen.push(product)
  return chosen
}

function ranked({ product, score, size }: TopProducts): number[] {
  const places = Array.from({ length: size }, (_, place) => place)
  places.sort(
    (a, b) => (score[b] as number) - (score[a] as number) || (product[a] as number) - (product[b] as number),
  )
  return places.map((place) => product[place] as number)
}

function clear(accumulators: Accumulators, walk: Walk): void {
  const { together, togetherWeight, bulk, laterFollowed, laterOpen, touchedTogether, touchedLater } =
    accumulators
  for (let t = 0; t < walk.together; t++) {
    const rank = touchedTogether[t] as number
    together[rank] = 0
    togetherWeight[rank] = 0
    bulk[rank] = 0
  }
  for (let t = 0; t < walk.later; t++) {
    const rank = touchedLater[t] as number
    laterFollowed[rank] = 0
    laterOpen[rank] = 0
  }
  walk.together = 0
  walk.later = 0
  walk.followed = 0
  walk.repeats = 0
  clearSizes(accumulators.basketSizes)
  clearSizes(accumulators.laterSizes)
  accumulators.topTogether.size = 0
  accumulators.topLater.size = 0
}

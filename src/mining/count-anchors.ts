// Counts the pairs of a range of anchors, given by rank: the inner loop of mining, run by every thread on the same shared columns.
// One anchor at a time: walk its orders, add up what else they hold and what their customers first bought in the
// window after, then keep the best. Dense accumulators over all products and a list of those touched: no hash table,
// memory that does not grow with the number of pairs. Every sum of an anchor is made in one sequence of its orders, so
// the outcome is the same to the last bit for any number of threads.

import type { Job } from '../ports/parallel.ts'
import {
  addSize,
  clearSizes,
  emptySizes,
  expectedCount,
  type SizeHistogram,
  sealSizes,
} from './expected-count.ts'
import { GUEST, type HistoryColumns } from './history-columns.ts'
import { allocatePairs, copyPairs, type PairColumns } from './pair-columns.ts'
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
}

export const countAnchorsJob: Job<AnchorRange, AnchorCounts> = {
  module: new URL(import.meta.url),
  exportName: 'countAnchors',
}

/** How many orders are looked up before the first of them is walked. */
const AHEAD = 32

type Ahead = {
  readonly order: Uint32Array
  readonly begin: Uint32Array
  readonly end: Uint32Array
  /** Keeps the reads ahead from being optimised away. */
  read: number
}

type Accumulators = {
  readonly ahead: Ahead
  readonly together: Uint32Array
  readonly togetherWeight: Float64Array
  readonly laterFollowed: Uint32Array
  readonly laterOpen: Uint32Array
  /** Ranks with a count in `together`; ranks with one in either of the two later counts. */
  readonly touchedTogether: Uint32Array
  readonly touchedLater: Uint32Array
  readonly basketSizes: SizeHistogram
  readonly laterSizes: SizeHistogram
  readonly topTogether: TopProducts
  readonly topLater: TopProducts
}

/** What one walk over an anchor's orders leaves besides the accumulators. */
type Walk = { together: number; later: number; followed: number; repeats: number }

export function countAnchors(range: AnchorRange): AnchorCounts {
  const { history, settings, from, to } = range
  const accumulators = emptyAccumulators(history.productCount, settings.keepPerAnchor)
  const customersFollowed = new Uint32Array(to - from)
  const repeatCustomers = new Uint32Array(to - from)
  const walk: Walk = { together: 0, later: 0, followed: 0, repeats: 0 }
  let pairs = allocatePairs(1024)
  let kept = 0
  for (let anchor = from; anchor < to; anchor++) {
    walkTogether(range, accumulators, anchor, walk)
    walkLater(range, accumulators, anchor, walk)
    customersFollowed[anchor - from] = walk.followed
    repeatCustomers[anchor - from] = walk.repeats
    selectAddOns(range, accumulators, anchor, walk)
    const chosen = accumulators.topTogether.size + accumulators.topLater.size
    if (kept + chosen > pairs.anchor.length) pairs = withRoom(pairs, kept, kept + chosen)
    kept = writeChosen(range, accumulators, anchor, pairs, kept)
    clear(accumulators, walk)
  }
  return { ...pairs, pairCount: kept, customersFollowed, repeatCustomers }
}

function emptyAccumulators(products: number, keep: number): Accumulators {
  return {
    ahead: {
      order: new Uint32Array(AHEAD),
      begin: new Uint32Array(AHEAD),
      end: new Uint32Array(AHEAD),
      read: 0,
    },
    together: new Uint32Array(products),
    togetherWeight: new Float64Array(products),
    laterFollowed: new Uint32Array(products),
    laterOpen: new Uint32Array(products),
    touchedTogether: new Uint32Array(products + 1),
    touchedLater: new Uint32Array(products + 1),
    basketSizes: emptySizes(),
    laterSizes: emptySizes(),
    topTogether: emptyTop(keep),
    topLater: emptyTop(keep),
  }
}

/** What else the anchor's orders hold. The anchor counts itself too; the selection passes it over. */
function walkTogether({ history, index }: AnchorRange, into: Accumulators, anchor: number, walk: Walk): void {
  const { orderWeight, lineRank } = history
  const { together, togetherWeight, touchedTogether, basketSizes, ahead } = into
  const last = index.start[anchor + 1] as number
  let touched = 0
  for (let from = index.start[anchor] as number; from < last; from += AHEAD) {
    const count = Math.min(AHEAD, last - from)
    lookAhead(history, index, from, count, ahead)
    for (let a = 0; a < count; a++) {
      const begin = ahead.begin[a] as number
      const end = ahead.end[a] as number
      const weight = orderWeight[ahead.order[a] as number] as number
      addSize(basketSizes, end - begin - 1)
      for (let i = begin; i < end; i++) {
        const rank = lineRank[i] as number
        const before = together[rank] as number
        if (before === 0) touchedTogether[touched++] = rank
        together[rank] = before + 1
        togetherWeight[rank] = (togetherWeight[rank] as number) + weight
      }
    }
  }
  walk.together = touched
}

/**
 * Reads where the next orders lie, and the start of each, all at once: orders of one anchor lie far apart, and a core
 * waits for many distant reads at the same time about as long as for one.
 */
function lookAhead(
  history: HistoryColumns,
  index: PairIndex,
  from: number,
  count: number,
  ahead: Ahead,
): void {
  const { orderStart, orderWeight, lineRank } = history
  const { order, begin, end } = ahead
  let read = 0
  for (let a = 0; a < count; a++) order[a] = (index.entry[from + a] as number) >>> 1
  for (let a = 0; a < count; a++) {
    const o = order[a] as number
    begin[a] = orderStart[o] as number
    end[a] = orderStart[o + 1] as number
    read += orderWeight[o] as number
  }
  for (let a = 0; a < count; a++) read += lineRank[begin[a] as number] as number
  ahead.read = read
}

/** What the anchor's customers first bought in the window after they first bought the anchor; and who came back. */
function walkLater(
  { history, index, settings }: AnchorRange,
  into: Accumulators,
  anchor: number,
  walk: Walk,
): void {
  const { orderCount, orderCustomer, orderDay, lastDay } = history
  const { windowDays } = settings
  const last = index.start[anchor + 1] as number
  let firstDay = 0
  let counted = true
  walk.later = 0
  walk.followed = 0
  walk.repeats = 0
  const begin = index.start[anchor] as number
  for (let e = begin; e < last; e++) {
    if ((e - begin) % AHEAD === 0) lookFurther(history, index, e, Math.min(AHEAD, last - e), into.ahead)
    const entry = index.entry[e] as number
    const order = entry >>> 1
    const day = orderDay[order] as number
    if ((entry & 1) === 0) {
      if (!counted && day !== firstDay && orderCustomer[order] !== GUEST) {
        counted = true
        walk.repeats += 1
      }
      continue
    }
    firstDay = day
    counted = false
    const customer = orderCustomer[order] as number
    const followed = day + windowDays <= lastDay
    if (followed) walk.followed += 1
    let first = order + 1
    while (first < orderCount && orderCustomer[first] === customer && orderDay[first] === day) first++
    let behind = first
    while (
      behind < orderCount &&
      orderCustomer[behind] === customer &&
      (orderDay[behind] as number) - day <= windowDays
    )
      behind++
    if (behind > first) addFirstPurchases(history, into, walk, first, behind, followed)
  }
}

/** The same for the order that follows each of the next ones: mostly its customer's next. */
function lookFurther(
  { orderCustomer, orderDay, orderFirsts, orderStart, lineRank }: HistoryColumns,
  index: PairIndex,
  from: number,
  count: number,
  ahead: Ahead,
): void {
  let read = 0
  for (let e = from; e < from + count; e++) {
    const order = (index.entry[e] as number) >>> 1
    read += (orderCustomer[order] as number) + (orderDay[order] as number) + (orderFirsts[order] as number)
    const next = orderStart[order + 1] as number
    if (next < lineRank.length) read += lineRank[next] as number
  }
  ahead.read = read
}

function addFirstPurchases(
  { orderStart, orderFirsts, lineRank }: HistoryColumns,
  { laterFollowed, laterOpen, touchedLater, laterSizes }: Accumulators,
  walk: Walk,
  first: number,
  behind: number,
  followed: boolean,
): void {
  const counts = followed ? laterFollowed : laterOpen
  const others = followed ? laterOpen : laterFollowed
  let touched = walk.later
  let bought = 0
  for (let order = first; order < behind; order++) {
    const begin = orderStart[order] as number
    const end = begin + (orderFirsts[order] as number)
    bought += end - begin
    for (let i = begin; i < end; i++) {
      const rank = lineRank[i] as number
      const before = counts[rank] as number
      if (before === 0 && others[rank] === 0) touchedLater[touched++] = rank
      counts[rank] = before + 1
    }
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

/** Writes the union of the two lists, best first: by the score of the same order, then by that of later ones. */
function writeChosen(
  range: AnchorRange,
  from: Accumulators,
  anchor: number,
  pairs: PairColumns,
  at: number,
): number {
  const { index, history } = range
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
    pairs.expectedTogether[row] = expectedCount(basketSizes, orders / lines)
    pairs.later[row] = followed + (laterOpen[addOn] as number)
    pairs.laterFollowed[row] = followed
    pairs.expectedLater[row] = expectedCount(
      laterSizes,
      (index.customers[addOn] as number) / index.firstPurchases,
    )
    row++
  }
  return row
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

function withRoom(pairs: PairColumns, kept: number, needed: number): PairColumns {
  const larger = allocatePairs(Math.max(needed, Math.ceil(kept * 1.5)))
  copyPairs(larger, 0, { ...pairs, pairCount: kept })
  return larger
}

function clear(accumulators: Accumulators, walk: Walk): void {
  const { together, togetherWeight, laterFollowed, laterOpen, touchedTogether, touchedLater } = accumulators
  for (let t = 0; t < walk.together; t++) {
    const rank = touchedTogether[t] as number
    together[rank] = 0
    togetherWeight[rank] = 0
  }
  for (let t = 0; t < walk.later; t++) {
    const rank = touchedLater[t] as number
    laterFollowed[rank] = 0
    laterOpen[rank] = 0
  }
  clearSizes(accumulators.basketSizes)
  clearSizes(accumulators.laterSizes)
  accumulators.topTogether.size = 0
  accumulators.topLater.size = 0
}

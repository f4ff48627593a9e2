// When was a pair bought together far more often than else? Two products that stand in one newsletter, on one shelf or in
// one sale meet in the orders of those days, and no other order of these customers says otherwise; what belongs
// together is bought together all year. So each pair is judged without its busiest days, where these surely stand out.
// Comes in: pairs of product numbers, and orders with their days, in any sequence. Goes out: per pair up to eight days
// in a row, or null. A season of two months loses its best eight days, and an add-on that is bought with its anchor on
// these days as often as on others loses nothing: what counts is the share of the anchor's orders that hold both, from the
// first order of the add-on to its last. What was launched within the eight days has no others to be held against.

import { surestLift } from '../stats/shrunk-lift.ts'
import { SUREST_LIFT_MIN } from './label-relation.ts'
import type { ProductPairs } from './within-customers.ts'

/** Newsletters and sales last a week or less; on whichever day it begins, four stretches hold all of it. */
const STRETCH_DAYS = 2
const STRETCHES = 4

/** Days since 1970-01-01, both included. */
export type DaySpan = { readonly fromDay: number; readonly toDay: number }
/** Up to eight days, and how many of the orders with both are of them. */
export type Campaign = DaySpan & { readonly orders: number }

/** 64 MB of counts, twice where each pair has an anchor of its own. */
const CELLS_MAX = 16 * 2 ** 20

/** How many pairs may be counted in one walk; a longer list takes several. */
export function pairsAtOnce({ fromDay, toDay }: DaySpan): number {
  return Math.max(1, Math.floor((CELLS_MAX * STRETCH_DAYS) / (toDay - fromDay + STRETCH_DAYS)))
}

export type CampaignCount = {
  addOrder(products: ArrayLike<number>, from: number, to: number, day: number): void
  of(pair: number): Campaign | null
}

export function openCampaignCount(
  productCount: number,
  pairs: ProductPairs,
  history: DaySpan,
): CampaignCount {
  const stretches = Math.floor((history.toDay - history.fromDay) / STRETCH_DAYS) + 1
  const stretchOf = (day: number): number => Math.floor((day - history.fromDay) / STRETCH_DAYS)
  const { anchors, pairsOf } = byAnchor(productCount, pairs)
  const orders = new Uint32Array(pairsOf.length * stretches)
  const together = new Uint32Array(pairs.anchor.length * stretches)
  /** Per product, the last order that held it, numbered from 1. */
  const heldBy = new Uint32Array(productCount)
  /** Per product, the first stretch in which it was sold, and the one after the last. */
  const soldFrom = new Uint32Array(productCount).fill(stretches)
  const soldTo = new Uint32Array(productCount)
  let order = 0

  return {
    addOrder(products, from, to, day) {
      order += 1
      const stretch = stretchOf(day)
      for (let at = from; at < to; at++) {
        const product = products[at] as number
        heldBy[product] = order
        soldFrom[product] = Math.min(stretch, soldFrom[product] as number)
        soldTo[product] = Math.max(stretch + 1, soldTo[product] as number)
      }
      for (let at = from; at < to; at++) {
        const anchor = anchors[products[at] as number] as number
        if (anchor < 0) continue
        add(orders, anchor * stretches + stretch)
        for (const pair of pairsOf[anchor] ?? [])
          if (heldBy[pairs.addOn[pair] as number] === order) add(together, pair * stretches + stretch)
      }
    },
    of(pair) {
      const anchor = anchors[pairs.anchor[pair] as number] as number
      const addOn = pairs.addOn[pair] as number
      const [from, to] = [soldFrom[addOn] as number, soldTo[addOn] as number]
      const found = busiest(
        together.subarray(pair * stretches + from, pair * stretches + to),
        orders.subarray(anchor * stretches + from, anchor * stretches + to),
      )
      if (found === null) return null
      const fromDay = history.fromDay + (from + found.stretch) * STRETCH_DAYS
      return {
        fromDay,
        toDay: Math.min(history.toDay, fromDay + STRETCHES * STRETCH_DAYS - 1),
        orders: found.seen,
      }
    },
  }
}

/** The stretch that, with the three after it, has most beyond what the share of all other days makes expect. */
function busiest(
  together: Uint32Array,
  orders: Uint32Array,
): { readonly stretch: number; readonly seen: number } | null {
  const allTogether = sum(together, 0, together.length)
  const allOrders = sum(orders, 0, orders.length)
  let found: { readonly stretch: number; readonly seen: number; readonly expected: number } | null = null
  let most = 0
  for (let stretch = 0; stretch < together.length; stretch++) {
    const seen = sum(together, stretch, stretch + STRETCHES)
    const held = sum(orders, stretch, stretch + STRETCHES)
    const others = allOrders - held
    if (seen === 0 || others === 0) continue
    const expected = ((allTogether - seen) / others) * held
    const surplus = (seen - expected) / Math.sqrt(expected + 1)
    if (surplus <= most) continue
    most = surplus
    found = { stretch, seen, expected }
  }
  return found !== null && surestLift(found.seen, found.expected) > SUREST_LIFT_MIN ? found : null
}

function byAnchor(
  productCount: number,
  { anchor }: ProductPairs,
): { readonly anchors: Int32Array; readonly pairsOf: readonly (readonly number[])[] } {
  const anchors = new Int32Array(productCount).fill(-1)
  const pairsOf: number[][] = []
  for (let pair = 0; pair < anchor.length; pair++) {
    const product = anchor[pair] as number
    const known = anchors[product] as number
    if (known >= 0) pairsOf[known]?.push(pair)
    else anchors[product] = pairsOf.push([pair]) - 1
  }
  return { anchors, pairsOf }
}

function add(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1
}

function sum(counts: Uint32Array, from: number, to: number): number {
  let total = 0
  for (let at = from; at < Math.min(to, counts.length); at++) total += counts[at] as number
  return total
}

// What customers first bought after what: the days between the two first purchases of a pair, both ways round; how many
// customers would have taken the add-on by the popularity of each week; and what else they had just bought. Comes in: pairs
// with their lifts, and a way to walk the first purchases of known customers, customer by customer, oldest first, as
// often as needed. Goes out: columns by place in the list of pairs (time-next-steps.ts judges by them).
//
// By the week, since popularity over all years sees neither launches nor seasons: what was launched late follows all that
// was sold before, and what is bought for Christmas follows what is bought in autumn. In prescription sequence analysis
// this is the null-effect ratio (Hallas 1996).

import type { OwnOrdersVisit } from './ask-own-orders.ts'
import type { DaySpan } from './find-campaigns.ts'
import type { Gaps } from './time-next-steps.ts'
import type { ProductPairs } from './within-customers.ts'

const WEEK = 7

export type FirstPurchases = {
  readonly productCount: number
  readonly span: DaySpan
  /** Orders without a first purchase may be left out. */
  readonly walk: (visit: OwnOrdersVisit) => void
}

/** How much more often than by chance the add-on follows its anchor: by the counts, and at the very least. */
export type TimedPairs = ProductPairs & {
  readonly lift: ArrayLike<number>
  readonly surestLift: ArrayLike<number>
}

export type GapColumns = {
  /** A histogram per pair, one behind the other: customers by days between the two first purchases, from 0 to the window. */
  readonly later: Uint32Array
  readonly earlier: Uint32Array
  /** By pair: customers of `later` to whom another anchor of the add-on, with a surely larger lift, speaks as well. */
  readonly explained: Uint32Array
  /** By pair: what the first histogram would hold by the popularity of each week. */
  readonly expected: Float64Array
}

/** From the product that came first to one that may follow: the pair of this order, and that of the other; -1 for none. */
type Watched = { later: number; earlier: number }

/** A customer's first purchases, by day; the lists are used again for the next customer. */
type Firsts = { readonly products: number[]; readonly days: number[] }

export function followFirsts(firsts: FirstPurchases, pairs: TimedPairs, windowDays: number): GapColumns {
  const pairCount = pairs.anchor.length
  const columns = {
    later: new Uint32Array(pairCount * (windowDays + 1)),
    earlier: new Uint32Array(pairCount * (windowDays + 1)),
    explained: new Uint32Array(pairCount),
    expected: new Float64Array(pairCount),
  }
  if (pairCount === 0) return columns
  const followers = watchPairs(firsts.productCount, pairs)
  const weeks = openWeeks(firsts, pairs, windowDays)
  eachCustomer(firsts, (own) => {
    weeks.add(own)
    addGaps(watchedOf(own, followers), { columns, followers, pairs, windowDays })
  })
  for (let pair = 0; pair < pairCount; pair++) columns.expected[pair] = weeks.expected(pair)
  return columns
}

export function gapsOf(columns: GapColumns, pair: number, windowDays: number): Gaps {
  const [from, to] = [pair * (windowDays + 1), (pair + 1) * (windowDays + 1)]
  return {
    later: columns.later.subarray(from, to),
    earlier: columns.earlier.subarray(from, to),
    explained: columns.explained[pair] as number,
    expected: columns.expected[pair] as number,
  }
}

type Following = {
  readonly columns: GapColumns
  readonly followers: Followers
  readonly pairs: TimedPairs
  readonly windowDays: number
}

function addGaps({ products, days }: Firsts, { columns, followers, pairs, windowDays }: Following): void {
  for (let place = 1; place < products.length; place++) {
    const followed: number[] = []
    for (let first = place - 1; first >= 0; first--) {
      const gap = (days[place] ?? 0) - (days[first] ?? 0)
      if (gap > windowDays) break
      const watched = followers[products[first] ?? -1]?.get(products[place] ?? -1)
      if (gap === 0 || watched === undefined) continue
      if (watched.earlier >= 0) add(columns.earlier, watched.earlier * (windowDays + 1) + gap, 1)
      if (watched.later < 0) continue
      add(columns.later, watched.later * (windowDays + 1) + gap, 1)
      followed.push(watched.later)
    }
    const most = followed.reduce((lift, pair) => Math.max(lift, pairs.surestLift[pair] ?? 0), 0)
    for (const pair of followed) if ((pairs.lift[pair] ?? 0) < most) add(columns.explained, pair, 1)
  }
}

/** Sums by week, from which the expected customers of a pair follow. */
function openWeeks({ productCount, span }: FirstPurchases, pairs: ProductPairs, windowDays: number) {
  const weeks = Math.floor((span.toDay - span.fromDay) / WEEK) + 1
  const weekOf = (day: number): number => Math.floor((day - span.fromDay) / WEEK)
  const anchors = numberProducts(productCount, pairs.anchor)
  const addOns = numberProducts(productCount, pairs.addOn)
  /** By anchor and week: what its customers first bought in the window after it. */
  const after = new Float64Array(anchors.count * weeks)
  const sold = new Float64Array(addOns.count * weeks)
  const all = new Float64Array(weeks)
  return {
    add({ products, days }: Firsts): void {
      for (let begin = 0, end = 0; begin < products.length; begin = end) {
        const day = days[begin] as number
        while (end < products.length && days[end] === day) end += 1
        const week = weekOf(day)
        add(all, week, end - begin)
        for (let at = begin; at < end; at++) {
          const product = products[at] as number
          const addOn = addOns.of[product] as number
          if (addOn >= 0) add(sold, addOn * weeks + week, 1)
        }
        for (let first = begin - 1; first >= 0 && day - (days[first] as number) <= windowDays; first--) {
          const anchor = anchors.of[products[first] as number] as number
          if (anchor >= 0) add(after, anchor * weeks + week, end - begin)
        }
      }
    },
    expected(pair: number): number {
      const anchor = (anchors.of[pairs.anchor[pair] as number] as number) * weeks
      const addOn = (addOns.of[pairs.addOn[pair] as number] as number) * weeks
      let sum = 0
      for (let week = 0; week < weeks; week++) {
        const share = (sold[addOn + week] as number) / Math.max(1, all[week] as number)
        sum += (after[anchor + week] as number) * share
      }
      return sum
    },
  }
}

/** What no pair names is most of what a customer buys. */
function watchedOf({ products, days }: Firsts, followers: Followers): Firsts {
  const watched: Firsts = { products: [], days: [] }
  for (const [place, product] of products.entries()) {
    if (followers[product] === undefined) continue
    watched.products.push(product)
    watched.days.push(days[place] as number)
  }
  return watched
}

type Followers = readonly (ReadonlyMap<number, Watched> | undefined)[]

/** By the product that came first. */
function watchPairs(productCount: number, { anchor, addOn }: ProductPairs): Followers {
  const followers: (Map<number, Watched> | undefined)[] = new Array(productCount).fill(undefined)
  const watch = (first: number, second: number): Watched => {
    const seconds = followers[first] ?? new Map<number, Watched>()
    followers[first] = seconds
    const watched = seconds.get(second) ?? { later: -1, earlier: -1 }
    seconds.set(second, watched)
    return watched
  }
  for (let pair = 0; pair < anchor.length; pair++) {
    const [x, y] = [anchor[pair] as number, addOn[pair] as number]
    if (x === y) continue
    watch(x, y).later = pair
    watch(y, x).earlier = pair
  }
  return followers
}

/** Gives the products that occur numbers from 0 on; -1 stands for the others. */
function numberProducts(
  productCount: number,
  products: ArrayLike<number>,
): { readonly of: Int32Array; readonly count: number } {
  const of = new Int32Array(productCount).fill(-1)
  let count = 0
  for (let place = 0; place < products.length; place++) {
    const product = products[place] as number
    if (of[product] === -1) of[product] = count++
  }
  return { of, count }
}

function eachCustomer({ walk }: FirstPurchases, visit: (own: Firsts) => void): void {
  const own: Firsts = { products: [], days: [] }
  walk({
    order(products, from, to, day) {
      for (let at = from; at < to; at++) {
        own.products.push(products[at] as number)
        own.days.push(day)
      }
    },
    endCustomer() {
      visit(own)
      own.products.length = 0
      own.days.length = 0
    },
  })
}

function add(sums: Uint32Array | Float64Array, at: number, amount: number): void {
  sums[at] = (sums[at] as number) + amount
}

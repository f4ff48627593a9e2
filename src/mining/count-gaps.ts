// How many days lie between the first purchase of one product and that of another? Goes in: the history's columns and the
// pairs to time, few beside all that were counted. Comes out: for each pair, both ways round, customers by gap. A walk of
// its own over each customer's first purchases, so that counting does not carry a histogram for every pair.

import type { ProductPairs } from '../next/within-customers.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export type GapsRequest = {
  readonly history: HistoryColumns
  readonly pairs: ProductPairs
  readonly windowDays: number
}

/** A histogram per pair, one behind the other: customers by days between the two first purchases, from 0 to the window. */
export type GapColumns = { readonly later: Uint32Array; readonly earlier: Uint32Array }

export const countGapsJob: Job<GapsRequest, GapColumns> = {
  module: new URL(import.meta.url),
  exportName: 'countGaps',
}

export function countGaps({ history, pairs, windowDays }: GapsRequest): GapColumns {
  const columns = {
    later: new Uint32Array(pairs.anchor.length * (windowDays + 1)),
    earlier: new Uint32Array(pairs.anchor.length * (windowDays + 1)),
  }
  // From the product that came first to those that may follow, each with the histograms that its gap belongs to.
  const followers: (Map<number, Uint32Array[]> | undefined)[] = new Array(history.productCount).fill(
    undefined,
  )
  const watch = (first: number, second: number, histogram: Uint32Array): void => {
    const seconds = followers[first] ?? new Map<number, Uint32Array[]>()
    followers[first] = seconds
    seconds.set(second, [...(seconds.get(second) ?? []), histogram])
  }
  for (let pair = 0; pair < pairs.anchor.length; pair++) {
    const own = gapsOf(columns, pair, windowDays)
    const x = history.rankOf[pairs.anchor[pair] as number] as number
    const y = history.rankOf[pairs.addOn[pair] as number] as number
    if (x === y) continue
    watch(x, y, own.later)
    watch(y, x, own.earlier)
  }
  const isWatched = Uint8Array.from(followers, (seconds) => (seconds === undefined ? 0 : 1))
  eachCustomer(history, isWatched, (ranks, days) => {
    for (let place = 0; place < ranks.length; place++) {
      const seconds = followers[ranks[place] as number]
      if (seconds !== undefined) addGaps(seconds, ranks, days, place, windowDays)
    }
  })
  return columns
}

export function gapsOf({ later, earlier }: GapColumns, pair: number, windowDays: number): GapColumns {
  const [from, to] = [pair * (windowDays + 1), (pair + 1) * (windowDays + 1)]
  return { later: later.subarray(from, to), earlier: earlier.subarray(from, to) }
}

function addGaps(
  seconds: ReadonlyMap<number, readonly Uint32Array[]>,
  ranks: readonly number[],
  days: readonly number[],
  place: number,
  windowDays: number,
): void {
  const since = days[place] ?? 0
  for (let next = place + 1; next < ranks.length; next++) {
    const gap = (days[next] ?? 0) - since
    if (gap > windowDays) return
    if (gap === 0) continue
    for (const histogram of seconds.get(ranks[next] ?? -1) ?? []) histogram[gap] = (histogram[gap] ?? 0) + 1
  }
}

/** Each known customer's first purchases of what is watched, by day; the arrays are used again for the next customer. */
function eachCustomer(
  history: HistoryColumns,
  isWatched: Uint8Array,
  visit: (ranks: readonly number[], days: readonly number[]) => void,
): void {
  const ranks: number[] = []
  const days: number[] = []
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd }) => {
    if (opens) {
      visit(ranks, days)
      ranks.length = 0
      days.length = 0
    }
    for (let i = begin; i < firstsEnd; i++) {
      const rank = history.records[i] as number
      if (isWatched[rank] === 0) continue
      ranks.push(rank)
      days.push(day)
    }
  })
  visit(ranks, days)
}

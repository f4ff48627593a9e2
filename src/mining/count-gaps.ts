// How many days lie between the first purchase of one product and that of another? Goes in: the history's columns and the
// pairs to time, few beside all that were counted. Comes out: for each pair, both ways round, customers by gap. A walk of
// its own over each customer's first purchases, so that counting does not carry a histogram for every pair.

import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export type TimedPair = { readonly anchor: number; readonly addOn: number }

export type PairGaps = {
  /** Customers by days from the first purchase of the anchor to that of the add-on; index 0 stays empty. */
  readonly later: Uint32Array
  /** The same from the add-on to the anchor. */
  readonly earlier: Uint32Array
}

export function countGaps(
  history: HistoryColumns,
  pairs: readonly TimedPair[],
  windowDays: number,
): readonly PairGaps[] {
  const gaps = pairs.map(() => ({
    later: new Uint32Array(windowDays + 1),
    earlier: new Uint32Array(windowDays + 1),
  }))
  // From the product that came first to those that may follow, each with the histogram that its gap belongs to.
  const followers = new Map<number, Map<number, Uint32Array[]>>()
  const watch = (first: number, second: number, histogram: Uint32Array): void => {
    const seconds = followers.get(first) ?? new Map<number, Uint32Array[]>()
    followers.set(first, seconds)
    seconds.set(second, [...(seconds.get(second) ?? []), histogram])
  }
  for (const [place, { anchor, addOn }] of pairs.entries()) {
    const own = gaps[place]
    const [x, y] = [history.rankOf[anchor] ?? 0, history.rankOf[addOn] ?? 0]
    if (own === undefined || x === y) continue
    watch(x, y, own.later)
    watch(y, x, own.earlier)
  }
  eachCustomer(history, (ranks, days) => {
    for (const [place, rank] of ranks.entries()) {
      const seconds = followers.get(rank)
      if (seconds !== undefined) addGaps(seconds, ranks, days, place, windowDays)
    }
  })
  return gaps
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

/** Each known customer's first purchases, in the sequence of their days; the arrays are used again for the next. */
function eachCustomer(
  history: HistoryColumns,
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
      ranks.push(history.records[i] as number)
      days.push(day)
    }
  })
  visit(ranks, days)
}

// How did pairs do of late (src/next/fade.ts)? Goes in: the history's columns and the pairs to ask for, few beside all that
// were counted. Comes out: for a row, orders with its anchor and orders with both, in the last 90 days and in the last
// year. A walk over the orders of one year, so that counting does not carry two more columns through all of them.

import { LATELY_DAYS, type Lately, YEAR_DAYS } from '../next/fade.ts'
import type { Job } from '../ports/parallel.ts'
import { eachRecord, firstDayOf } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'
import type { PairColumns } from './pair-columns.ts'

export type LatelyRequest = {
  readonly history: HistoryColumns
  readonly pairs: Pick<PairColumns, 'pairCount' | 'anchor' | 'addOn'>
}

/** By row. */
export type LatelyColumns = { readonly [Field in keyof Lately]: Uint32Array }

export const countLatelyJob: Job<LatelyRequest, LatelyColumns | null> = {
  module: new URL(import.meta.url),
  exportName: 'countLately',
}

/** `null` while the history is no longer than a year: there is no before to compare with. */
export function countLately({ history, pairs }: LatelyRequest): LatelyColumns | null {
  const { records, lastDay, productCount, rankOf } = history
  const [sinceYear, sinceLately] = [lastDay - YEAR_DAYS, lastDay - LATELY_DAYS]
  if (firstDayOf(history) > sinceYear) return null
  const rows = rowsByRank(history, pairs)
  const addOnRank = Uint32Array.from(pairs.addOn.subarray(0, pairs.pairCount), (addOn) => rankOf[addOn] ?? 0)
  const together = new Uint32Array(pairs.pairCount)
  const togetherInYear = new Uint32Array(pairs.pairCount)
  const orders = new Uint32Array(productCount)
  const ordersInYear = new Uint32Array(productCount)
  /** Per rank, the last order that held it, numbered from 1. */
  const heldBy = new Uint32Array(productCount)
  let order = 0
  eachRecord(history, ({ day, begin, end }) => {
    if (day <= sinceYear) return
    order += 1
    const late = day > sinceLately ? 1 : 0
    for (let i = begin; i < end; i++) heldBy[records[i] as number] = order
    for (let i = begin; i < end; i++) {
      const rank = records[i] as number
      ordersInYear[rank] = (ordersInYear[rank] as number) + 1
      orders[rank] = (orders[rank] as number) + late
      const last = rows[rank + 1] as number
      for (let row = rows[rank] as number; row < last; row++) {
        if (heldBy[addOnRank[row] as number] !== order) continue
        togetherInYear[row] = (togetherInYear[row] as number) + 1
        together[row] = (together[row] as number) + late
      }
    }
  })
  const ofAnchor = (counts: Uint32Array): Uint32Array =>
    Uint32Array.from(together, (_, row) => counts[rankOf[pairs.anchor[row] as number] as number] as number)
  return { orders: ofAnchor(orders), together, ordersInYear: ofAnchor(ordersInYear), togetherInYear }
}

export function latelyOf(columns: LatelyColumns, row: number): Lately {
  return {
    orders: columns.orders[row] as number,
    together: columns.together[row] as number,
    ordersInYear: columns.ordersInYear[row] as number,
    togetherInYear: columns.togetherInYear[row] as number,
  }
}

/** The rows of the anchor with rank `r` are `starts[r]` to `starts[r + 1] - 1`: pairs stand by rank of their anchor. */
function rowsByRank(
  { productCount, rankOf }: HistoryColumns,
  { pairCount, anchor }: Pick<PairColumns, 'pairCount' | 'anchor'>,
): Uint32Array {
  const starts = new Uint32Array(productCount + 1)
  for (let row = 0; row < pairCount; row++) {
    const rank = rankOf[anchor[row] as number] as number
    starts[rank + 1] = (starts[rank + 1] as number) + 1
  }
  for (let rank = 0; rank < productCount; rank++)
    starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number)
  return starts
}

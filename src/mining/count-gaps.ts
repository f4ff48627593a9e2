// What customers first bought after what (src/next/follow-firsts.ts), from the columns that the kernel counts. Goes in: the
// columns and the pairs to time, few beside all that were counted. A walk of its own over each customer's first
// purchases, so that counting does not carry a histogram for every pair.

import { followFirsts, type GapColumns, type TimedPairs } from '../next/follow-firsts.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord, firstDayOf } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export type GapsRequest = {
  readonly history: HistoryColumns
  readonly pairs: TimedPairs
  readonly windowDays: number
}

export const countGapsJob: Job<GapsRequest, GapColumns> = {
  module: new URL(import.meta.url),
  exportName: 'countGaps',
}

export function countGaps({ history, pairs, windowDays }: GapsRequest): GapColumns {
  const { records, rankOf, productCount, lastDay } = history
  const ranked = (products: ArrayLike<number>): Uint32Array =>
    Uint32Array.from(products, (product) => rankOf[product] as number)
  return followFirsts(
    {
      productCount,
      span: { fromDay: firstDayOf(history), toDay: lastDay },
      walk({ order, endCustomer }) {
        eachKnownRecord(history, ({ opens, day, begin, firstsEnd }) => {
          if (opens) endCustomer()
          order(records, begin, firstsEnd, day)
        })
        endCustomer()
      },
    },
    { ...pairs, anchor: ranked(pairs.anchor), addOn: ranked(pairs.addOn) },
    windowDays,
  )
}

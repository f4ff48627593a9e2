// Orders of each product by calendar month (src/next/season.ts), from the columns that the kernel counts.

import { type MonthCount, openMonthCount } from '../next/season.ts'
import { eachRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

/** Asked by product number. */
export function countMonths(history: HistoryColumns): MonthCount {
  const { records, productCount, rankOf } = history
  const byRank = openMonthCount(productCount)
  eachRecord(history, ({ day, begin, end }) => byRank.add(day, records, begin, end))
  return { ...byRank, ordersOf: (product, month) => byRank.ordersOf(rankOf[product] as number, month) }
}

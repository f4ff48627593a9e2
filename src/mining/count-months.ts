// Orders of each product by calendar month (src/next/season.ts), from the columns that the kernel counts.

import { type MonthCount, openMonthCount } from '../next/season.ts'
import { type HistoryColumns, RECORD } from './history-columns.ts'

/** Asked by product number. */
export function countMonths({ records, productCount, rankOf }: HistoryColumns): MonthCount {
  const byRank = openMonthCount(productCount)
  for (let at = 0; at < records.length; ) {
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] as number)
    // Days are signed, the words of a record are not.
    byRank.add((records[at + RECORD.day] as number) | 0, records, begin, end)
    at = end
  }
  return { ...byRank, ordersOf: (product, month) => byRank.ordersOf(rankOf[product] as number, month) }
}

// Orders of each product by calendar month, and the seasons that they show (src/next/season.ts), from the columns that
// the kernel counts.

import type { Season } from '../domain/plan.ts'
import { findSeasons, openMonthCount, type SeasonalProduct } from '../next/season.ts'
import type { Job } from '../ports/parallel.ts'
import { eachRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

type Sold = { readonly history: HistoryColumns; readonly products: readonly SeasonalProduct[] }

export const countSeasonsJob: Job<Sold, readonly (Season | null)[]> = {
  module: new URL(import.meta.url),
  exportName: 'countSeasons',
}

/** Goes in and comes out by product number. */
export function countSeasons({ history, products }: Sold): readonly (Season | null)[] {
  const { records, productCount, rankOf } = history
  const byRank = openMonthCount(productCount)
  eachRecord(history, ({ day, begin, end }) => byRank.add(day, records, begin, end))
  const ordersOf = (product: number, month: number) => byRank.ordersOf(rankOf[product] as number, month)
  return findSeasons({ ...byRank, ordersOf }, products)
}

// What customers who come back take up for the first time lately (src/next/taken-up.ts), from the columns that the kernel
// counts: they stand by customer and day, with each order's first purchases in front. Goes out: a share per product.

import { openTakenUpCount } from '../next/taken-up.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export const countTakenUpJob: Job<HistoryColumns, Float64Array> = {
  module: new URL(import.meta.url),
  exportName: 'countTakenUp',
}

export function countTakenUp(history: HistoryColumns): Float64Array {
  const { records, lastDay, productCount, rankOf } = history
  const count = openTakenUpCount(lastDay)
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd }) => {
    if (!opens) count.add(day, records.subarray(begin, firstsEnd))
  })
  return Float64Array.from({ length: productCount }, (_, product) => count.share(rankOf[product] as number))
}

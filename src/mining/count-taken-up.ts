// What customers who come back take up for the first time lately (src/next/taken-up.ts), from the columns that the kernel
// counts: they stand by customer and day, with each order's first purchases in front. Goes out: a share per product.

import { openTakenUpCount } from '../next/taken-up.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export function countTakenUp({ records, lastDay, productCount, rankOf }: HistoryColumns): Float64Array {
  const count = openTakenUpCount(lastDay)
  let customer = GUEST
  for (let at = 0; at < records.length; ) {
    const owner = records[at + RECORD.customer] as number
    const begin = at + RECORD.ranks
    if (owner !== GUEST && owner === customer) {
      // Days are signed, the words of a record are not.
      const day = (records[at + RECORD.day] as number) | 0
      count.add(day, Array.from(records.subarray(begin, begin + (records[at + RECORD.firsts] as number))))
    }
    customer = owner
    at = begin + (records[at + RECORD.size] as number)
  }
  return Float64Array.from({ length: productCount }, (_, product) => count.share(rankOf[product] as number))
}

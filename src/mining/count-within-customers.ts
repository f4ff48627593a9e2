// Where customers who bought both of two products first took the add-on (src/next/within-customers.ts), from the columns
// that the kernel counts: they stand by customer and day. Goes in: the columns and the pairs to ask for, few beside all
// that were counted. A walk of its own, linear in the lines and in the pairs of each anchor that a customer bought.

import { openWithinCount, type ProductPairs, type WithinCount } from '../next/within-customers.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export function countWithinCustomers(history: HistoryColumns, pairs: ProductPairs): Pick<WithinCount, 'of'> {
  const { records, rankOf, productCount } = history
  const ranked = (products: ArrayLike<number>): Uint32Array =>
    Uint32Array.from(products, (product) => rankOf[product] as number)
  const count = openWithinCount(productCount, { anchor: ranked(pairs.anchor), addOn: ranked(pairs.addOn) })
  eachKnownRecord(history, ({ opens, begin, end }) => {
    if (opens) count.endCustomer()
    count.addOrder(records, begin, end)
  })
  count.endCustomer()
  return count
}

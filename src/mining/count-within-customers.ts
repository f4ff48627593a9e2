// Where customers who bought both of two products first took the add-on (src/next/within-customers.ts), from the columns
// that the kernel counts: they stand by customer and day. Goes in: the columns and the pairs to ask for, few beside all
// that were counted. A walk of its own, linear in the lines and in the pairs of each anchor that a customer bought.

import { standsOut } from '../next/label-relation.ts'
import {
  NOBODY_CHOSE,
  openWithinCount,
  type ProductPairs,
  type WithinCount,
  type WithinCustomers,
} from '../next/within-customers.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'
import type { PairColumns } from './pair-columns.ts'

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

/** By row of the counted pairs; rows that popularity explains are not asked for. */
export function withinCandidates(
  history: HistoryColumns,
  pairs: PairColumns,
): (row: number) => WithinCustomers {
  const asked = new Map<number, number>()
  for (let row = 0; row < pairs.pairCount; row++) {
    const proving = (pairs.together[row] as number) - (pairs.bulk[row] as number)
    if (standsOut(proving, pairs.expectedTogether[row] as number)) asked.set(row, asked.size)
  }
  const counts = countWithinCustomers(history, {
    anchor: Uint32Array.from(asked.keys(), (row) => pairs.anchor[row] as number),
    addOn: Uint32Array.from(asked.keys(), (row) => pairs.addOn[row] as number),
  })
  return (row) => {
    const pair = asked.get(row)
    return pair === undefined ? NOBODY_CHOSE : counts.of(pair)
  }
}

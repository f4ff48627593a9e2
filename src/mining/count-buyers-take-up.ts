// What buyers of each product take up lately (src/next/buyers-take-up.ts), from the columns that the kernel counts: they
// stand by customer and day, with each order's first purchases in front. Goes out: a list per product, by product number.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { type BuyerOrder, nameTakeUp, openBuyersTakeUp } from '../next/buyers-take-up.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export function countBuyersTakeUp({
  records,
  lastDay,
  productCount,
  productOf,
  rankOf,
}: HistoryColumns): (product: number) => BuyersTakeUp<number> | null {
  const count = openBuyersTakeUp(productCount, lastDay)
  let orders: BuyerOrder[] = []
  let customer = GUEST
  for (let at = 0; at < records.length; ) {
    const owner = records[at + RECORD.customer] as number
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] as number)
    if (owner !== customer) {
      count.add(orders)
      orders = []
      customer = owner
    }
    if (owner === GUEST) break
    orders.push({
      // Days are signed, the words of a record are not.
      day: (records[at + RECORD.day] as number) | 0,
      products: records.subarray(begin, end),
      firsts: records[at + RECORD.firsts] as number,
    })
    at = end
  }
  count.add(orders)
  return (product) => nameTakeUp(count.of(rankOf[product] as number), (rank) => productOf[rank] as number)
}

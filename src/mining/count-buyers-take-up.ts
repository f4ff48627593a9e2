// What buyers of each product take up lately (src/next/buyers-take-up.ts), from the columns that the kernel counts: they
// stand by customer and day, with each order's first purchases in front. Goes out: a list per product, by product number.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { type BuyerOrder, nameTakeUp, openBuyersTakeUp } from '../next/buyers-take-up.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export function countBuyersTakeUp(history: HistoryColumns): (product: number) => BuyersTakeUp<number> | null {
  const { lastDay, productCount, productOf, rankOf } = history
  const listOf = openBuyersTakeUp(productCount, lastDay, (visit) => eachBuyer(history, visit))
  return (product) => nameTakeUp(listOf(rankOf[product] as number), (rank) => productOf[rank] as number)
}

function eachBuyer({ records }: HistoryColumns, visit: (orders: readonly BuyerOrder[]) => void): void {
  let orders: BuyerOrder[] = []
  let customer = GUEST
  for (let at = 0; at < records.length; ) {
    const owner = records[at + RECORD.customer] as number
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] as number)
    if (owner !== customer) {
      if (orders.length > 0) visit(orders)
      orders = []
      customer = owner
    }
    // Guests stand last.
    if (owner === GUEST) break
    orders.push({
      // Days are signed, the words of a record are not.
      day: (records[at + RECORD.day] as number) | 0,
      products: records.subarray(begin, end),
      firsts: records[at + RECORD.firsts] as number,
    })
    at = end
  }
  if (orders.length > 0) visit(orders)
}

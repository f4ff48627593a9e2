// What buyers of each product take up lately (src/next/buyers-take-up.ts), from the columns that the kernel counts: they
// stand by customer and day, with each order's first purchases in front. Goes out: a list per product, by product number.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { type BuyerOrder, nameTakeUp, openBuyersTakeUp } from '../next/buyers-take-up.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export function countBuyersTakeUp(history: HistoryColumns): (product: number) => BuyersTakeUp<number> | null {
  const { lastDay, productCount, productOf, rankOf } = history
  const listOf = openBuyersTakeUp(productCount, lastDay, (visit) => eachBuyer(history, visit))
  return (product) => nameTakeUp(listOf(rankOf[product] as number), (rank) => productOf[rank] as number)
}

function eachBuyer(history: HistoryColumns, visit: (orders: readonly BuyerOrder[]) => void): void {
  let orders: BuyerOrder[] = []
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd, end }) => {
    if (opens && orders.length > 0) {
      visit(orders)
      orders = []
    }
    orders.push({ day, products: history.records.subarray(begin, end), firsts: firstsEnd - begin })
  })
  if (orders.length > 0) visit(orders)
}

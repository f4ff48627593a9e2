// What buyers of each product take up lately (src/next/buyers-take-up.ts), from the columns that the kernel counts: they
// stand by customer and day, with each order's first purchases in front. Goes out: a list per product, by product number,
// all lists in three columns.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { type BuyerOrder, openBuyersTakeUp, TAKE_UPS_KEPT } from '../next/buyers-take-up.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export type TakeUpColumns = {
  /** Per product; 0 where it has no list. */
  readonly orders: Float64Array
  /** The list of product `p` stands from `start[p]` to before `start[p + 1]`. */
  readonly start: Uint32Array
  readonly products: Uint32Array
  readonly amounts: Float64Array
}

export const countBuyersTakeUpJob: Job<HistoryColumns, TakeUpColumns> = {
  module: new URL(import.meta.url),
  exportName: 'countBuyersTakeUp',
}

export function countBuyersTakeUp(history: HistoryColumns): TakeUpColumns {
  const { lastDay, productCount, productOf, rankOf } = history
  const listOf = openBuyersTakeUp(productCount, lastDay, (visit) => eachBuyer(history, visit))
  const orders = new Float64Array(productCount)
  const start = new Uint32Array(productCount + 1)
  // Room for all that could be listed: what is not written costs no memory.
  const products = new Uint32Array(productCount * TAKE_UPS_KEPT)
  const amounts = new Float64Array(productCount * TAKE_UPS_KEPT)
  for (let product = 0; product < productCount; product++) {
    const list = listOf(rankOf[product] as number)
    let at = start[product] as number
    for (const [place, rank] of (list?.products ?? []).entries()) {
      products[at] = productOf[rank] as number
      amounts[at++] = list?.amounts[place] as number
    }
    orders[product] = list?.orders ?? 0
    start[product + 1] = at
  }
  return { orders, start, products, amounts }
}

export function takeUpOf<Id>(
  columns: TakeUpColumns,
  product: number,
  idOf: (product: number) => Id,
): BuyersTakeUp<Id> | null {
  const orders = columns.orders[product] as number
  if (orders === 0) return null
  const [from, to] = [columns.start[product] as number, columns.start[product + 1] as number]
  return {
    orders,
    products: Array.from(columns.products.subarray(from, to), idOf),
    amounts: [...columns.amounts.subarray(from, to)],
  }
}

function eachBuyer(history: HistoryColumns, visit: (orders: readonly BuyerOrder[]) => void): void {
  const products = history.records
  let orders: BuyerOrder[] = []
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd, end }) => {
    if (opens && orders.length > 0) {
      visit(orders)
      orders = []
    }
    orders.push({ day, products, begin, firstsEnd, end })
  })
  if (orders.length > 0) visit(orders)
}

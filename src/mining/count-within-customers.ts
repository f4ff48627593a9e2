// Where customers who bought both of two products took the add-on (src/next/within-customers.ts), from the columns
// that the kernel counts: they stand by customer and day. Goes in: the columns and the pairs to ask for, few beside all
// that were counted. A walk of its own, linear in the lines and in the pairs of each anchor that a customer bought.

import { askOwnOrders } from '../next/ask-own-orders.ts'
import type { ProductPairs, WithinCustomers } from '../next/within-customers.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord, firstDayOf } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

/** By place in the list of pairs. */
export type WithinColumns = { readonly [Field in keyof WithinCustomers]: Float64Array }

/** `quietMonths` by product number, 1 to 12 (src/next/season.ts). */
export type OwnOrdersRequest = {
  readonly history: HistoryColumns
  readonly pairs: ProductPairs
  readonly quietMonths: readonly (readonly number[])[]
}

export const countWithinCustomersJob: Job<OwnOrdersRequest, WithinColumns> = {
  module: new URL(import.meta.url),
  exportName: 'countWithinCustomers',
}

export function countWithinCustomers({ history, pairs, quietMonths }: OwnOrdersRequest): WithinColumns {
  const { records, rankOf, productCount, lastDay } = history
  const ranked = (products: ArrayLike<number>): Uint32Array =>
    Uint32Array.from(products, (product) => rankOf[product] as number)
  const quietByRank = new Map(quietMonths.map((months, product) => [rankOf[product] as number, months]))
  const answerOf = askOwnOrders(
    {
      productCount,
      span: { fromDay: firstDayOf(history), toDay: lastDay },
      quietMonthsOf: (rank) => quietByRank.get(rank) ?? [],
      walk({ order, endCustomer }) {
        eachKnownRecord(history, ({ opens, day, begin, end }) => {
          if (opens) endCustomer()
          order(records, begin, end, day)
        })
        endCustomer()
      },
    },
    { anchor: ranked(pairs.anchor), addOn: ranked(pairs.addOn) },
  )
  const column = (field: keyof WithinCustomers): Float64Array =>
    Float64Array.from(pairs.anchor, (_, pair) => answerOf(pair)[field])
  return {
    choices: column('choices'),
    choicesBeside: column('choicesBeside'),
    choicesBesideMost: column('choicesBesideMost'),
    ordersCampaign: column('ordersCampaign'),
    errandSpread: column('errandSpread'),
  }
}

export function withinOf(columns: WithinColumns, pair: number): WithinCustomers {
  return {
    choices: columns.choices[pair] as number,
    choicesBeside: columns.choicesBeside[pair] as number,
    choicesBesideMost: columns.choicesBesideMost[pair] as number,
    ordersCampaign: columns.ordersCampaign[pair] as number,
    errandSpread: columns.errandSpread[pair] as number,
  }
}

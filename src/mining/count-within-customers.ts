// Where customers who bought both of two products first took the add-on (src/next/within-customers.ts), from the columns
// that the kernel counts: they stand by customer and day. Goes in: the columns and the pairs to ask for, few beside all
// that were counted. A walk of its own, linear in the lines and in the pairs of each anchor that a customer bought.

import { openWithinCount, type ProductPairs, type WithinCustomers } from '../next/within-customers.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

/** By place in the list of pairs. */
export type WithinColumns = { readonly [Field in keyof WithinCustomers]: Float64Array }

export const countWithinCustomersJob: Job<
  { readonly history: HistoryColumns; readonly pairs: ProductPairs },
  WithinColumns
> = { module: new URL(import.meta.url), exportName: 'countWithinCustomers' }

export function countWithinCustomers({
  history,
  pairs,
}: {
  readonly history: HistoryColumns
  readonly pairs: ProductPairs
}): WithinColumns {
  const { records, rankOf, productCount } = history
  const ranked = (products: ArrayLike<number>): Uint32Array =>
    Uint32Array.from(products, (product) => rankOf[product] as number)
  const count = openWithinCount(productCount, { anchor: ranked(pairs.anchor), addOn: ranked(pairs.addOn) })
  eachKnownRecord(history, ({ opens, begin, end }) => {
    if (opens) count.endCustomer()
    count.addOrder(records, begin, end)
  })
  count.endCustomer()
  const column = (field: keyof WithinCustomers): Float64Array =>
    Float64Array.from(pairs.anchor, (_, pair) => count.of(pair)[field])
  return {
    choices: column('choices'),
    choicesBeside: column('choicesBeside'),
    choicesBesideMost: column('choicesBesideMost'),
  }
}

export function withinOf(columns: WithinColumns, pair: number): WithinCustomers {
  return {
    choices: columns.choices[pair] as number,
    choicesBeside: columns.choicesBeside[pair] as number,
    choicesBesideMost: columns.choicesBesideMost[pair] as number,
  }
}

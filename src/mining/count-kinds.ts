// How often kinds of products meet in orders (src/next/kind-lift.ts), from the columns that the kernel counts.

import { type KindLift, NO_KIND, numberKinds, openKindLift } from '../next/kind-lift.ts'
import { eachRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

/** `categories` by product number; the answer is asked by product number too. */
export function countKinds(
  history: HistoryColumns,
  categories: readonly (string | null)[],
): Pick<KindLift, 'between'> {
  const kindOf = numberKinds(categories)
  const byRank = openKindLift(Int32Array.from(history.productOf, (product) => kindOf[product] ?? NO_KIND))
  const { records, rankOf } = history
  eachRecord(history, ({ begin, end }) => byRank.add(records, begin, end))
  return {
    between: (product, other) => byRank.between(rankOf[product] as number, rankOf[other] as number),
  }
}

// When do customers come back for a product? Comes in: how often each product was bought again after how many days,
// and how long those who have not come back yet have waited. Goes out: the median interval per product, with the open
// intervals counted: leaving them out makes every product seem to run out too early (docs/methods.md, refills).
// A product that fewer than 20 customers bought again has no rhythm.

import type { RefillRhythm } from '../domain/plan.ts'
import { REPEAT_CUSTOMERS_MIN, rebuyShare } from '../next/rebuy-share.ts'
import { fitRenewalIntervals } from '../stats/renewal-interval.ts'
import type { RepeatInterval } from './history-queries.ts'

export function refillRhythms(
  intervals: readonly RepeatInterval[],
  margins: ReadonlyMap<string, { readonly customers: number; readonly repeatCustomers: number }>,
): ReadonlyMap<string, RefillRhythm> {
  const byProduct = Map.groupBy(intervals, (interval) => interval.productId)
  const rhythms = new Map<string, RefillRhythm>()
  for (const [productId, found] of byProduct) {
    const margin = margins.get(productId)
    if (margin === undefined || margin.repeatCustomers < REPEAT_CUSTOMERS_MIN) continue
    const closed = found.filter((interval) => interval.closed)
    const open = found.filter((interval) => !interval.closed)
    const fit = fitRenewalIntervals(closed, open)
    if (fit.kind !== 'fitted') continue
    rhythms.set(productId, {
      medianDays: fit.medianDays,
      rebuyShare: rebuyShare(margin.repeatCustomers, margin.customers),
      repeatCustomers: margin.repeatCustomers,
    })
  }
  return rhythms
}

// How many orders a month the history of a plan holds, on average from its first to its last day.

import { DAY_MS } from './instant.ts'
import type { PlanSummary } from './plan.ts'

const MONTH_DAYS = 365.25 / 12

export function ordersPerMonth({
  orders,
  historyFromAtMs,
  historyToAtMs,
}: Pick<PlanSummary, 'orders' | 'historyFromAtMs' | 'historyToAtMs'>): number {
  const days = (historyToAtMs - historyFromAtMs) / DAY_MS + 1
  return (orders / days) * MONTH_DAYS
}

// The tests that this process decides with. Comes in: the plan in hand, the settings, the salt. Goes out: who is held out, in
// memory, since a decision never waits for a query.

import { DAY_MS } from '../domain/instant.ts'
import { holdOutShare } from '../domain/measuring-settings.ts'
import type { PlanSummary } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import type { Testing } from '../next/testing.ts'

export type CurrentTesting = {
  get(): Testing | null
  /** Asks the store for news and loads them. */
  refresh(): Promise<void>
}

const MONTH_DAYS = 365.25 / 12

export function holdCurrentTesting(
  plan: { get(): GuidedPlan | null },
  { settings, salt }: { readonly settings: Settings; readonly salt: string },
): CurrentTesting {
  return {
    get() {
      const summary = plan.get()?.summary ?? null
      const share = holdOutShare(settings.measuring, summary === null ? null : ordersPerMonth(summary))
      return { salt, holdOutShare: share, experiments: [], arms: null }
    },
    async refresh() {},
  }
}

function ordersPerMonth({ orders, historyFromAtMs, historyToAtMs }: PlanSummary): number {
  const days = (historyToAtMs - historyFromAtMs) / DAY_MS + 1
  return (orders / days) * MONTH_DAYS
}

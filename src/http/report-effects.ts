// What the report is read with, of what a server or a command has open.

import { listFlows } from '../following-up/list-flows.ts'
import { measureExperiments } from '../measuring/measure-experiments.ts'
import { type ReportEffects, readReportCurrency } from '../measuring/read-report.ts'
import type { HttpEffects } from './effects.ts'

export function reportEffects({
  store,
  settings,
  clock,
  plan,
  lifetimeValue,
}: Pick<HttpEffects, 'store' | 'settings' | 'clock' | 'plan' | 'lifetimeValue'>): ReportEffects {
  return {
    ...{ store, settings, clock, plan, lifetimeValue },
    flows: () => listFlows({ store, settings, clock }),
    experiments: async () =>
      await measureExperiments(await store.listExperiments(), {
        ...{ store, settings, clock },
        currency: readReportCurrency(plan.get()),
      }),
  }
}

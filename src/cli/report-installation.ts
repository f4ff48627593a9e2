// The report of an installation. Comes in: the installation, the period; 90 days until now unless named. Goes out: the report.
// Customers' worth is measured in a thread of its own, which is closed whatever becomes of it.

import { workerThreads } from '../adapters/parallel/worker-threads.ts'
import { holdCurrentPlan } from '../deciding/current-plan.ts'
import { AppError } from '../domain/errors.ts'
import { reportEffects } from '../http/report-effects.ts'
import { keepLifetimeValue } from '../measuring/keep-lifetime-value.ts'
import { readReport, reportPeriod } from '../measuring/read-report.ts'
import type { Report } from '../measuring/report.ts'
import type { Installation } from './installation.ts'

export async function reportInstallation(
  installation: Installation,
  asked: { readonly fromMs?: number; readonly toMs?: number } = {},
): Promise<Report> {
  const { store, settings, clock, openHistory } = installation
  const period = reportPeriod(asked, clock.nowMs())
  if (period.fromMs >= period.toMs)
    throw new AppError('invalid-argument', 'The period ends before it begins: --from must lie before --to.')
  const plan = holdCurrentPlan(store, settings)
  await plan.refresh()
  const parallel = workerThreads(1)
  try {
    const lifetimeValue = keepLifetimeValue(settings.measuring, { openHistory, store, parallel })
    return await readReport(period, reportEffects({ store, settings, clock, plan, lifetimeValue }))
  } finally {
    await parallel.close()
  }
}

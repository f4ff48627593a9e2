// Makes the report of a period. Comes in: the period (the last 90 days where none is named) and the effects: the store,
// the plan in hand, the flows, the experiments, what customers are worth. Goes out: the report. The period of the same
// length before is read too, for what changed since. It only reads, and fails only where the store or the history does.

import { DAY_MS } from '../domain/instant.ts'
import { ordersPerMonth } from '../domain/orders-per-month.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { ArmStore } from '../ports/arm-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { AdvicePlan, FlowFacts } from './advice/ground.ts'
import type { RunningVerdict } from './experiment-figures.ts'
import type { Period } from './figures.ts'
import type { LifetimeValue } from './lifetime-value.ts'
import { type FiguresEffects, readFigures } from './measure-period.ts'
import { makeReport, type Report } from './report.ts'
import { reportWorth } from './report-worth.ts'
import { shopCurrency } from './shop-currency.ts'

export const REPORT_DAYS = 90

export type ReportPlan = AdvicePlan & Pick<Plan, 'summary'>

export type ReportEffects = {
  readonly store: FiguresEffects['store'] & Pick<ArmStore, 'latestArmChanges'>
  readonly settings: Pick<Settings, 'measuring'>
  readonly clock: Clock
  /** As the catalog and the owner's words make it now. */
  readonly plan: { get(): ReportPlan | null }
  readonly flows: () => Promise<readonly FlowFacts[]>
  readonly experiments: () => Promise<readonly RunningVerdict[]>
  readonly lifetimeValue: () => Promise<LifetimeValue>
}

/** What is not named is the last 90 days until now. */
export function reportPeriod(asked: Partial<Period>, nowMs: number): Period {
  const toMs = asked.toMs ?? nowMs
  return { fromMs: asked.fromMs ?? toMs - REPORT_DAYS * DAY_MS, toMs }
}

export async function readReport(period: Period, effects: ReportEffects): Promise<Report> {
  const { settings, clock } = effects
  const plan = effects.plan.get()
  const worth = await effects.lifetimeValue()
  const request = {
    currency: readReportCurrency(plan),
    ordersPerMonth: plan === null ? null : ordersPerMonth(plan.summary),
    titleOf: (product: string) => plan?.products.get(product)?.title ?? product,
    experiments: await effects.experiments(),
  }
  const figures = await readFigures({ ...request, period }, effects)
  const before = { fromMs: 2 * period.fromMs - period.toMs, toMs: period.fromMs }
  const ground = {
    figures,
    earlier: await readFigures({ ...request, period: before }, effects),
    plan,
    retired: (await effects.store.latestArmChanges()).filter(({ state }) => state === 'retired'),
    flows: await effects.flows(),
    holdOutOff: settings.measuring.holdOutShare === 0,
  }
  return makeReport(ground, reportWorth(worth), clock.nowMs())
}

/** Before there is a plan there is no offer, and so no money to name. */
export function readReportCurrency(plan: Pick<AdvicePlan, 'products'> | null): string {
  return (plan === null ? null : shopCurrency(plan)) ?? 'USD'
}

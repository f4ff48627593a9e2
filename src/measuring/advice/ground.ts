// What advice stands on: the figures of the period and of the one before, the plan as the catalog makes it today, the
// flows, and what the shop set.

import type { ArmChange } from '../../domain/arm.ts'
import { DAY_MS } from '../../domain/instant.ts'
import type { Plan, PlanProduct } from '../../domain/plan.ts'
import type { Figures } from '../figures.ts'

/** What became of the messages of a flow in the last 30 days. */
export type FlowFacts = {
  readonly name: string
  readonly on: boolean
  readonly pausedBecause: string | null
  readonly sent: number
  readonly unsubscribes: number
  readonly complaints: number
}

export type AdvicePlan = Pick<Plan, 'pairings'> & {
  readonly products: ReadonlyMap<
    string,
    Pick<PlanProduct, 'title' | 'priceMinor' | 'currency' | 'buyable' | 'offSale'>
  >
}

export type AdviceGround = {
  readonly figures: Figures
  /** Of the period of the same length before; `null`: not asked. */
  readonly earlier: Figures | null
  /** `null` before anything was mined. */
  readonly plan: AdvicePlan | null
  /** Arms whose attach rate fell, so that plans leave their pairing out. */
  readonly retired: readonly ArmChange[]
  readonly flows: readonly FlowFacts[]
  /** Margin of the next twelve months per customer, in the figures' currency; `null`: nobody knows. */
  readonly customerWorthMinor: number | null
  /** What the shop set, not what `auto` came to: an owner who wants no hold-out said so. */
  readonly holdOutOff: boolean
}

/** Below so many orders that saw it nothing is said of a pairing but what to wait for. */
export const SHOWN_LEAST = 100
const MONTH_DAYS = 365.25 / 12

export function daysOf({ period }: Pick<Figures, 'period'>): number {
  return Math.max(1, (period.toMs - period.fromMs) / DAY_MS)
}

/** Something that was counted in the period, per month. */
export function perMonth(figures: Pick<Figures, 'period'>, count: number): number {
  return (count / daysOf(figures)) * MONTH_DAYS
}

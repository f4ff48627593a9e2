// What a flow would bring for an order, before its moment: nothing is held against a product yet, and no day is named.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import type { FlowSettings } from '../domain/messaging-settings.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Picks } from '../domain/placement.ts'
import type { Settings } from '../domain/settings.ts'
import { choosePicks } from '../next/choose-picks.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'

export function picksToCome(
  { relation }: Pick<FlowSettings, 'relation'>,
  facts: {
    readonly order: Order
    readonly customer: CustomerPurchases | null
    readonly plan: GuidedPlan
    readonly settings: Settings
    readonly nowMs: number
  },
): Picks<DecidedPick> {
  const { order, customer, plan, settings, nowMs } = facts
  const hand = { guide: plan.guide, nowMs }
  const question = { relation, against: new Map(), day: null }
  return choosePicks(order, customer, 'follow-up', plan, settings, hand, question).picks
}

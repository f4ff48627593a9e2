// When a follow-up flow writes about an order. Comes in: the picks that its relation would bring, each with its day, what
// the flow is set to, when the parcel arrived. Goes out: one or two moments, the second only where it lies more than a
// week behind the first; what is due closer together comes in one message.
//
//   refill           run-out minus delivery time, counted from the order, as rhythms are; a parcel that came later than
//                    usual moves it by as much. After the flow's days there is none.
//   complete, extend the day of the pick, drawn into the flow's days, counted from delivery, or from the order where
//                    delivery is not known; an upsell, whose moment is its own as a refill's is, only within them

import type { Pick as DecidedPick } from '../domain/decision.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { FlowSettings } from '../domain/messaging-settings.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { hasOwnMoment, TOGETHER_DAYS } from './heed-flow.ts'
import { predictRunOut, purchasesOf } from './predict-run-out.ts'
import { refillWindows } from './time-window.ts'

/** A message that had to wait for another one keeps its use for this long, whatever its window. */
const USEFUL_DAYS_MIN = 8

type FlowDays = Pick<FlowSettings, 'relation' | 'fromDay' | 'toDay'>

export type FlowMoment = { readonly dueAtMs: number; readonly lastUsefulAtMs: number }

/** From when the days of a flow count. */
export function flowBaseMs(
  relation: FlowSettings['relation'],
  placedAtMs: number,
  deliveredAtMs: number | null,
  { deliveryDays }: Pick<Settings, 'deliveryDays'>,
): number {
  if (deliveredAtMs === null || deliveredAtMs < placedAtMs) return placedAtMs
  if (relation !== 'refill') return deliveredAtMs
  return placedAtMs + Math.max(0, deliveredAtMs - placedAtMs - deliveryDays * DAY_MS)
}

export function flowMoments(
  picks: readonly DecidedPick[],
  flow: FlowDays,
  facts: {
    readonly order: Order
    readonly customer: CustomerPurchases | null
    readonly plan: Plan
    readonly deliveredAtMs: number | null
    readonly settings: Settings
  },
): readonly FlowMoment[] {
  const baseMs = flowBaseMs(flow.relation, facts.order.placedAtMs, facts.deliveredAtMs, facts.settings)
  const days = picks
    .flatMap((pick) => {
      const day = dayWithin(pick, flow)
      return day === null ? [] : [{ day, lastDay: lastDayOf(pick, flow, facts) }]
    })
    .sort((one, other) => one.day - other.day)
  const moments: { day: number; lastDay: number }[] = []
  for (const next of days) {
    const before = moments.at(-1)
    if (before === undefined || next.day - before.day > TOGETHER_DAYS) moments.push(next)
  }
  return moments.map(({ day, lastDay }) => ({
    dueAtMs: baseMs + day * DAY_MS,
    lastUsefulAtMs: baseMs + Math.max(lastDay, day + USEFUL_DAYS_MIN) * DAY_MS,
  }))
}

function dayWithin({ relation, afterDays }: DecidedPick, { fromDay, toDay }: FlowDays): number | null {
  if (hasOwnMoment(relation) && afterDays > toDay) return null
  return Math.max(fromDay, Math.min(toDay, afterDays))
}

/** A refill may come until most of those who come back have done so. */
function lastDayOf(
  { relation, anchor }: DecidedPick,
  { toDay }: FlowDays,
  { order, customer, plan, settings }: Parameters<typeof flowMoments>[2],
): number {
  const rhythm = relation === 'refill' ? (plan.products.get(anchor)?.refill ?? null) : null
  if (rhythm === null) return toDay
  const [window] = refillWindows(predictRunOut(rhythm, purchasesOf(anchor, order, customer), settings))
  return Math.min(toDay, window?.toDay ?? toDay)
}

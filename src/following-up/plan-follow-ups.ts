// An order was received, or something more is known of it: its messages become rows, each with its moment. Comes in: the
// order's id. Goes out: how many rows are new and how many were moved. It may be asked any number of times: a slot
// (order, flow, step, recipient) is filled once, and what is open moves to where it belongs by what is known now, which
// is how a delivery moves the messages that count from it. Who cannot be reached on a medium gets nothing planned there;
// whether a message may be sent is asked at its moment.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import { DAY_MS } from '../domain/instant.ts'
import { CONFIRMATION_FLOW, type Message, scheduledMessage } from '../domain/message.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import { type Medium, recipientHash } from '../domain/recipient.ts'
import type { Settings } from '../domain/settings.ts'
import { type Trial, unitOf } from '../domain/trial.ts'
import { type FlowMoment, flowMoments } from '../next/flow-moments.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import { testTiming } from '../next/test-flow.ts'
import type { Testing } from '../next/testing.ts'
import type { OrderFate } from '../ports/message-store.ts'
import { confirmationNow, type FlowNow, flowsNow } from './flows-now.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { picksToCome } from './picks-to-come.ts'
import { purchasesOf } from './purchases-of.ts'

/** Orders that are handed in later than this were confirmed long ago. */
const CONFIRMATION_DAYS = 2

/** A message without what a row adds: ids, versions, the person. */
export type PlannedMessage = FlowMoment &
  Pick<Message, 'flow' | 'step' | 'medium'> & {
    /** What it is expected to bring. */
    readonly about?: Pick<DecidedPick, 'anchor' | 'product'> | undefined
  }

type PlanningFacts = {
  readonly order: Order
  readonly customer: CustomerPurchases | null
  readonly fate: OrderFate
  readonly flows: readonly FlowNow[]
  readonly confirms: boolean
  readonly plan: GuidedPlan | null
  readonly settings: Settings
  readonly nowMs: number
  readonly testing?: Testing | null
}

type Effects = Pick<FollowingUpEffects, 'store' | 'plan' | 'settings' | 'clock' | 'newId' | 'testing'>

export async function planFollowUps(
  orderId: string,
  effects: Effects,
): Promise<{ readonly planned: number; readonly moved: number }> {
  const { store, settings, clock, newId } = effects
  const [order, recipient, states] = await Promise.all([
    store.getOrder(orderId),
    store.getRecipient(orderId),
    store.listFlows(),
  ])
  if (order === null || recipient === null) return { planned: 0, moved: 0 }
  const nowMs = clock.nowMs()
  const testing = effects.testing.get()
  const wanted = plannedMessages({
    order,
    customer: await purchasesOf(order, recipient, store),
    fate: await store.getOrderFate(orderId),
    flows: [...flowsNow(settings.messaging, states).values()].filter(({ standing }) => standing === 'on'),
    confirms: confirmationNow(settings.messaging, states) === 'on',
    plan: effects.plan.get(),
    settings,
    nowMs,
    testing,
  })
  const messages = wanted.flatMap((one) => {
    const hash = recipientHash(recipient, one.medium)
    if (hash === null) return []
    return [scheduledMessage({ ...one, id: newId(), orderId, recipientHash: hash }, nowMs)]
  })
  const planned = messages.length === 0 ? 0 : await store.planMessages(messages)
  if (planned > 0) await store.addTrials(trialsOf(order, wanted, { testing, nowMs }))
  if (planned === messages.length) return { planned, moved: 0 }
  return { planned, moved: await moveOpen(orderId, wanted, effects) }
}

/** Nothing of an order that was cancelled or refunded, and nothing whose use has passed. */
export function plannedMessages(facts: PlanningFacts): readonly PlannedMessage[] {
  const { order, customer, fate, plan, settings, nowMs, testing = null } = facts
  if (fate.cancelledAtMs !== null || fate.refundedAtMs !== null) return []
  const planned: PlannedMessage[] = []
  if (facts.confirms) {
    const lastUsefulAtMs = order.placedAtMs + CONFIRMATION_DAYS * DAY_MS
    const place = { flow: CONFIRMATION_FLOW, step: 0, medium: 'email' as Medium }
    planned.push({ ...place, dueAtMs: nowMs, lastUsefulAtMs })
  }
  if (plan !== null)
    for (const { name, settings: flow } of facts.flows) {
      const picks = picksToCome(flow, { order, customer, plan, settings, nowMs })
      const known = { order, customer, plan, deliveredAtMs: fate.deliveredAtMs, settings }
      const shiftMs = testTiming(unitOf(order), name, testing).days * DAY_MS
      for (const [step, moment] of flowMoments(picks, flow, known).entries()) {
        const [dueAtMs, lastUsefulAtMs] = [moment.dueAtMs + shiftMs, moment.lastUsefulAtMs + shiftMs]
        planned.push({ flow: name, step, medium: flow.medium, about: picks[0], dueAtMs, lastUsefulAtMs })
      }
    }
  return planned.filter(({ lastUsefulAtMs }) => lastUsefulAtMs > nowMs)
}

/** Of each test on the timing of a flow that writes about this order, in whichever variation. */
function trialsOf(
  order: Order,
  planned: readonly PlannedMessage[],
  { testing, nowMs }: { readonly testing: Testing | null; readonly nowMs: number },
): readonly Trial[] {
  const unit = unitOf(order)
  return planned.flatMap(({ flow, about }) => {
    if (about === undefined) return []
    const { anchor, product } = about
    const place = { orderId: order.id, unit, placement: 'follow-up', anchor, product, atMs: nowMs } as const
    return testTiming(unit, flow, testing).trials.map((trial) => ({ ...trial, ...place }))
  })
}

/** Follow-ups that nobody has begun with. One that a worker changes meanwhile stays as the worker has it. */
async function moveOpen(
  orderId: string,
  wanted: readonly PlannedMessage[],
  { store, clock }: Effects,
): Promise<number> {
  const nowMs = clock.nowMs()
  let moved = 0
  for (const row of await store.messagesOfOrder(orderId)) {
    if (row.state !== 'scheduled' || row.attempts > 0 || row.flow === CONFIRMATION_FLOW) continue
    const place = wanted.find(({ flow, step }) => flow === row.flow && step === row.step)
    if (place === undefined || place.lastUsefulAtMs === row.lastUsefulAtMs) continue
    const { dueAtMs, lastUsefulAtMs } = place
    const next = { ...row, version: row.version + 1, lastUsefulAtMs, dueAtMs: Math.max(nowMs, dueAtMs) }
    if (await store.saveMessage(next, [])) moved += 1
  }
  return moved
}

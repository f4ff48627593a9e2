// The shop says what became of an order. Comes in: when it was delivered, cancelled or refunded. Goes out: it is stored; a
// delivery moves the open messages that count from it, an end cancels them. Twice the same is once. What cannot have been
// so is refused: of each kind the first counts for good, and a delivery of the year 2200 would hold messages back until then.

import { DAY_MS, isoDate } from '../domain/instant.ts'
import type { Order } from '../domain/order.ts'
import type { OrderFate } from '../ports/message-store.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { planFollowUps } from './plan-follow-ups.ts'

export type HeardFate =
  | { readonly kind: 'heard'; readonly cancelled: number; readonly moved: number }
  | { readonly kind: 'order-unknown' }
  | { readonly kind: 'impossible'; readonly because: string }

type Effects = Pick<FollowingUpEffects, 'store' | 'plan' | 'settings' | 'clock' | 'newId' | 'testing'>

export async function hearOrderFate(
  orderId: string,
  fate: Partial<OrderFate>,
  effects: Effects,
): Promise<HeardFate> {
  const { store, clock } = effects
  const order = await store.getOrder(orderId)
  if (order === null) return { kind: 'order-unknown' }
  const because = whyImpossible(order, fate, clock.nowMs())
  if (because !== null) return { kind: 'impossible', because }
  await store.setOrderFate(orderId, fate)
  const known = await store.getOrderFate(orderId)
  const reason =
    known.cancelledAtMs !== null ? 'order-cancelled' : known.refundedAtMs !== null ? 'order-refunded' : null
  if (reason !== null)
    return { kind: 'heard', cancelled: await store.cancelMessages(orderId, reason, clock.nowMs()), moved: 0 }
  const { moved } = await planFollowUps(orderId, effects)
  return { kind: 'heard', cancelled: 0, moved }
}

/** A day of grace on both sides, for a time without its zone and a clock that is fast. */
function whyImpossible(
  { placedAtMs }: Pick<Order, 'placedAtMs'>,
  fate: Partial<OrderFate>,
  nowMs: number,
): string | null {
  const times = Object.values(fate).filter((atMs) => atMs !== null)
  const early = times.find((atMs) => atMs < placedAtMs - DAY_MS)
  if (early !== undefined)
    return `${isoDate(early)} lies before the order, which was placed on ${isoDate(placedAtMs)}`
  const late = times.find((atMs) => atMs > nowMs + DAY_MS)
  return late === undefined ? null : `${isoDate(late)} lies ahead: today is ${isoDate(nowMs)}`
}

// The shop says what became of an order. Comes in: when it was delivered, cancelled or refunded. Goes out: it is stored; a
// delivery moves the open messages that count from it, an end cancels them. Twice the same is once.

import type { OrderFate } from '../ports/message-store.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { planFollowUps } from './plan-follow-ups.ts'

type Effects = Pick<FollowingUpEffects, 'store' | 'plan' | 'settings' | 'clock' | 'newId' | 'testing'>

export async function hearOrderFate(
  orderId: string,
  fate: Partial<OrderFate>,
  effects: Effects,
): Promise<{ readonly cancelled: number; readonly moved: number }> {
  const { store, clock } = effects
  await store.setOrderFate(orderId, fate)
  const known = await store.getOrderFate(orderId)
  const reason =
    known.cancelledAtMs !== null ? 'order-cancelled' : known.refundedAtMs !== null ? 'order-refunded' : null
  if (reason !== null)
    return { cancelled: await store.cancelMessages(orderId, reason, clock.nowMs()), moved: 0 }
  const { moved } = await planFollowUps(orderId, effects)
  return { cancelled: 0, moved }
}

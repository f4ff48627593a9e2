// Something happened to an order after it was paid. Comes in: what, and when. What is cancelled or refunded gets no more
// messages; an arrival moves those that count from it.

import type { FollowingUpEffects } from './following-up-effects.ts'
import { planFollowUps } from './plan-follow-ups.ts'

export type OrderEvent = {
  readonly orderId: string
  readonly kind: 'delivered' | 'cancelled' | 'refunded'
  readonly atMs: number
}

export async function heedOrderEvent(
  { orderId, kind, atMs }: OrderEvent,
  effects: FollowingUpEffects,
): Promise<{ readonly cancelled: number }> {
  const { store, clock } = effects
  await store.setOrderFate(orderId, { [`${kind}AtMs`]: atMs })
  if (kind === 'delivered') {
    await planFollowUps(orderId, effects)
    return { cancelled: 0 }
  }
  const reason = kind === 'cancelled' ? 'order-cancelled' : 'order-refunded'
  return { cancelled: await store.cancelMessages(orderId, reason, clock.nowMs()) }
}

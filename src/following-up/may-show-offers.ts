// May the confirmation of this order carry an offer? Comes in: the order's id. Goes out: yes, unless its recipient is known
// here and is suppressed or never agreed to marketing (requirement C2). Of whom the shop told us nothing, the shop knows.

import { whyNoMarketing } from '../domain/why-no-marketing.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'

export async function mayShowOffers(
  orderId: string,
  { store, clock, settings }: Pick<FollowingUpEffects, 'store' | 'clock' | 'settings'>,
): Promise<boolean> {
  const recipient = await store.getRecipient(orderId)
  const hash = recipient?.emailHash ?? null
  if (recipient === null || hash === null) return true
  const [suppressions, consents] = await Promise.all([store.findSuppressions(hash), store.listConsents(hash)])
  const { legalEntity } = settings.messaging
  const to = { medium: 'email', country: recipient.country, legalEntity } as const
  return whyNoMarketing({ suppressions, consents }, to, clock.nowMs()) === null
}

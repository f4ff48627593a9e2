// May a confirmation carry an offer? An offer in it is advertising to who did not ask for any: not to somebody who is
// suppressed, or never agreed to marketing (requirement C2 of docs/reliability.md).

import { whyNoMarketing } from '../domain/why-no-marketing.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'

/** What is known of the order's recipient decides. Of whom the shop told us nothing, the shop knows. */
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

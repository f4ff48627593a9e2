// May a confirmation carry an offer? An offer in it is advertising to who did not ask for any: not to somebody who is
// suppressed, or never agreed to marketing (requirement C2 of docs/reliability.md).

import type { ClaimFacts } from '../domain/claim.ts'
import { mayReceive } from '../domain/may-receive.ts'
import type { Medium } from '../domain/recipient.ts'
import { isSuppressed } from '../domain/suppression.ts'
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
  const asked = { medium: 'email', country: recipient.country, ...settings.messaging } as const
  return isOfferWelcome({ suppressions, consents }, asked, clock.nowMs())
}

export function isOfferWelcome(
  { suppressions, consents }: Pick<ClaimFacts, 'suppressions' | 'consents'>,
  asked: { readonly medium: Medium; readonly country: string | null; readonly legalEntity: string },
  nowMs: number,
): boolean {
  const { medium, country, legalEntity } = asked
  if (isSuppressed(suppressions, medium, nowMs)) return false
  return mayReceive(consents, { medium, purpose: 'marketing', country, legalEntity }).kind === 'allowed'
}

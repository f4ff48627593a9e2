// The mail about an add-on at its moment: is it still true? Comes in: the row. Goes out: the offer and what became of it, or
// that its moment has passed: it was taken back since, say, and another mail tells of that.

import type { Acceptance } from '../domain/acceptance.ts'
import { addOnNews, offerOfMessage } from '../domain/add-on-news.ts'
import type { Message } from '../domain/message.ts'
import type { Offer } from '../domain/offer.ts'
import { shopPage } from '../domain/shop-page.ts'
import { undoUntilMs } from '../domain/undo-until.ts'
import type { AddOnFacts } from '../ports/message-renderer.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'

export async function askAboutAddOn(
  { id, flow, lastUsefulAtMs }: Pick<Message, 'id' | 'flow' | 'lastUsefulAtMs'>,
  { store, settings, clock }: Pick<FollowingUpEffects, 'store' | 'settings' | 'clock'>,
): Promise<AddOnFacts | null> {
  const offerId = offerOfMessage(id)
  const [offer, acceptance] = await Promise.all([store.getOffer(offerId), store.getAcceptance(offerId)])
  if (offer === null || acceptance === null || clock.nowMs() > lastUsefulAtMs) return null
  return addOnNews(acceptance) === flow ? addOnFacts(offer, acceptance, settings.accepting) : null
}

export function addOnFacts(
  offer: Offer,
  acceptance: Acceptance,
  settings: FollowingUpEffects['settings']['accepting'],
): AddOnFacts {
  return {
    offer,
    acceptance,
    undoUntilMs: undoUntilMs(acceptance, settings.undoMinutes),
    offerUrl: shopPage(settings.returnUrl, '{order}', offer.orderId),
  }
}

// What comes with an order besides the order: the method that paid, and who may be written to. Everything is on the disk,
// and the order's messages are scheduled, when this resolves; it may be repeated, as a shop that heard no answer will. What
// was erased does not come back with a repetition of an old order: only with a new one, or when the person asks again.

import { type Medium, media, type Recipient, recipientHash } from '../domain/recipient.ts'
import { giveConsent } from '../following-up/give-consent.ts'
import { planFollowUps } from '../following-up/plan-follow-ups.ts'
import type { HttpEffects } from './effects.ts'
import type { OrderBody } from './schemas.ts'
import { consentsOf, toRecipient } from './to-recipient.ts'

export async function receiveContact(
  body: OrderBody,
  /** The order was received before. */
  isKnown: boolean,
  { store, clock, messaging, followingUp }: HttpEffects,
): Promise<void> {
  const recipient = body.contact === undefined ? null : toRecipient(body.contact, messaging)
  if (body.contact !== undefined && recipient !== null)
    for (const event of consentsOf(body.contact, recipient)) await giveConsent(event, followingUp)
  if (isKnown && recipient !== null && (await isErased(recipient, store))) return
  if (body.payment !== undefined) await store.putSavedMethod(body.id, body.payment, clock.nowMs())
  if (recipient === null) return
  await store.putRecipient(body.id, messaging.seal(recipient), clock.nowMs())
  await planFollowUps(body.id, followingUp)
}

async function isErased(recipient: Recipient, { findSuppressions }: HttpEffects['store']): Promise<boolean> {
  const isErasedOn = async (medium: Medium): Promise<boolean> => {
    const hash = recipientHash(recipient, medium)
    if (hash === null) return false
    return (await findSuppressions(hash)).some((one) => one.medium === medium && one.reason === 'erased')
  }
  return (await Promise.all(media.map(isErasedOn))).includes(true)
}

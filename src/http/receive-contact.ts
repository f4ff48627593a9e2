// What comes with an order besides the order: the method that paid, and who may be written to. Everything is on the disk,
// and the order's messages are scheduled, when this resolves; it may be repeated, as a shop that heard no answer will.

import { giveConsent } from '../following-up/give-consent.ts'
import { planFollowUps } from '../following-up/plan-follow-ups.ts'
import type { HttpEffects } from './effects.ts'
import type { OrderBody } from './schemas.ts'
import { consentsOf, toRecipient } from './to-recipient.ts'

export async function receiveContact(
  body: OrderBody,
  { store, clock, messaging, followingUp }: HttpEffects,
): Promise<void> {
  if (body.payment !== undefined) await store.putSavedMethod(body.id, body.payment, clock.nowMs())
  if (body.contact === undefined) return
  const recipient = toRecipient(body.contact, messaging)
  await store.putRecipient(body.id, messaging.seal(recipient), clock.nowMs())
  for (const event of consentsOf(body.contact, recipient)) await giveConsent(event, followingUp)
  await planFollowUps(body.id, followingUp)
}

// What providers and mailboxes say of messages that went out. Comes in: one notice, checked by its signature. Goes out:
// suppressed, forgotten or noted, in the ledger where it is about a message of ours. The same notice twice changes
// nothing. One that names nobody we know is `unknown`.

import { suppressionAfter } from '../domain/bounce-thresholds.ts'
import type { DeliveryNotice } from '../domain/delivery-notice.ts'
import type { Message } from '../domain/message.ts'
import type { Medium } from '../domain/recipient.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { messageEntry } from './message-entry.ts'
import { suppressAddress } from './suppress-address.ts'
import { unsubscribe } from './unsubscribe.ts'

type Effects = Pick<FollowingUpEffects, 'store' | 'clock' | 'settings' | 'hashAddress'>

type About = { readonly recipientHash: string; readonly medium: Medium; readonly message: Message | null }

export async function hearNotice(notice: DeliveryNotice, effects: Effects): Promise<'heard' | 'unknown'> {
  const { store, hashAddress } = effects
  const { medium, address, messageId } = notice
  const message = messageId === null ? null : await store.getMessage(messageId)
  const recipientHash = message?.recipientHash ?? (address === null ? null : hashAddress(medium, address))
  if (recipientHash === null) return 'unknown'
  const about = { recipientHash, medium: message?.medium ?? medium, message }
  await heed(notice, about, effects)
  return 'heard'
}

async function heed(notice: DeliveryNotice, about: About, effects: Effects): Promise<void> {
  const { kind, eventId, atMs } = notice
  const { recipientHash, medium, message } = about
  if (kind === 'delivered') return effects.store.forgetSoftBounces(recipientHash)
  if (kind === 'start-word') return startAgain(notice, about, effects)
  if (kind === 'hard-bounce' || kind === 'soft-bounce') return hearBounce({ ...notice, kind }, about, effects)
  const source = kind === 'unsubscribed' ? 'provider' : kind
  const leaving = { recipientHash, medium, messageId: message?.id ?? null, eventKey: eventId }
  return unsubscribe({ ...leaving, reason: kind, source, atMs }, effects)
}

async function hearBounce(
  { kind, eventId, atMs }: DeliveryNotice & { readonly kind: 'hard-bounce' | 'soft-bounce' },
  about: About,
  { store }: Effects,
): Promise<void> {
  const { recipientHash, message } = about
  const soft = kind === 'soft-bounce' ? await store.noteSoftBounce(recipientHash, atMs) : []
  const suppression = suppressionAfter(kind, soft, atMs)
  if (suppression !== null) {
    const { reason, untilMs } = suppression
    return suppressAddress({ ...about, reason, atMs, untilMs, eventKey: eventId }, { store })
  }
  if (message === null) return
  const order = await store.getOrder(message.orderId)
  const what = { key: `bounced:${eventId}`, atMs, detail: kind }
  await store.addToLedger([messageEntry('bounced', message, order, what)])
}

/** By a START: what the STOP took away comes back as it was, and nothing that was not there before it. */
async function startAgain(
  { eventId, atMs }: DeliveryNotice,
  { recipientHash, medium }: About,
  { store }: Effects,
): Promise<void> {
  const consents = (await store.listConsents(recipientHash)).filter((one) => one.medium === medium)
  // Heard already: a STOP may have come since.
  if (consents.some(({ key }) => key === `start:${eventId}`)) return
  await store.liftSuppressions(recipientHash, medium, ['stop-word', 'unclear-reply'], atMs)
  const before = consents.findLast(({ given }) => given)
  if (before === undefined || consents.at(-1) === before) return
  await store.addConsents([{ ...before, key: `start:${eventId}`, source: 'start-word', atMs }])
}

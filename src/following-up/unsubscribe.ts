// A person asked for no more messages on a medium, by a link, a stop word or a provider's own button. Comes in: who, and by
// which message. Goes out: suppressed, with the entry in the ledger, before this resolves; the consent is withdrawn in the
// log of consents right after, which is a record: the suppression is what counts.

import type { Medium } from '../domain/recipient.ts'
import type { SuppressionReason } from '../domain/suppression.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { suppressAddress } from './suppress-address.ts'

export type Unsubscribing = {
  readonly recipientHash: string
  readonly medium: Medium
  /** The message that it was asked by, where it is known. */
  readonly messageId: string | null
  /** By a link in a message unless told otherwise. */
  readonly reason?: Extract<SuppressionReason, 'unsubscribed' | 'stop-word' | 'unclear-reply' | 'complaint'>
  readonly source?: string
  /** Now unless told otherwise. */
  readonly atMs?: number
  /** Of the event that tells of it; a link says the same however often it is followed. */
  readonly eventKey?: string
}

export async function unsubscribe(
  said: Unsubscribing,
  effects: Pick<FollowingUpEffects, 'store' | 'clock' | 'settings'>,
): Promise<void> {
  const { store, clock, settings } = effects
  const { recipientHash, medium, messageId, reason = 'unsubscribed', source = 'unsubscribe-link' } = said
  const message = messageId === null ? null : await store.getMessage(messageId)
  const atMs = said.atMs ?? clock.nowMs()
  const key = said.eventKey ?? messageId ?? `${medium}:${recipientHash}`
  await suppressAddress(
    { recipientHash, medium, reason, atMs, untilMs: null, message, eventKey: key },
    effects,
  )
  const words = await store.listConsents(recipientHash)
  // Once in a row; followed again after a consent in between, the same link is a new word.
  if (words.findLast((one) => one.medium === medium)?.given === false) return
  await store.addConsents([
    {
      ...{
        key: `withdrawn:${key}:${atMs}`,
        recipientHash,
        medium,
        given: false,
        basis: null,
        softOptIn: null,
      },
      inWriting: false,
      legalEntity: settings.messaging.legalEntity,
      noticeVersion: null,
      source,
      atMs,
    },
  ])
}

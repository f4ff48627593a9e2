// A person agreed to messages, or took it back. Comes in: the event. What was taken back suppresses in the same moment;
// what was given expressly, later than an unsubscription, ends it: the person's last word counts. A bounce or a complaint
// is nobody's word, and stays. Nobody has said anything yet that lies ahead: a clock of the shop's that is fast, or a time
// zone that was left out, makes no word later than it was heard. Told again, an event is as old as when it was first told.

import type { ConsentEvent } from '../domain/consent.ts'
import type { SuppressionReason } from '../domain/suppression.ts'
import type { Clock } from '../ports/clock.ts'
import type { MessageStore } from '../ports/message-store.ts'

const ownWords: readonly SuppressionReason[] = ['unsubscribed', 'stop-word', 'unclear-reply', 'erased']

type Effects = {
  readonly store: Pick<MessageStore, 'addConsents' | 'listConsents' | 'suppress' | 'liftSuppressions'>
  readonly clock: Clock
}

export async function giveConsent(
  event: ConsentEvent,
  { store, clock }: Effects,
): Promise<{ readonly cancelled: number }> {
  const { key, recipientHash, medium } = event
  await store.addConsents([{ ...event, atMs: Math.min(event.atMs, clock.nowMs()) }])
  const said = (await store.listConsents(recipientHash)).find((one) => one.key === key)
  if (said === undefined) return { cancelled: 0 }
  const { given, basis, atMs } = said
  if (given && basis === 'express') await store.liftSuppressions(recipientHash, medium, ownWords, atMs)
  if (given) return { cancelled: 0 }
  return await store.suppress(
    { recipientHash, medium, reason: 'unsubscribed', sinceMs: atMs, untilMs: null },
    [],
  )
}

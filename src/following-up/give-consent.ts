// A person agreed to messages, or took it back. Comes in: the event. What was taken back suppresses in the same moment;
// what was given expressly, later than an unsubscription, ends it: the person's last word counts. A bounce or a complaint
// is nobody's word, and stays.

import type { ConsentEvent } from '../domain/consent.ts'
import type { SuppressionReason } from '../domain/suppression.ts'
import type { MessageStore } from '../ports/message-store.ts'

const ownWords: readonly SuppressionReason[] = ['unsubscribed', 'stop-word', 'unclear-reply', 'erased']

export async function giveConsent(
  event: ConsentEvent,
  {
    store,
  }: {
    readonly store: Pick<MessageStore, 'addConsents' | 'suppress' | 'liftSuppressions' | 'findSuppressions'>
  },
): Promise<{ readonly cancelled: number }> {
  const { recipientHash, medium, atMs } = event
  await store.addConsents([event])
  if (!event.given) {
    return await store.suppress(
      { recipientHash, medium, reason: 'unsubscribed', sinceMs: atMs, untilMs: null },
      [],
    )
  }
  if (event.basis === 'express') {
    const held = await store.findSuppressions(recipientHash)
    const ended = held.filter(
      (one) => one.medium === medium && one.sinceMs < atMs && ownWords.includes(one.reason),
    )
    if (ended.length > 0)
      await store.liftSuppressions(
        recipientHash,
        medium,
        ended.map(({ reason }) => reason),
      )
  }
  return { cancelled: 0 }
}

// An address gets no marketing from now on. Comes in: whose, why, and the message that it was about, where it is known.
// Goes out: the suppression is on the disk with its entry in the ledger, in one commit, and from then on no claim of
// marketing to that recipient succeeds. Twice the same is once.

import type { LedgerKind } from '../domain/ledger.ts'
import type { Message } from '../domain/message.ts'
import type { Medium } from '../domain/recipient.ts'
import type { SuppressionReason } from '../domain/suppression.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { messageEntry } from './message-entry.ts'

const entryKinds: Partial<Record<SuppressionReason, LedgerKind>> = {
  unsubscribed: 'unsubscribed',
  'stop-word': 'unsubscribed',
  'unclear-reply': 'unsubscribed',
  complaint: 'complained',
  'hard-bounce': 'bounced',
  'soft-bounces': 'bounced',
}

export type Suppressing = {
  readonly recipientHash: string
  readonly medium: Medium
  readonly reason: SuppressionReason
  readonly atMs: number
  /** `null` for good. */
  readonly untilMs: number | null
  readonly message: Message | null
  /** The same event is entered once. */
  readonly eventKey: string
}

export async function suppressAddress(
  { recipientHash, medium, reason, atMs, untilMs, message, eventKey }: Suppressing,
  { store }: Pick<FollowingUpEffects, 'store'>,
): Promise<void> {
  const kind = entryKinds[reason]
  const order = message === null ? null : await store.getOrder(message.orderId)
  const entries =
    kind === undefined || message === null
      ? []
      : [messageEntry(kind, message, order, { key: `${kind}:${eventKey}`, atMs, detail: reason })]
  await store.suppress({ recipientHash, medium, reason, sinceMs: atMs, untilMs }, entries)
}

// What became of a message after a channel took it, as a provider or a mailbox tells it; checked by its signature before
// it gets here. `subject` names whom: the address, or the id of our message.

import type { Medium } from './recipient.ts'

export const noticeKinds = [
  'delivered',
  'hard-bounce',
  'soft-bounce',
  'complaint',
  'unsubscribed',
  'stop-word',
  'unclear-reply',
  'start-word',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export type DeliveryNotice = {
  /** The sender's id of the event: the same is taken once. */
  readonly eventId: string
  readonly kind: NoticeKind
  readonly medium: Medium
  readonly address: string | null
  readonly messageId: string | null
  readonly atMs: number
}

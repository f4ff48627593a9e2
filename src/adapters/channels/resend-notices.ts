// What Resend tells (https://resend.com/docs/dashboard/webhooks/event-types). Comes in: its secrets, then a request. Goes out:
// bounces, complaints and deliveries by the tag that a message of ours carries. Signed by Svix, whose scheme became
// Standard Webhooks: the same sums under headers of another name.

import type { DeliveryNotice, NoticeKind } from '../../domain/delivery-notice.ts'
import type { NoticeReader } from '../../ports/delivery-notices.ts'
import { instantAt, listAt, readJson, textAt, valueAt } from '../json-text.ts'
import { readSigningKey, verifyMessage } from '../signing/standard-webhooks.ts'
import { noticesOf, ownId } from './notice.ts'

/** Two secrets while one is replaced. */
export function openResendNotices(secrets: readonly string[]): NoticeReader {
  const keys = secrets.map(readSigningKey)
  return async (body, headers, { nowMs }) => {
    const named = { get: (name: string) => headers.get(name.replace(/^webhook-/, 'svix-')) }
    const eventId = verifyMessage(keys, body, named, nowMs)
    if (eventId === null) return { kind: 'forged' }
    return { kind: 'notices', notices: tell(eventId, readJson(body), nowMs) }
  }
}

function tell(eventId: string, event: unknown, nowMs: number): readonly DeliveryNotice[] {
  const kind = kindOf(event)
  if (kind === null) return []
  const to = listAt(event, 'data', 'to').filter((one) => typeof one === 'string')
  const contact = textAt(event, 'data', 'email')
  const addresses = to.length > 0 ? to : contact === null ? [] : [contact]
  return noticesOf(eventId, addresses.map(bareAddress), {
    kind,
    medium: 'email' as const,
    messageId: ownId(tagOf(event)),
    atMs: instantAt(nowMs, event, 'created_at'),
  })
}

function kindOf(event: unknown): NoticeKind | null {
  switch (textAt(event, 'type')) {
    case 'email.delivered':
      return 'delivered'
    case 'email.bounced':
      // `Transient` and `Undetermined` say nothing final of the address.
      return /^(transient|undetermined)$/i.test(textAt(event, 'data', 'bounce', 'type') ?? '')
        ? 'soft-bounce'
        : 'hard-bounce'
    case 'email.delivery_delayed':
      return 'soft-bounce'
    case 'email.suppressed':
      return 'hard-bounce'
    case 'email.complained':
      return 'complaint'
    case 'contact.updated':
      return valueAt(event, 'data', 'unsubscribed') === true ? 'unsubscribed' : null
    default:
      return null
  }
}

/** Tags come as a list of names and values, or as an object. */
function tagOf(event: unknown): string | null {
  const inList = listAt(event, 'data', 'tags').find((tag) => textAt(tag, 'name') === 'message')
  return textAt(inList, 'value') ?? textAt(event, 'data', 'tags', 'message')
}

function bareAddress(mailbox: string): string {
  return /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox
}

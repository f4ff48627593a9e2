// What Postmark tells (https://postmarkapp.com/developer/webhooks/webhooks-overview). Comes in: the secret that the shopkeeper
// put into the address (`https://aftercart:SECRET@…`) or into the header `x-webhook-secret`, since Postmark signs nothing;
// then a request. Goes out: bounces, complaints, deliveries and what a person said on Postmark's own page.

import type { DeliveryNotice, NoticeKind } from '../../domain/delivery-notice.ts'
import type { NoticeReader } from '../../ports/delivery-notices.ts'
import { instantAt, readJson, textAt, valueAt } from '../json-text.ts'
import { isSameSecret, noticesOf, ownId } from './notice.ts'

export function openPostmarkNotices(secrets: readonly string[]): NoticeReader {
  return async (body, headers, { nowMs }) => {
    const given = [passwordOf(headers.get('authorization')), headers.get('x-webhook-secret') ?? '']
    if (!secrets.some((secret) => given.some((one) => isSameSecret(one, secret)))) return { kind: 'forged' }
    return { kind: 'notices', notices: tell(readJson(body), nowMs) }
  }
}

function passwordOf(header: string | undefined): string {
  const [, text] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/.exec(header ?? '') ?? []
  const login = Buffer.from(text ?? '', 'base64').toString()
  return login.slice(login.indexOf(':') + 1)
}

function tell(event: unknown, nowMs: number): readonly DeliveryNotice[] {
  const record = textAt(event, 'RecordType') ?? ''
  const kind = kindOf(record, event)
  const address = textAt(event, 'Email') ?? textAt(event, 'Recipient')
  if (kind === null || address === null) return []
  const at = ['BouncedAt', 'DeliveredAt', 'ChangedAt'].find((name) => textAt(event, name) !== null) ?? ''
  const eventId = [record, textAt(event, 'ID') ?? textAt(event, 'MessageID'), textAt(event, at)].join(':')
  return noticesOf(eventId, [address], {
    kind,
    medium: 'email' as const,
    messageId: ownId(textAt(event, 'Metadata', 'message')),
    atMs: instantAt(nowMs, event, at),
  })
}

// https://postmarkapp.com/developer/api/bounce-api#bounce-types
const byBounceType: ReadonlyMap<string, NoticeKind> = new Map([
  ...['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'].map((type) => [type, 'hard-bounce'] as const),
  ...[
    'Transient',
    'SoftBounce',
    'DnsError',
    'Blocked',
    'SpamNotification',
    'SMTPApiError',
    'DMARCPolicy',
  ].map((type) => [type, 'soft-bounce'] as const),
  ...([
    ['SpamComplaint', 'complaint'],
    ['Unsubscribe', 'unsubscribed'],
  ] as const),
])

const byReason: ReadonlyMap<string, NoticeKind> = new Map([
  ['HardBounce', 'hard-bounce'],
  ['SpamComplaint', 'complaint'],
  ['ManualSuppression', 'unsubscribed'],
])

function kindOf(record: string, event: unknown): NoticeKind | null {
  if (record === 'Delivery') return 'delivered'
  if (record === 'SpamComplaint') return 'complaint'
  if (record === 'Bounce') return byBounceType.get(textAt(event, 'Type') ?? '') ?? null
  if (record !== 'SubscriptionChange' || valueAt(event, 'SuppressSending') !== true) return null
  return byReason.get(textAt(event, 'SuppressionReason') ?? '') ?? 'unsubscribed'
}

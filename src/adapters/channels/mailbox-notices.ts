// What mail servers send back, for shops that send over SMTP: the mailbox of the sender's address posts each mail here as it
// is, signed as Standard Webhooks say. Comes in: the secrets, then a request. Goes out: bounces (RFC 3464) and complaints
// (ARF, RFC 5965) by the Message-ID of ours that they send back with it. Anybody can write to a mailbox: a report that names
// no message of ours is not believed, and its ids cannot be guessed.

import PostalMime, { type Email } from 'postal-mime'
import type { DeliveryNotice, NoticeKind } from '../../domain/delivery-notice.ts'
import type { NoticeReader } from '../../ports/delivery-notices.ts'
import { readSigningKey, verifyMessage } from '../signing/standard-webhooks.ts'
import { noticesOf, ownId } from './notice.ts'

type Fields = ReadonlyMap<string, string>

export function openMailboxNotices(secrets: readonly string[]): NoticeReader {
  const keys = secrets.map(readSigningKey)
  return async (body, headers, { nowMs }) => {
    const eventId = verifyMessage(keys, body, headers, nowMs)
    if (eventId === null) return { kind: 'forged' }
    return { kind: 'notices', notices: await tell(eventId, body, nowMs) }
  }
}

async function tell(eventId: string, raw: string, nowMs: number): Promise<readonly DeliveryNotice[]> {
  // Half a mail, or nests without end: it tells nothing, and asking again would not help.
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true }).catch(() => null)
  if (mail === null) return []
  const messageId = idOfOurs(mail)
  const kind = kindOf(mail)
  if (messageId === null || kind === null) return []
  // The id leads to the recipient: a report by a server behind a forwarding names somebody else.
  return noticesOf(eventId, [null], { kind, medium: 'email', messageId, atMs: nowMs })
}

function kindOf(mail: Email): NoticeKind | null {
  const complaint = partOf(mail, 'message/feedback-report')
  if (complaint !== null) return kindOfComplaint(groupsOf(complaint)[0])
  const report = partOf(mail, 'message/delivery-status')
  if (report === null) return null
  // The first group is about the mail, each other about one recipient; ours have one.
  const [, ...recipients] = groupsOf(report)
  return recipients.map(kindOfRecipient).find((kind) => kind !== null) ?? null
}

function kindOfRecipient(fields: Fields): NoticeKind | null {
  const action = fields.get('action')?.toLowerCase() ?? ''
  const statusClass = /^([245])\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[1]
  if (action === 'delivered') return 'delivered'
  if (action === 'delayed') return 'soft-bounce'
  if (action !== 'failed') return null
  return statusClass === '5' ? 'hard-bounce' : 'soft-bounce'
}

function kindOfComplaint(fields: Fields | undefined): NoticeKind | null {
  const type = fields?.get('feedback-type')?.toLowerCase() ?? ''
  if (type === 'not-spam' || type === '') return null
  return type === 'opt-out' ? 'unsubscribed' : 'complaint'
}

/** Of the mail that is sent back, whole or its headers. */
function idOfOurs(mail: Email): string | null {
  const text = partOf(mail, 'message/rfc822') ?? partOf(mail, 'text/rfc822-headers')
  if (text === null) return null
  const [head = ''] = text.split(/\r?\n\r?\n/, 1)
  const [, id] = /^message-id:\s*<([^<>@\s]+)@[^<>\s]+>/im.exec(head) ?? []
  return ownId(id ?? null)
}

function partOf(mail: Email, type: string): string | null {
  const part = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === type)
  if (part === undefined) return null
  const { content } = part
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** Groups of header fields with an empty line between them. */
function groupsOf(text: string): readonly Fields[] {
  const unfolded = text.replace(/\r\n/g, '\n').replace(/\n[ \t]+/g, ' ')
  return unfolded
    .split(/\n{2,}/)
    .filter((group) => group.trim() !== '')
    .map(
      (group) =>
        new Map(
          group.split('\n').map((line) => {
            const colon = line.indexOf(':')
            return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
          }),
        ),
    )
}

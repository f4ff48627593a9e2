// What Twilio tells: replies, and what became of a text. Comes in: the token of the account, then a request. Goes out: the
// wish to be left alone, in whatever words; a number that nobody has. Signed over the whole address and the sorted fields
// (https://www.twilio.com/docs/usage/security), so `place.url` must be the address that Twilio was given.

import { createHmac } from 'node:crypto'
import type { NoticeKind } from '../../domain/delivery-notice.ts'
import { meaningOfReply } from '../../domain/stop-words.ts'
import type { NoticeReader } from '../../ports/delivery-notices.ts'
import { isSameSecret, noticesOf } from './notice.ts'

export function openTwilioNotices(authToken: string): NoticeReader {
  return async (body, headers, { url, nowMs }) => {
    const form = new URLSearchParams(body)
    const given = headers.get('x-twilio-signature') ?? ''
    if (!isSameSecret(given, twilioSignature(authToken, url, form))) return { kind: 'forged' }
    const told = tell(form)
    if (told === null) return { kind: 'notices', notices: [] }
    const eventId = `${form.get('MessageSid') ?? form.get('SmsSid') ?? ''}:${told.kind}`
    const about = { kind: told.kind, medium: 'sms', messageId: null, atMs: nowMs } as const
    return { kind: 'notices', notices: noticesOf(eventId, [told.phone], about) }
  }
}

export function twilioSignature(authToken: string, url: string, form: URLSearchParams): string {
  const fields = [...new Set(form.keys())].sort().flatMap((name) => {
    const values = [...new Set(form.getAll(name))].sort()
    return values.map((value) => `${name}${value}`)
  })
  return createHmac('sha1', authToken)
    .update(`${url}${fields.join('')}`)
    .digest('base64')
}

function tell(form: URLSearchParams): { readonly kind: NoticeKind; readonly phone: string } | null {
  const status = form.get('MessageStatus')
  const [kind, phone] =
    status === null
      ? [kindOfReply(form), form.get('From')]
      : [kindOfStatus(status, form.get('ErrorCode')), form.get('To')]
  return kind === null || phone === null ? null : { kind, phone }
}

const byMeaning = { stop: 'stop-word', start: 'start-word', unclear: 'unclear-reply', none: null } as const

/** Where Twilio heeds words of its own (`OptOutType`), it will send nothing more, whatever we make of them. */
function kindOfReply(form: URLSearchParams): NoticeKind | null {
  const heeded = form.get('OptOutType')
  if (heeded === 'STOP') return 'stop-word'
  if (heeded === 'START') return 'start-word'
  return byMeaning[meaningOfReply(form.get('Body') ?? '')]
}

// https://www.twilio.com/docs/api/errors: said STOP; no such number, a land line; switched off or out of reach.
const stopCodes = new Set(['21610'])
const hardCodes = new Set(['21211', '21614', '30005', '30006'])
const softCodes = new Set(['30003', '30008'])

function kindOfStatus(status: string, code: string | null): NoticeKind | null {
  if (status === 'delivered') return 'delivered'
  if (status !== 'failed' && status !== 'undelivered') return null
  if (code === null) return null
  if (stopCodes.has(code)) return 'stop-word'
  if (hardCodes.has(code)) return 'hard-bounce'
  return softCodes.has(code) ? 'soft-bounce' : null
}

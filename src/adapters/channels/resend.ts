// Mail over Resend (POST /emails). Comes in: the API key. Goes out: a channel. The id of a message is its idempotency key, so
// that Resend takes it once within 24 hours, and a tag, so that a notice names it.

import type { Channel, SendOutcome } from '../../ports/channel.ts'
import { textAt } from '../json-text.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { mailHeaders } from './mail-headers.ts'
import { mailboxText } from './mailbox-text.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type ResendSettings = ProviderSettings & { readonly apiKey: string }

const URL = 'https://api.resend.com/emails'

const rules: ProviderRules = {
  knowsKeys: true,
  refOf: (json) => textAt(json, 'id'),
  refusal(status, json): SendOutcome {
    const name = textAt(json, 'name')
    const words = textAt(json, 'message') ?? `status ${status}`
    const reason = plainReason(words)
    if (name === 'concurrent_idempotent_requests') return { kind: 'try-later', reason }
    // Something went out under this id before, with other words.
    if (name === 'invalid_idempotent_request') return { kind: 'ambiguous', reason }
    return { kind: 'rejected', reason, isAddress: /`to`/.test(words) }
  },
}

export function openResend(settings: ResendSettings): Channel {
  return mailChannel('resend', (mail) => postToProvider(requestOf(mail, settings.apiKey), settings, rules))
}

function requestOf(message: MailOutgoing, apiKey: string) {
  const { content, to, id } = message
  return {
    url: URL,
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': id,
    },
    body: JSON.stringify({
      from: mailboxText(content.from),
      to: [mailboxText(to)],
      ...(content.replyTo === null ? {} : { reply_to: content.replyTo }),
      subject: content.subject,
      html: content.html,
      text: content.text,
      headers: Object.fromEntries(mailHeaders(message).map(({ name, value }) => [name, value])),
      tags: [{ name: 'message', value: id }],
    }),
  }
}

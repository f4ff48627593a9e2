// Mail over Postmark (POST /email). Comes in: the token of a server and the names of its streams. Goes out: a channel.
// Marketing goes over the broadcast stream only, as Postmark demands. It knows no idempotency key: an error of its server
// leaves open what became of the message.

import { isMarketing } from '../../domain/message.ts'
import type { Channel, SendOutcome } from '../../ports/channel.ts'
import { textAt } from '../json-text.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { mailHeaders } from './mail-headers.ts'
import { mailboxText } from './mailbox-text.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type PostmarkSettings = ProviderSettings & {
  readonly token: string
  /** Names of the streams: `outbound` and `broadcast` where the shop made no others. */
  readonly transactionalStream: string
  readonly broadcastStream: string
}

const URL = 'https://api.postmarkapp.com/email'
/** Inactive recipient: it bounced, complained or unsubscribed there. */
const INACTIVE = '406'
const INVALID_REQUEST = '300'
/** The account may send no more, or not from this address: for the shopkeeper to mend. */
const accountCodes = new Set(['10', '400', '401', '405', '412', '413'])

const rules: ProviderRules = {
  knowsKeys: false,
  refOf: (json) => textAt(json, 'MessageID'),
  refusal(status, json): SendOutcome {
    const code = textAt(json, 'ErrorCode') ?? ''
    const words = textAt(json, 'Message') ?? `status ${status}`
    const reason = plainReason(words)
    if (accountCodes.has(code)) return { kind: 'try-later', reason }
    const isAddress = code === INACTIVE || (code === INVALID_REQUEST && /'To'/.test(words))
    return { kind: 'rejected', reason, isAddress }
  },
}

export function openPostmark(settings: PostmarkSettings): Channel {
  return mailChannel('postmark', (mail) => postToProvider(requestOf(mail, settings), settings, rules))
}

function requestOf(message: MailOutgoing, settings: PostmarkSettings) {
  const { content, to, id } = message
  return {
    url: URL,
    headers: {
      'x-postmark-server-token': settings.token,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      From: mailboxText(content.from),
      To: mailboxText(to),
      ...(content.replyTo === null ? {} : { ReplyTo: content.replyTo }),
      Subject: content.subject,
      HtmlBody: content.html,
      TextBody: content.text,
      MessageStream: isMarketing(message.class) ? settings.broadcastStream : settings.transactionalStream,
      Headers: mailHeaders(message).map(({ name, value }) => ({ Name: name, Value: value })),
      Metadata: { message: id },
      TrackOpens: false,
      TrackLinks: 'None',
    }),
  }
}

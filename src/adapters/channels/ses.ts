// Mail over Amazon SES (v2, SendEmail), signed as AWS wants it. Comes in: a region, a key and, for notices, the name of a
// configuration set. Goes out: a channel. SES knows no idempotency key: an error of its server leaves open what became of
// the message.

import { AwsV4Signer } from 'aws4fetch'
import type { Channel, SendOutcome } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import { textAt } from '../json-text.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { mailHeaders } from './mail-headers.ts'
import { asciiMailboxText } from './mailbox-text.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type SesSettings = ProviderSettings & {
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | null
  readonly configurationSet: string | null
  readonly clock: Clock
}

/** The account may send no more: for the shopkeeper to mend. */
const accountErrors =
  /^(LimitExceeded|AccountSuspended|SendingPaused|MailFromDomainNotVerified|TooManyRequests|NotFound)/

const rules: ProviderRules = {
  knowsKeys: false,
  refOf: (json) => textAt(json, 'MessageId'),
  refusal(status, json): SendOutcome {
    const name = textAt(json, '__type')?.split('#').at(-1) ?? ''
    const words = textAt(json, 'message') ?? textAt(json, 'Message') ?? `status ${status}`
    const reason = plainReason(`${name} ${words}`)
    if (accountErrors.test(name) || /not verified/i.test(words)) return { kind: 'try-later', reason }
    // The sender's address was checked before: an address that is refused is the recipient's.
    const isAddress =
      /illegal address|invalid (email|domain|local)|missing (final|start|end)|suppression list/i
    return { kind: 'rejected', reason, isAddress: isAddress.test(words) }
  },
}

export function openSes(settings: SesSettings): Channel {
  return mailChannel('ses', async (mail) =>
    postToProvider(await signedRequest(mail, settings), settings, rules),
  )
}

async function signedRequest(message: MailOutgoing, settings: SesSettings) {
  const { region, accessKeyId, secretAccessKey, sessionToken, clock } = settings
  const url = `https://email.${region}.amazonaws.com/v2/email/outbound-emails`
  const body = JSON.stringify(sendEmail(message, settings.configurationSet))
  const signer = new AwsV4Signer({
    method: 'POST',
    url,
    body,
    service: 'ses',
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === null ? {} : { sessionToken }),
    headers: { 'content-type': 'application/json' },
    datetime: new Date(clock.nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  })
  const signed = await signer.sign()
  return { url, body, headers: Object.fromEntries(signed.headers) }
}

function sendEmail(message: MailOutgoing, configurationSet: string | null) {
  const { content, to, id } = message
  const text = (words: string) => ({ Data: words, Charset: 'UTF-8' })
  return {
    FromEmailAddress: asciiMailboxText(content.from),
    Destination: { ToAddresses: [asciiMailboxText(to)] },
    ...(content.replyTo === null ? {} : { ReplyToAddresses: [content.replyTo] }),
    Content: {
      Simple: {
        Subject: text(content.subject),
        Body: { Html: text(content.html), Text: text(content.text) },
        Headers: mailHeaders(message).map(({ name, value }) => ({ Name: name, Value: value })),
      },
    },
    EmailTags: [{ Name: 'message', Value: id }],
    ...(configurationSet === null ? {} : { ConfigurationSetName: configurationSet }),
  }
}

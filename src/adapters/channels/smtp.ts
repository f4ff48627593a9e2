// Mail over a mail server. Comes in: its address with the login, and the key that signs (DKIM). Goes out: a channel with a
// pool of connections. Rejects at opening with `settings-invalid` where the address or the key is none. An answer comes
// within the deadline whatever the server does: a slow drip of single bytes keeps every time-out of a socket from firing.

import { createPrivateKey } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { AppError } from '../../domain/errors.ts'
import type { Channel, Mailbox, SendOutcome } from '../../ports/channel.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { mailHeaders } from './mail-headers.ts'
import { readSmtpFailure, smtpOutcome } from './smtp-outcome.ts'

export type DkimKey = {
  readonly domain: string
  readonly selector: string
  /** PEM of an RSA key. */
  readonly privateKey: string
}

export type SmtpSettings = {
  /** `smtps://user:password@mail.example:465`, or `smtp://` with STARTTLS. */
  readonly url: string
  readonly dkim: DkimKey | null
  readonly connections?: number
  readonly deadlineMs?: number
}

type Transport = ReturnType<typeof openTransport>

/** Less than a minute, the lease of a claim. */
const DEADLINE_MS = 45_000
const CONNECTIONS = 5

// RFC 6376, 5.4.1, and RFC 8058, 4: both List-Unsubscribe headers are under the signature.
const signedHeaders =
  'From:Reply-To:Subject:Date:Message-ID:To:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Precedence'

export function openSmtp(settings: SmtpSettings): Channel {
  const place = openTransport(settings)
  const deadlineMs = settings.deadlineMs ?? DEADLINE_MS
  return mailChannel(
    'smtp',
    (mail) => sendMail(place, mail, deadlineMs),
    async () => place.transport.close(),
  )
}

function openTransport(settings: SmtpSettings) {
  const { hostname } = readUrl(settings.url)
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1'
  const deadlineMs = settings.deadlineMs ?? DEADLINE_MS
  const transport = createTransport({
    pool: true,
    url: settings.url,
    maxConnections: settings.connections ?? CONNECTIONS,
    // Whether a message is sent again is decided where it is known what it is.
    maxRequeues: 0,
    requireTLS: !isHere,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: Math.min(10_000, deadlineMs),
    greetingTimeout: Math.min(10_000, deadlineMs),
    dnsTimeout: Math.min(10_000, deadlineMs),
    socketTimeout: Math.min(20_000, deadlineMs),
    ...(settings.dkim === null ? {} : { dkim: readDkim(settings.dkim) }),
  })
  /** The stream of each message that is under way: one that was read from has begun to leave. */
  const bodies = new Map<string, { readonly readableDidRead: boolean }>()
  transport.use('stream', (mail, done) => {
    const { message, data } = mail
    const open = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const body = open(options)
      bodies.set(String(data.messageId), body)
      return body
    }
    done()
  })
  return { transport, bodies }
}

async function sendMail(
  { transport, bodies }: Transport,
  message: MailOutgoing,
  deadlineMs: number,
): Promise<SendOutcome> {
  const { content, to } = message
  const domain = content.from.address.slice(content.from.address.lastIndexOf('@') + 1)
  const messageId = `<${message.id}@${domain}>`
  const tooLate = new AbortController()
  const timer = setTimeout(() => tooLate.abort(), deadlineMs)
  try {
    const info = await transport.sendMail({
      messageId,
      subject: content.subject,
      html: content.html,
      text: content.text,
      from: mailbox(content.from),
      to: mailbox(to),
      ...(content.replyTo === null ? {} : { replyTo: content.replyTo }),
      envelope: { from: content.from.address, to: [to.address] },
      headers: mailHeaders(message).map(({ name, value }) => ({
        key: name,
        value: { prepared: true, foldLines: false, value },
      })),
      signal: tooLate.signal,
    })
    return { kind: 'sent', providerRef: info.serverMessageId ?? null }
  } catch (error) {
    const failure = readSmtpFailure(tooLate.signal.aborted ? new Error('no answer in time') : error)
    return smtpOutcome(failure, bodies.get(messageId)?.readableDidRead === true)
  } finally {
    clearTimeout(timer)
    bodies.delete(messageId)
  }
}

function mailbox({ name, address }: Mailbox) {
  return { name: name ?? '', address }
}

function readUrl(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text)
    if ((url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '') return url
  }
  throw new AppError(
    'settings-invalid',
    'The address of the mail server is none: write smtps://user:password@mail.example:465, with %40 for an @ in the user.',
  )
}

/** nodemailer sends without a signature where the key is none, and says nothing. */
function readDkim({ domain, selector, privateKey }: DkimKey) {
  let kind: string | undefined
  try {
    kind = createPrivateKey(privateKey).asymmetricKeyType
  } catch {
    kind = undefined
  }
  if (kind === 'rsa') {
    return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaders }
  }
  throw new AppError(
    'settings-invalid',
    'The key that signs mail (DKIM) is not an RSA key in PEM: make one with "openssl genrsa 2048".',
  )
}

// What Amazon SES tells over SNS (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). Comes in:
// the topic that is ours, then a request. Goes out: bounces, complaints and deliveries, or the address that confirms the
// subscription, which was visited. Anybody can let SNS sign something: so only messages of our own topic count. Rejects with
// `channel-unavailable` where Amazon's certificate is not to be had; SNS asks again.

import { verify, X509Certificate } from 'node:crypto'
import type { DeliveryNotice } from '../../domain/delivery-notice.ts'
import { AppError } from '../../domain/errors.ts'
import type { NoticeReader } from '../../ports/delivery-notices.ts'
import { instantAt, listAt, readJson, textAt } from '../json-text.ts'
import { noticesOf, ownId } from './notice.ts'
import type { Fetch } from './provider-post.ts'

export type SesNoticeSettings = { readonly topicArn: string; readonly fetch?: Fetch }

const TIMEOUT_MS = 10_000
const CERTIFICATES_MAX = 20
const ofAmazon = /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?$/

export function openSesNotices({ topicArn, fetch: get = fetch }: SesNoticeSettings): NoticeReader {
  const certificates = new Map<string, X509Certificate>()
  const certificateAt = async (url: string): Promise<X509Certificate> => {
    const known = certificates.get(url)
    if (known !== undefined) return known
    const certificate = await fetchCertificate(get, url)
    if (certificates.size < CERTIFICATES_MAX) certificates.set(url, certificate)
    return certificate
  }
  return async (body, _headers, { nowMs }) => {
    const message = readJson(body)
    const certificateUrl = textAt(message, 'SigningCertURL') ?? ''
    if (textAt(message, 'TopicArn') !== topicArn || !isOfAmazon(certificateUrl, '.pem'))
      return { kind: 'forged' }
    const certificate = await certificateAt(certificateUrl)
    if (!isGenuine(message, certificate, nowMs)) return { kind: 'forged' }
    if (textAt(message, 'Type') === 'Notification') {
      return { kind: 'notices', notices: tell(message, nowMs) }
    }
    const url = textAt(message, 'SubscribeURL') ?? ''
    if (textAt(message, 'Type') !== 'SubscriptionConfirmation' || !isOfAmazon(url, '/')) {
      return { kind: 'notices', notices: [] }
    }
    await visit(get, url)
    return { kind: 'confirm', url }
  }
}

function isOfAmazon(text: string, pathEnd: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, port, username, search } = new URL(text)
  const isThere = protocol === 'https:' && ofAmazon.test(hostname) && port === '' && username === ''
  // A certificate has one address, so that one of many names is not fetched for each.
  return isThere && pathname.endsWith(pathEnd) && (pathEnd === '/' || search === '')
}

function isGenuine(message: unknown, certificate: X509Certificate, nowMs: number): boolean {
  if (certificate.validFromDate.getTime() > nowMs || certificate.validToDate.getTime() < nowMs) return false
  const hash = new Map([
    ['1', 'sha1'],
    ['2', 'sha256'],
  ]).get(textAt(message, 'SignatureVersion') ?? '')
  const signature = Buffer.from(textAt(message, 'Signature') ?? '', 'base64')
  return (
    hash !== undefined && verify(hash, Buffer.from(signedText(message)), certificate.publicKey, signature)
  )
}

function signedText(message: unknown): string {
  const names =
    textAt(message, 'Type') === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  return names
    .flatMap((name) => {
      const value = textAt(message, name)
      return value === null ? [] : [`${name}\n${value}\n`]
    })
    .join('')
}

/** Both of SES's forms: notices of an identity (`notificationType`) and events of a configuration set (`eventType`). */
function tell(message: unknown, nowMs: number): readonly DeliveryNotice[] {
  const event = readJson(textAt(message, 'Message') ?? '')
  const eventId = textAt(message, 'MessageId') ?? ''
  const told = (kind: DeliveryNotice['kind'], part: string, addresses: readonly unknown[]) =>
    noticesOf(
      eventId,
      addresses.filter((one) => typeof one === 'string'),
      {
        kind,
        medium: 'email',
        messageId: ownId(textAt(event, 'mail', 'tags', 'message', 0)),
        atMs: instantAt(nowMs, event, part, 'timestamp'),
      },
    )
  const addressesIn = (part: string, list: string) =>
    listAt(event, part, list).map((one) => textAt(one, 'emailAddress'))
  switch (textAt(event, 'notificationType') ?? textAt(event, 'eventType')) {
    case 'Bounce': {
      const isHard = textAt(event, 'bounce', 'bounceType') === 'Permanent'
      return told(
        isHard ? 'hard-bounce' : 'soft-bounce',
        'bounce',
        addressesIn('bounce', 'bouncedRecipients'),
      )
    }
    case 'Complaint':
      // `not-spam`: a person took it out of the spam folder.
      return textAt(event, 'complaint', 'complaintFeedbackType') === 'not-spam'
        ? []
        : told('complaint', 'complaint', addressesIn('complaint', 'complainedRecipients'))
    case 'Delivery':
      return told('delivered', 'delivery', listAt(event, 'delivery', 'recipients'))
    case 'DeliveryDelay':
      return told('soft-bounce', 'deliveryDelay', addressesIn('deliveryDelay', 'delayedRecipients'))
    default:
      return []
  }
}

async function fetchCertificate(get: Fetch, url: string): Promise<X509Certificate> {
  try {
    return new X509Certificate(await visit(get, url))
  } catch (error) {
    throw unreachable(error)
  }
}

async function visit(get: Fetch, url: string): Promise<string> {
  try {
    const answer = await get(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!answer.ok) throw new Error(`status ${answer.status}`)
    return await answer.text()
  } catch (error) {
    throw unreachable(error)
  }
}

function unreachable(error: unknown): AppError {
  if (error instanceof AppError) return error
  const words = 'Amazon SNS did not hand out what its notice is checked with; it sends the notice again.'
  return new AppError('channel-unavailable', words, error)
}

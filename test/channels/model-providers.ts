// How the real providers answer, as far as a sender sees it: what they refuse, and how they know a repetition. Each is written
// after its own reference (September to November 2026), not after our code.

import { createHash, createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Asked, ProviderModel, Reply } from './local-provider.ts'

export const refusedAddress = 'gone@mail.example'
export const refusedNumber = '+15005550009'

const json = (body: string): unknown => JSON.parse(body)
const mailbox = z.string().regex(/^("(\\.|[^"\\])*" <[^<>\s]+@[^<>\s]+>|[^<>\s]+@[^<>\s]+)$/)
const tag = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/)

const resendMail = z.strictObject({
  ...{ from: mailbox, to: z.array(mailbox).min(1).max(50), reply_to: z.string().optional() },
  ...{ subject: z.string().min(1), html: z.string(), text: z.string() },
  ...{ headers: z.record(z.string(), z.string()), tags: z.array(z.strictObject({ name: tag, value: tag })) },
})

/** https://resend.com/docs/api-reference/emails/send-email and …/errors */
export function modelResend(apiKey: string): ProviderModel {
  const byKey = new Map<string, { readonly body: string; readonly id: string }>()
  return ({ host, path, headers, body }, take) => {
    if (`${host}${path}` !== 'api.resend.com/emails') return { status: 404, json: {} }
    const says = (status: number, name: string, message: string): Reply => ({
      ...{ status, json: { statusCode: status, name, message } },
    })
    if (headers.authorization !== `Bearer ${apiKey}`)
      return says(403, 'invalid_api_key', 'API key is invalid')
    const key = headers['idempotency-key']
    if (typeof key !== 'string' || key.length > 256) return says(400, 'invalid_idempotency_key', 'The key…')
    const mail = resendMail.safeParse(json(body)).data
    if (mail === undefined) return says(422, 'validation_error', 'The request does not fit')
    if (mail.to.some((one) => one.includes(refusedAddress)))
      return says(
        422,
        'validation_error',
        'Invalid `to` field. The email address needs to follow the format.',
      )
    const before = byKey.get(key)
    if (before !== undefined) {
      if (before.body === body) return { status: 200, json: { id: before.id } }
      return says(409, 'invalid_idempotent_request', 'Same idempotency key used with a different payload')
    }
    byKey.set(key, { body, id: `re-${key}` })
    take(key)
    return { status: 200, json: { id: `re-${key}` } }
  }
}

const postmarkMail = z.strictObject({
  ...{ From: mailbox, To: mailbox, ReplyTo: z.string().optional(), Subject: z.string() },
  ...{ HtmlBody: z.string(), TextBody: z.string(), MessageStream: z.enum(['outbound', 'broadcast']) },
  Headers: z.array(z.strictObject({ Name: z.string(), Value: z.string() })),
  Metadata: z.record(z.string().max(20), z.string().max(80)),
  ...{ TrackOpens: z.literal(false), TrackLinks: z.literal('None') },
})

/** https://postmarkapp.com/developer/api/email-api and …/api-overview#error-codes; knows no key. */
export function modelPostmark(token: string): ProviderModel {
  return ({ host, path, headers, body }, take) => {
    if (`${host}${path}` !== 'api.postmarkapp.com/email') return { status: 404, json: {} }
    const says = (status: number, ErrorCode: number, Message: string): Reply => ({
      ...{ status, json: { ErrorCode, Message } },
    })
    if (headers['x-postmark-server-token'] !== token) return says(401, 10, 'Bad or missing Server API token')
    const mail = postmarkMail.safeParse(json(body)).data
    if (mail === undefined) return says(422, 403, 'Incompatible JSON')
    if (mail.To.includes(refusedAddress))
      return says(422, 406, `You tried to send to a recipient that has been marked as inactive. ${mail.To}`)
    take(mail.Metadata.message ?? '')
    return {
      ...{ status: 200, json: { ErrorCode: 0, Message: 'OK', MessageID: `pm-${mail.Metadata.message}` } },
    }
  }
}

const words = z.strictObject({ Data: z.string(), Charset: z.literal('UTF-8') })
const sesMail = z.strictObject({
  FromEmailAddress: z.string().regex(/^[\x20-\x7e]+$/),
  Destination: z.strictObject({ ToAddresses: z.array(z.string().regex(/^[\x20-\x7e]+$/)).length(1) }),
  ReplyToAddresses: z.array(z.string()).optional(),
  Content: z.strictObject({
    Simple: z.strictObject({
      ...{ Subject: words, Body: z.strictObject({ Html: words, Text: words }) },
      Headers: z.array(z.strictObject({ Name: z.string().max(126), Value: z.string().max(870) })).max(15),
    }),
  }),
  EmailTags: z.array(z.strictObject({ Name: tag, Value: tag })),
  ConfigurationSetName: z.string().optional(),
})

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html; checks the signature by its own sums. */
export function modelSes(
  key: { readonly id: string; readonly secret: string },
  region: string,
): ProviderModel {
  return (asked, take) => {
    if (asked.host !== `email.${region}.amazonaws.com` || asked.path !== '/v2/email/outbound-emails')
      return { status: 404, json: {} }
    if (!isSignedByAws(asked, key, region))
      return { status: 403, json: { message: 'The request signature we calculated does not match' } }
    const mail = sesMail.safeParse(json(asked.body))
    if (!mail.success)
      return { status: 400, json: { __type: 'SerializationException', message: mail.error.message } }
    if (mail.data.Destination.ToAddresses.some((one) => one.includes(refusedAddress)))
      return { status: 400, json: { __type: 'BadRequestException', message: 'Illegal address' } }
    const id = mail.data.EmailTags.find(({ Name }) => Name === 'message')?.Value ?? ''
    take(id)
    return { status: 200, json: { MessageId: `ses-${id}` } }
  }
}

/** AWS Signature Version 4, from its description. */
function isSignedByAws(
  { headers, host, path, body }: Asked,
  key: { readonly id: string; readonly secret: string },
  region: string,
): boolean {
  const [, id, date, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/[^,]+, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization?.toString() ?? '',
    ) ?? []
  if (id !== key.id || date === undefined || names === undefined) return false
  const at = headers['x-amz-date']?.toString() ?? ''
  const headerOf = (name: string) => (name === 'host' ? host : (headers[name]?.toString().trim() ?? ''))
  const signedHeaders = names.split(';').map((name) => `${name}:${headerOf(name)}\n`)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const canonical = ['POST', path, '', signedHeaders.join(''), names, hash(body)].join('\n')
  const scope = `${date}/${region}/ses/aws4_request`
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest()
  const signing = hmac(hmac(hmac(hmac(`AWS4${key.secret}`, date), region), 'ses'), 'aws4_request')
  const right = hmac(signing, ['AWS4-HMAC-SHA256', at, scope, hash(canonical)].join('\n')).toString('hex')
  return at.startsWith(date) && signature === right
}

/** https://www.twilio.com/docs/messaging/api/message-resource; knows no key. */
export function modelTwilio(account: { readonly sid: string; readonly token: string }): ProviderModel {
  return ({ host, path, headers, body }, take) => {
    if (`${host}${path}` !== `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json`)
      return { status: 404, json: {} }
    const login = `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}`
    if (headers.authorization !== login)
      return { status: 401, json: { code: 20003, message: 'Authenticate' } }
    const form = new URLSearchParams(body)
    const says = (code: number, message: string): Reply => ({
      status: 400,
      json: { code, message, status: 400 },
    })
    if (!form.has('From') && !form.has('MessagingServiceSid')) return says(21603, "A 'From' is required")
    if (!form.get('Body')) return says(21602, 'Message body is required')
    const to = form.get('To') ?? ''
    if (to === refusedNumber) return says(21614, `'To' number ${to} is not a valid mobile number`)
    const id = /\/c\/(\S+)/.exec(form.get('Body') ?? '')?.[1] ?? ''
    take(id)
    return { status: 201, json: { sid: `SM${id}`, status: 'queued' } }
  }
}

const klaviyoEvent = z.strictObject({
  data: z.strictObject({
    type: z.literal('event'),
    attributes: z.strictObject({
      ...{ unique_id: z.string().min(1), time: z.iso.datetime() },
      properties: z.record(z.string(), z.unknown()),
      metric: z.strictObject({
        data: z.strictObject({
          type: z.literal('metric'),
          attributes: z.strictObject({ name: z.string().max(128) }),
        }),
      }),
      profile: z.strictObject({
        data: z.strictObject({
          type: z.literal('profile'),
          attributes: z.strictObject({ email: z.string() }),
        }),
      }),
    }),
  }),
})

/** https://developers.klaviyo.com/en/reference/create_event: 202, and of each unique_id the first is kept. */
export function modelKlaviyo(apiKey: string): ProviderModel {
  const kept = new Set<string>()
  return ({ host, path, headers, body }, take) => {
    if (`${host}${path}` !== 'a.klaviyo.com/api/events') return { status: 404, json: {} }
    if (headers.authorization !== `Klaviyo-API-Key ${apiKey}`) return { status: 401, json: { errors: [] } }
    if (!/^\d{4}-\d\d-\d\d$/.test(headers.revision?.toString() ?? ''))
      return { status: 400, json: { errors: [] } }
    const event = klaviyoEvent.safeParse(json(body)).data
    if (event === undefined) return { status: 400, json: { errors: [{ detail: 'Invalid' }] } }
    const { unique_id, metric, profile } = event.data.attributes
    const { email } = profile.data.attributes
    if (email === refusedAddress) {
      const source = { pointer: '/data/attributes/profile/data/attributes/email' }
      return { status: 400, json: { errors: [{ code: 'invalid', detail: 'Invalid email address', source }] } }
    }
    const key = `${email} ${metric.data.attributes.name} ${unique_id}`
    if (!kept.has(key)) take(unique_id)
    kept.add(key)
    return { status: 202, json: null }
  }
}

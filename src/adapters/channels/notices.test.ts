// What providers tell, in the forms of their own references, and that a forged notice tells nothing.

import assert from 'node:assert/strict'
import { sign } from 'node:crypto'
import test from 'node:test'
import { selfSigned } from '../../../test/channels/self-signed.ts'
import type { NoticeReader, NoticeReading } from '../../ports/delivery-notices.ts'
import { readSigningKey, signMessage } from '../signing/standard-webhooks.ts'
import { openPostmarkNotices } from './postmark-notices.ts'
import { openResendNotices } from './resend-notices.ts'
import { openSesNotices } from './ses-notices.ts'
import { openTwilioNotices, twilioSignature } from './twilio-notices.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const nowMs = Date.UTC(2026, 10, 26, 9)
const atMs = Date.UTC(2026, 10, 26, 8)
const url = 'https://after.shop.example/v1/webhooks/x'

function ask(reader: NoticeReader, body: string, headers: Readonly<Record<string, string>> = {}, at = url) {
  return reader(body, { get: (name) => headers[name] }, { url: at, nowMs })
}

function told(reading: NoticeReading): readonly string[] {
  if (reading.kind !== 'notices') return [reading.kind]
  return reading.notices.map(({ kind, address, messageId }) => `${kind} ${address} ${messageId}`)
}

test('resend: events are read by the tag of the message', async () => {
  const reader = openResendNotices([secret])
  const tell = async (type: string, more: object = {}, signedWith = secret) => {
    const body = JSON.stringify({
      ...{ type, created_at: new Date(atMs).toISOString() },
      data: { email_id: 're-1', to: ['Ada <ada@mail.example>'], tags: { message: 'm-1' }, ...more },
    })
    const signed = signMessage(readSigningKey(signedWith), 'evt-1', body, nowMs)
    const headers = {
      'svix-id': signed['webhook-id'],
      'svix-timestamp': signed['webhook-timestamp'],
      'svix-signature': signed['webhook-signature'],
    }
    return ask(reader, body, headers)
  }
  const notice = { medium: 'email', address: 'ada@mail.example', messageId: 'm-1', eventId: 'evt-1', atMs }
  assert.deepEqual(await tell('email.bounced', { bounce: { type: 'Permanent' } }), {
    ...{ kind: 'notices', notices: [{ ...notice, kind: 'hard-bounce' }] },
  })
  const kinds = {
    'email.complained': 'complaint',
    'email.delivered': 'delivered',
    'email.delivery_delayed': 'soft-bounce',
    'email.suppressed': 'hard-bounce',
  }
  for (const [type, kind] of Object.entries(kinds)) {
    assert.deepEqual(told(await tell(type)), [`${kind} ada@mail.example m-1`])
  }
  assert.deepEqual(told(await tell('email.bounced', { bounce: { type: 'Transient' } })), [
    'soft-bounce ada@mail.example m-1',
  ])
  assert.deepEqual(told(await tell('email.bounced', { tags: [{ name: 'message', value: 'm-2' }] })), [
    'hard-bounce ada@mail.example m-2',
  ])
  assert.deepEqual(told(await tell('email.opened')), [])
  const two = await tell('email.complained', { to: ['a@mail.example', 'b@mail.example'] })
  assert.ok(two.kind === 'notices')
  assert.deepEqual(
    two.notices.map(({ eventId }) => eventId),
    ['evt-1', 'evt-1:1'],
  )
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  assert.deepEqual(await tell('email.bounced', {}, other), { kind: 'forged' })
})

test('postmark: records are read, and the secret stands in the address or in a header', async () => {
  const reader = openPostmarkNotices(['new-secret', 'old-secret'])
  const basic = (login: string) => ({ authorization: `Basic ${Buffer.from(login).toString('base64')}` })
  const tell = (record: object, headers: Record<string, string> = basic('aftercart:new-secret')) =>
    ask(reader, JSON.stringify({ MessageID: 'pm-1', Metadata: { message: 'm-1' }, ...record }), headers)
  const bounce = {
    RecordType: 'Bounce',
    ID: 42,
    Email: 'ada@mail.example',
    BouncedAt: '2026-11-26T08:00:00Z',
  }
  assert.deepEqual(await tell({ ...bounce, Type: 'HardBounce' }), {
    kind: 'notices',
    notices: [
      {
        ...{ kind: 'hard-bounce', medium: 'email', address: 'ada@mail.example', messageId: 'm-1', atMs },
        eventId: 'Bounce:42:2026-11-26T08:00:00Z',
      },
    ],
  })
  const types = {
    BadEmailAddress: ['hard-bounce'],
    ManuallyDeactivated: ['hard-bounce'],
    SoftBounce: ['soft-bounce'],
    Transient: ['soft-bounce'],
    SpamComplaint: ['complaint'],
    AutoResponder: [],
  }
  for (const [Type, kinds] of Object.entries(types)) {
    assert.deepEqual(
      told(await tell({ ...bounce, Type })),
      kinds.map((kind) => `${kind} ada@mail.example m-1`),
    )
  }
  const change = { RecordType: 'SubscriptionChange', Recipient: 'ada@mail.example', SuppressSending: true }
  assert.deepEqual(told(await tell({ ...change, SuppressionReason: 'ManualSuppression' })), [
    'unsubscribed ada@mail.example m-1',
  ])
  assert.deepEqual(told(await tell({ ...change, SuppressSending: false })), [])
  assert.deepEqual(told(await tell({ RecordType: 'Delivery', Recipient: 'ada@mail.example' })), [
    'delivered ada@mail.example m-1',
  ])
  assert.equal((await tell(change, basic('anybody:old-secret'))).kind, 'notices')
  assert.equal((await tell(change, { 'x-webhook-secret': 'new-secret' })).kind, 'notices')
  for (const headers of [{}, basic('aftercart:wrong'), basic('new-secret:'), { 'x-webhook-secret': '' }]) {
    assert.deepEqual(await tell(change, headers as Record<string, string>), { kind: 'forged' })
  }
  assert.deepEqual(await ask(openPostmarkNotices(['']), '{}', { 'x-webhook-secret': '' }), { kind: 'forged' })
})

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:aftercart'
const certificateUrl = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem'

function snsPlace(certificate = selfSigned(nowMs - 1_000, nowMs + 86_400_000)) {
  const visited: string[] = []
  const reader = openSesNotices({
    topicArn,
    async fetch(asked) {
      visited.push(asked)
      return new Response(asked.endsWith('.pem') ? certificate.pem : '<ok/>')
    },
  })
  const signed = (fields: Record<string, string>, version = '2'): string => {
    const names = Object.keys(fields).sort()
    const text = names.map((name) => `${name}\n${fields[name]}\n`).join('')
    const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), certificate.privateKey)
    const more = { SignatureVersion: version, SigningCertURL: certificateUrl }
    return JSON.stringify({ ...fields, ...more, Signature: signature.toString('base64') })
  }
  const notification = (event: object, more: Record<string, string> = {}) => ({
    ...{
      Type: 'Notification',
      MessageId: 'sns-1',
      TopicArn: topicArn,
      Timestamp: '2026-11-26T08:30:00.000Z',
    },
    ...{ Message: JSON.stringify(event), ...more },
  })
  return { reader, visited, signed, notification }
}

const bounced = {
  eventType: 'Bounce',
  bounce: {
    ...{ bounceType: 'Permanent', timestamp: '2026-11-26T08:00:00.000Z' },
    bouncedRecipients: [{ emailAddress: 'ada@mail.example', status: '5.1.1' }],
  },
  mail: { messageId: 'ses-1', tags: { message: ['m-1'] } },
}

test('ses: both versions of the signature count, with the certificate of Amazon asked for once', async () => {
  const { reader, visited, signed, notification } = snsPlace()
  for (const version of ['1', '2']) {
    assert.deepEqual(await ask(reader, signed(notification(bounced, { Subject: 'Hi' }), version)), {
      kind: 'notices',
      notices: [
        {
          ...{ kind: 'hard-bounce', medium: 'email', address: 'ada@mail.example', messageId: 'm-1', atMs },
          eventId: 'sns-1',
        },
      ],
    })
  }
  assert.deepEqual(visited, [certificateUrl])
})

test('ses: each kind of event is read, in both of its forms', async () => {
  const { reader, signed, notification } = snsPlace()
  const tell = async (event: object) =>
    told(await ask(reader, signed(notification({ ...bounced, ...event }))))
  const recipient = { emailAddress: 'ada@mail.example' }
  const soft = { ...bounced.bounce, bounceType: 'Transient' }
  assert.deepEqual(await tell({ bounce: soft }), ['soft-bounce ada@mail.example m-1'])
  const complaint = { complainedRecipients: [recipient] }
  assert.deepEqual(await tell({ eventType: undefined, notificationType: 'Complaint', complaint }), [
    'complaint ada@mail.example m-1',
  ])
  const notSpam = { ...complaint, complaintFeedbackType: 'not-spam' }
  assert.deepEqual(await tell({ eventType: 'Complaint', complaint: notSpam }), [])
  const delivery = { recipients: ['ada@mail.example'] }
  assert.deepEqual(await tell({ eventType: 'Delivery', delivery }), ['delivered ada@mail.example m-1'])
  const deliveryDelay = { delayedRecipients: [recipient] }
  assert.deepEqual(await tell({ eventType: 'DeliveryDelay', deliveryDelay }), [
    'soft-bounce ada@mail.example m-1',
  ])
  assert.deepEqual(await tell({ eventType: 'Open' }), [])
})

test('ses: a subscription of our own topic is confirmed at Amazon, and only there', async () => {
  const { reader, visited, signed } = snsPlace()
  const confirmation = (SubscribeURL: string) => ({
    ...{ Type: 'SubscriptionConfirmation', MessageId: 'sns-2', TopicArn: topicArn, Token: 't', SubscribeURL },
    ...{ Message: 'You have chosen to subscribe', Timestamp: '2026-11-26T08:30:00.000Z' },
  })
  const there = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t'
  assert.deepEqual(await ask(reader, signed(confirmation(there))), { kind: 'confirm', url: there })
  assert.deepEqual(visited, [certificateUrl, there])
  for (const elsewhere of ['https://evil.example/?Action=ConfirmSubscription', 'http://169.254.169.254/']) {
    assert.deepEqual(await ask(reader, signed(confirmation(elsewhere))), { kind: 'notices', notices: [] })
  }
  assert.equal(visited.length, 2)
})

test('ses: another topic, another key, another word, a lapsed certificate or one from elsewhere is forged', async () => {
  const { reader, visited, signed, notification } = snsPlace()
  const good = signed(notification(bounced))
  const with_ = (fields: object) => JSON.stringify({ ...JSON.parse(good), ...fields })
  const forged = [
    ...['', 'null', '[]', '{}', 'x'],
    signed(notification(bounced, { TopicArn: 'arn:aws:sns:eu-central-1:666666666666:aftercart' })),
    with_({ Message: JSON.stringify({ ...bounced, eventType: 'Complaint' }) }),
    with_({ MessageId: 'sns-9' }),
    with_({ Subject: 'added' }),
    with_({ Signature: '' }),
    with_({ SignatureVersion: '3' }),
    with_({ SigningCertURL: 'https://sns.eu-central-1.amazonaws.com.evil.example/x.pem' }),
    with_({ SigningCertURL: 'https://evil.example/sns.eu-central-1.amazonaws.com/x.pem' }),
    with_({ SigningCertURL: 'http://sns.eu-central-1.amazonaws.com/x.pem' }),
    with_({ SigningCertURL: 'https://sns.eu-central-1.amazonaws.com:8443/x.pem' }),
    with_({ SigningCertURL: `${certificateUrl}?another` }),
    with_({ SigningCertURL: 'https://x@sns.eu-central-1.amazonaws.com/x.pem' }),
    with_({ SigningCertURL: 'https://s3.eu-central-1.amazonaws.com/bucket/x.pem' }),
    snsPlace().signed(notification(bounced)),
  ]
  for (const body of forged) assert.deepEqual(await ask(reader, body), { kind: 'forged' }, body.slice(0, 200))
  assert.deepEqual(new Set(visited), new Set([certificateUrl]), 'nothing was asked for elsewhere')
  const lapsed = snsPlace(selfSigned(nowMs - 10_000, nowMs - 1_000))
  assert.deepEqual(await ask(lapsed.reader, lapsed.signed(notification(bounced))), { kind: 'forged' })
})

test('ses: where the certificate is not to be had the notice is asked for again', async () => {
  const { signed, notification } = snsPlace()
  const answers = [new Response('', { status: 500 }), new Response('not a certificate')]
  for (const answer of answers) {
    const reader = openSesNotices({ topicArn, fetch: async () => answer })
    await assert.rejects(ask(reader, signed(notification(bounced))), { code: 'channel-unavailable' })
  }
})

test('twilio: the signature is that of its own libraries', () => {
  // https://github.com/twilio/twilio-node/blob/main/spec/unit/webhooks/webhooks.spec.ts
  const form = new URLSearchParams({
    ...{ CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234' },
    ...{ From: '+14158675309', To: '+18005551212' },
  })
  const address = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  assert.equal(twilioSignature('12345', address, form), 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')
})

test('twilio: replies and failures are read', async () => {
  const reader = openTwilioNotices('token')
  const tell = (fields: Record<string, string>, signedAt = url) => {
    const form = new URLSearchParams({ MessageSid: 'SM1', ...fields })
    return ask(reader, form.toString(), { 'x-twilio-signature': twilioSignature('token', signedAt, form) })
  }
  const reply = (Body: string, more = {}) => tell({ From: '+15125550100', To: '+15125550111', Body, ...more })
  assert.deepEqual(await reply('please stop texting me'), {
    kind: 'notices',
    notices: [
      {
        ...{ kind: 'stop-word', medium: 'sms', address: '+15125550100', messageId: null, atMs: nowMs },
        eventId: 'SM1:stop-word',
      },
    ],
  })
  assert.deepEqual(told(await reply('START')), ['start-word +15125550100 null'])
  assert.deepEqual(told(await reply('hmm whatever')), ['unclear-reply +15125550100 null'])
  assert.deepEqual(told(await reply('does it fit the Gaggia?')), [])
  assert.deepEqual(told(await reply('Ja bitte nicht', { OptOutType: 'STOP' })), [
    'stop-word +15125550100 null',
  ])
  const status = (MessageStatus: string, ErrorCode = '') =>
    tell({ From: '+15125550111', To: '+15125550100', MessageStatus, ErrorCode })
  const kinds = { 30005: 'hard-bounce', 30003: 'soft-bounce', 21610: 'stop-word' }
  for (const [code, kind] of Object.entries(kinds)) {
    assert.deepEqual(told(await status('undelivered', code)), [`${kind} +15125550100 null`])
  }
  assert.deepEqual(told(await status('delivered')), ['delivered +15125550100 null'])
  assert.deepEqual(
    told(await status('failed', '30007')),
    [],
    'filtered by the carrier: says nothing of the number',
  )
  assert.deepEqual(told(await status('queued')), [])
  assert.deepEqual(await tell({ From: '+1', Body: 'stop' }, 'https://elsewhere.example/'), { kind: 'forged' })
  assert.deepEqual(await ask(reader, 'From=%2B15125550100&Body=stop'), { kind: 'forged' })
})

// What the settings name is opened with what the environment holds, and what is missing is said in one sentence.

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import test from 'node:test'
import { openManualClock } from '../adapters/clock/manual-clock.ts'
import { defaultMessagingSettings, type MessagingSettings } from '../domain/messaging-settings.ts'
import { openChannels } from './open-channels.ts'

const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString()

function open(changes: Partial<MessagingSettings>, env: Record<string, string> = {}) {
  const messaging = {
    ...defaultMessagingSettings,
    sender: { name: 'The Café', address: 'hello@shop.example' },
    publicUrl: 'https://after.shop.example',
    ...changes,
  }
  return openChannels({ messaging, dataFolder: 'nowhere', clock: openManualClock(0) }, env)
}

const aws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
const twilio = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15125550111' }
const webhookUrl = 'https://tool.shop.example/due'

const cases: readonly (readonly [Partial<MessagingSettings>, Record<string, string>])[] = [
  [{ emailChannel: 'smtp' }, { AFTERCART_SMTP_URL: 'smtps://user:hunter2@mail.example' }],
  [{ emailChannel: 'resend' }, { RESEND_API_KEY: 're_1' }],
  [{ emailChannel: 'postmark' }, { POSTMARK_SERVER_TOKEN: 'pm' }],
  [{ emailChannel: 'ses' }, aws],
  [{ emailChannel: 'klaviyo' }, { KLAVIYO_API_KEY: 'pk_1' }],
  [{ emailChannel: 'webhook', webhookUrl }, { AFTERCART_MESSAGE_SECRET: whsec }],
  [{ emailChannel: 'outbox' }, {}],
  [{ smsChannel: 'twilio' }, twilio],
  [{ smsChannel: 'outbox' }, {}],
]

test('each channel opens with its secrets, and without one says which', async () => {
  for (const [settings, env] of cases) {
    const { email, sms } = open(settings, env)
    assert.equal(email?.name ?? 'none', settings.emailChannel ?? 'none')
    assert.equal(sms?.name ?? 'none', settings.smsChannel ?? 'none')
    await Promise.all([email?.close(), sms?.close()])
    for (const name of Object.keys(env)) {
      const less = Object.fromEntries(Object.entries(env).filter(([other]) => other !== name))
      for (const without of [less, { ...less, [name]: '  ' }]) {
        assert.throws(
          () => open(settings, without),
          (error: Error) => {
            assert.ok('code' in error && error.code === 'settings-invalid')
            assert.match(error.message, new RegExp(name))
            assert.doesNotMatch(error.message, /hunter2/)
            return true
          },
        )
      }
    }
  }
})

test('a shop that sends nothing needs no secret', () => {
  const { email, sms, notices } = open({})
  assert.deepEqual([email, sms, notices.size], [null, null, 0])
})

test('a webhook channel needs its address', () => {
  const env = { AFTERCART_MESSAGE_SECRET: whsec }
  assert.throws(() => open({ emailChannel: 'webhook' }, env), {
    code: 'settings-invalid',
    message: /webhookUrl/,
  })
})

test('a key that signs mail needs its selector and the other way round; line breaks may be written out', async () => {
  const smtp = { AFTERCART_SMTP_URL: 'smtp://127.0.0.1:1' }
  const settings = { emailChannel: 'smtp' } as const
  assert.throws(
    () => open(settings, { ...smtp, AFTERCART_DKIM_KEY: pem }),
    /AFTERCART_DKIM_SELECTOR is not set/,
  )
  assert.throws(
    () => open(settings, { ...smtp, AFTERCART_DKIM_SELECTOR: 'a' }),
    /AFTERCART_DKIM_KEY is not set/,
  )
  const both = { ...smtp, AFTERCART_DKIM_KEY: pem.replaceAll('\n', '\\n'), AFTERCART_DKIM_SELECTOR: 'a' }
  assert.equal(open(settings, both).email?.name, 'smtp')
})

test('notices are taken where there is a secret to check them with, whatever channel sends', () => {
  const env = {
    ...{ RESEND_WEBHOOK_SECRET: `${whsec},${whsec}`, POSTMARK_WEBHOOK_SECRET: 'pm-secret' },
    ...{ SES_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:a', TWILIO_AUTH_TOKEN: 'token' },
    AFTERCART_MAILBOX_SECRET: whsec,
  }
  const { notices } = open({}, env)
  assert.deepEqual([...notices.keys()].sort(), ['mailbox', 'postmark', 'resend', 'ses', 'twilio'])
})

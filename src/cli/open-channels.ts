// How messages leave and what comes back of them, from the settings and the environment. Comes in: which channels the
// settings name, and the secrets in the environment (docs/guide/channels.md lists them). Goes out: at most one channel for
// each medium, and the readers of notices whose secret is there. Rejects with `settings-invalid` where a secret is missing.

import { join } from 'node:path'
import { openKlaviyo } from '../adapters/channels/klaviyo.ts'
import { openMailboxNotices } from '../adapters/channels/mailbox-notices.ts'
import { openOutbox } from '../adapters/channels/outbox.ts'
import { openPostmark } from '../adapters/channels/postmark.ts'
import { openPostmarkNotices } from '../adapters/channels/postmark-notices.ts'
import { openResend } from '../adapters/channels/resend.ts'
import { openResendNotices } from '../adapters/channels/resend-notices.ts'
import { openSes } from '../adapters/channels/ses.ts'
import { openSesNotices } from '../adapters/channels/ses-notices.ts'
import { type DkimKey, openSmtp } from '../adapters/channels/smtp.ts'
import { openTwilio } from '../adapters/channels/twilio.ts'
import { openTwilioNotices } from '../adapters/channels/twilio-notices.ts'
import { openWebhook } from '../adapters/channels/webhook.ts'
import { AppError } from '../domain/errors.ts'
import type { MessagingSettings } from '../domain/messaging-settings.ts'
import { sendingDomainOf } from '../domain/sending-domain.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { NoticeReaders } from '../ports/delivery-notices.ts'
import { type Environment, givenIn, secretsOf } from './secrets-of.ts'

export type OpenedChannels = {
  readonly email: Channel | null
  readonly sms: Channel | null
  readonly notices: NoticeReaders
}

type Place = {
  readonly messaging: MessagingSettings
  readonly dataFolder: string
  readonly clock: Clock
}

export function openChannels(place: Place, env: Environment = process.env): OpenedChannels {
  return { email: openEmail(place, env), sms: openSms(place, env), notices: openNotices(env) }
}

/** Under which names mail is sent, for the look at SPF, DKIM and DMARC; `null` where none is asked of. */
export function sendingDomainIn(messaging: MessagingSettings, env: Environment = process.env) {
  return sendingDomainOf(messaging, messaging.emailChannel === 'smtp' ? readDkimKey(messaging, env) : null)
}

/** Of the channel `outbox`: what the demo's mailbox shows. */
export function outboxFolder(dataFolder: string): string {
  return join(dataFolder, 'outbox')
}

function openEmail({ messaging, dataFolder, clock }: Place, env: Environment): Channel | null {
  const need = (name: string) => needed(env, name, `"emailChannel": "${messaging.emailChannel}"`)
  switch (messaging.emailChannel) {
    case 'none':
      return null
    case 'outbox':
      return openOutbox({ folder: outboxFolder(dataFolder), medium: 'email', clock })
    case 'smtp':
      return openSmtp({ url: need('AFTERCART_SMTP_URL'), dkim: readDkimKey(messaging, env) })
    case 'resend':
      return openResend({ apiKey: need('RESEND_API_KEY') })
    case 'postmark':
      return openPostmark({
        token: need('POSTMARK_SERVER_TOKEN'),
        transactionalStream: givenIn(env, 'POSTMARK_TRANSACTIONAL_STREAM') ?? 'outbound',
        broadcastStream: givenIn(env, 'POSTMARK_BROADCAST_STREAM') ?? 'broadcast',
      })
    case 'ses':
      return openSes({
        region: need('AWS_REGION'),
        accessKeyId: need('AWS_ACCESS_KEY_ID'),
        secretAccessKey: need('AWS_SECRET_ACCESS_KEY'),
        sessionToken: givenIn(env, 'AWS_SESSION_TOKEN'),
        configurationSet: givenIn(env, 'SES_CONFIGURATION_SET'),
        clock,
      })
    case 'klaviyo':
      return openKlaviyo({ apiKey: need('KLAVIYO_API_KEY') })
    case 'webhook':
      if (messaging.webhookUrl === null) {
        throw new AppError(
          'settings-invalid',
          'The settings say "emailChannel": "webhook", which needs "webhookUrl" beside it.',
        )
      }
      return openWebhook({ url: messaging.webhookUrl, secret: need('AFTERCART_MESSAGE_SECRET'), clock })
  }
}

function openSms({ messaging, dataFolder, clock }: Place, env: Environment): Channel | null {
  const need = (name: string) => needed(env, name, `"smsChannel": "${messaging.smsChannel}"`)
  switch (messaging.smsChannel) {
    case 'none':
      return null
    case 'outbox':
      return openOutbox({ folder: outboxFolder(dataFolder), medium: 'sms', clock })
    case 'twilio':
      return openTwilio({
        accountSid: need('TWILIO_ACCOUNT_SID'),
        authToken: need('TWILIO_AUTH_TOKEN'),
        from: need('TWILIO_FROM'),
        noticeUrl: messaging.publicUrl === null ? null : `${messaging.publicUrl}/v1/webhooks/twilio`,
      })
  }
}

/** Notices are taken where there is a secret to check them with, whatever channel sends today. */
function openNotices(env: Environment): NoticeReaders {
  const resend = secretsOf(env, 'RESEND_WEBHOOK_SECRET')
  const postmark = secretsOf(env, 'POSTMARK_WEBHOOK_SECRET')
  const topicArn = givenIn(env, 'SES_TOPIC_ARN')
  const twilio = givenIn(env, 'TWILIO_AUTH_TOKEN')
  const mailbox = secretsOf(env, 'AFTERCART_MAILBOX_SECRET')
  return new Map([
    ...(resend === null ? [] : [['resend', openResendNotices(resend)] as const]),
    ...(postmark === null ? [] : [['postmark', openPostmarkNotices(postmark)] as const]),
    ...(topicArn === null ? [] : [['ses', openSesNotices({ topicArn })] as const]),
    ...(twilio === null ? [] : [['twilio', openTwilioNotices(twilio)] as const]),
    ...(mailbox === null ? [] : [['mailbox', openMailboxNotices(mailbox)] as const]),
  ])
}

/** All three or none; the domain is the sender's where it is not named. A line break may be written as `\n`. */
function readDkimKey({ sender }: Pick<MessagingSettings, 'sender'>, env: Environment): DkimKey | null {
  const privateKey = givenIn(env, 'AFTERCART_DKIM_KEY')?.replaceAll('\\n', '\n') ?? null
  const selector = givenIn(env, 'AFTERCART_DKIM_SELECTOR')
  const domain = givenIn(env, 'AFTERCART_DKIM_DOMAIN') ?? sender?.address.split('@').at(-1) ?? null
  if (privateKey === null && selector === null) return null
  if (privateKey !== null && selector !== null && domain !== null) return { privateKey, selector, domain }
  const missing = privateKey === null ? 'AFTERCART_DKIM_KEY' : 'AFTERCART_DKIM_SELECTOR'
  throw new AppError(
    'settings-invalid',
    `To sign mail (DKIM) takes a key and a selector, but ${missing} is not set: put it into the environment.`,
  )
}

function needed(env: Environment, name: string, setting: string): string {
  const value = givenIn(env, name)
  if (value !== null) return value
  throw new AppError(
    'settings-invalid',
    `The settings hold ${setting}, but ${name} is not set: put it into the environment; docs/guide/channels.md says where it comes from.`,
  )
}

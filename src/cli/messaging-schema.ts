// What `messaging` in settings.json may hold, and what it must hold once something is to be sent. Comes in: the part of
// the file. Goes out: the settings, or `settings-invalid` with a sentence that names what is missing.

import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import { CONFIRMATION_FLOW, transactionalFlows } from '../domain/message.ts'
import {
  defaultMessagingSettings,
  emailChannels,
  type FlowSettings,
  type MessagingSettings,
  smsChannels,
} from '../domain/messaging-settings.ts'
import { templateProblem } from '../emails/fill-template.ts'
import { onlyGiven } from './only-given.ts'
import { secureUrl, urlWith } from './url-schemas.ts'

const template = (longest: number) =>
  z
    .string()
    .max(longest)
    .superRefine((text, context) => {
      const problem = templateProblem(text)
      if (problem !== null) context.addIssue({ code: 'custom', message: problem })
    })
const words = z.strictObject({
  subject: template(120).optional(),
  lead: template(400).optional(),
  button: template(40).optional(),
})

const flow = z.strictObject({
  on: z.boolean().optional(),
  medium: z.enum(['email', 'sms']).optional(),
  relation: z.enum(['refill', 'complete', 'extend']).optional(),
  fromDay: z.int().min(0).max(365).optional(),
  toDay: z.int().min(0).max(365).optional(),
  words: z.record(z.string().regex(/^[a-z]{2}$/, 'must be a language such as "de"'), words).optional(),
})

const oneLine = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be one line')
const hostName = z.string().regex(/^[a-z0-9_]([a-z0-9_.-]{0,250}[a-z0-9])?$/i, 'must be a name as in the DNS')
const count = z.int().min(0).max(1000)

export const messagingSchema = z.strictObject({
  emailChannel: z.enum(emailChannels).optional(),
  smsChannel: z.enum(smsChannels).optional(),
  shopName: oneLine.optional(),
  sender: z.strictObject({ name: oneLine, address: z.email() }).optional(),
  replyTo: z.email().optional(),
  dkim: z.strictObject({ selector: hostName, domain: hostName.optional() }).optional(),
  supportEmail: z.email().optional(),
  postalAddress: z.array(oneLine).min(1).max(8).optional(),
  legalEntity: oneLine.optional(),
  homeUrl: secureUrl.optional(),
  productUrl: urlWith('{product}').optional(),
  orderUrl: urlWith('{order}').optional(),
  publicUrl: secureUrl.refine((text) => !text.endsWith('/'), 'must not end with a slash').optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a locale such as "en-GB"')
    .optional(),
  confirmations: z.boolean().optional(),
  addOns: z.boolean().optional(),
  flows: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), flow).optional(),
  caps: z
    .strictObject({
      inSevenDays: count.optional(),
      inThirtyDays: count.optional(),
      hoursAfterOther: count.optional(),
      daysAfterDismissed: count.optional(),
      smsInOneDay: count.optional(),
      smsInThirtyDays: count.optional(),
    })
    .optional(),
  quietHours: z
    .strictObject({ fromHour: z.int().min(0).max(23), toHour: z.int().min(1).max(24) })
    .refine(({ fromHour, toHour }) => fromHour < toHour, 'fromHour must come before toHour')
    .optional(),
  webhookUrl: secureUrl.optional(),
})

export function toMessagingSettings(given: z.infer<typeof messagingSchema>, path: string): MessagingSettings {
  const { flows, caps, ...rest } = onlyGiven(given)
  const settings: MessagingSettings = {
    ...defaultMessagingSettings,
    ...rest,
    caps: { ...defaultMessagingSettings.caps, ...onlyGiven(caps ?? {}) },
    flows: { ...defaultMessagingSettings.flows, ...toFlows(flows ?? {}, path) },
  }
  for (const missing of whatIsMissing(settings)) {
    throw new AppError(
      'settings-invalid',
      `${path}: messaging.${missing} is needed before a message can be sent; docs/guide/messages.md says why.`,
    )
  }
  return settings
}

type GivenFlows = NonNullable<z.infer<typeof messagingSchema>['flows']>

function toFlows(given: GivenFlows, path: string): Readonly<Record<string, FlowSettings>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, changes]) => {
      if (transactionalFlows.some((one) => one === name)) {
        const setting = name === CONFIRMATION_FLOW ? 'confirmations' : 'addOns'
        throw new AppError(
          'settings-invalid',
          `${path}: messaging.flows.${name} is no follow-up; "${setting}": true or false beside "flows" says whether it is sent.`,
        )
      }
      const { flows } = defaultMessagingSettings
      const known = Object.hasOwn(flows, name) ? flows[name] : undefined
      if (known === undefined && changes.relation === undefined) {
        throw new AppError(
          'settings-invalid',
          `${path}: messaging.flows.${name} is a flow of your own: say with "relation" which pairings it offers ("refill", "complete" or "extend").`,
        )
      }
      const base: FlowSettings = known ?? {
        on: false,
        medium: 'email',
        relation: 'complete',
        fromDay: 3,
        toDay: 30,
        words: {},
      }
      const flow = { ...base, ...onlyGiven(changes) }
      if (flow.fromDay > flow.toDay) {
        throw new AppError(
          'settings-invalid',
          `${path}: messaging.flows.${name}: fromDay (${flow.fromDay}) is after toDay (${flow.toDay}).`,
        )
      }
      return [name, flow]
    }),
  )
}

/** The sender's identity and a way out stand in every message: it is the law nearly everywhere (CAN-SPAM, PECR). */
function whatIsMissing(settings: MessagingSettings): readonly string[] {
  if (settings.emailChannel === 'none' && settings.smsChannel === 'none') return []
  const needed = ['shopName', 'sender', 'supportEmail', 'postalAddress', 'legalEntity', 'publicUrl'] as const
  return needed.filter((name) => {
    const value = settings[name]
    return value === null || value === '' || (Array.isArray(value) && value.length === 0)
  })
}

// The shop's settings: `settings.json` in the data folder, every field optional, defaults for the rest.
// A field that is unknown or out of range is one clear sentence, so that a typo never passes in silence.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { defaultAcceptingSettings } from '../domain/accepting-settings.ts'
import { AppError } from '../domain/errors.ts'
import { defaultMeasuringSettings } from '../domain/measuring-settings.ts'
import { defaultSettings, type Settings } from '../domain/settings.ts'
import { messagingSchema, toMessagingSettings } from './messaging-schema.ts'
import { onlyGiven } from './only-given.ts'
import { exactOrigin, secureUrl, urlWith } from './url-schemas.ts'

const share = z.number().min(0).max(10)
const ceiling = z.strictObject({ anchorShare: share, subtotalShare: share })
const day = z.int().min(0).max(365)

const accepting = z.strictObject({
  offerMinutes: z.int().min(1).max(30).optional(),
  undoMinutes: z.int().min(0).max(1440).optional(),
  consentVersions: z.array(z.string().min(1).max(100)).optional(),
  cartLink: urlWith('{product}').optional(),
  returnUrl: z
    .string()
    .max(2000)
    .refine((text) => secureUrl.safeParse(text.replaceAll('{order}', 'x')).success, 'must be a web address')
    .optional(),
  origins: z.array(exactOrigin).optional(),
  trustedProxies: z.int().min(0).max(10).optional(),
  payment: z.enum(['none', 'stripe', 'manual']).optional(),
  paymentUrl: secureUrl.optional(),
  shopUrl: secureUrl.optional(),
})

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== null
  } catch {
    return false
  }
}

const measuring = z.strictObject({
  holdOutShare: z.union([z.number().min(0).max(0.5), z.literal('auto')]).optional(),
  marginShare: z.number().gt(0).max(1).optional(),
  choice: z.enum(['on', 'off']).optional(),
  reportTo: z.email().max(254).optional(),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/London').optional(),
})

const settingsFile = z.strictObject({
  priceCeiling: ceiling.optional(),
  priceCeilingByCategory: z.record(z.string(), ceiling).optional(),
  needTemplates: z
    .array(
      z.strictObject({
        relation: z.enum(['complete', 'refill', 'extend']),
        category: z.string().nullable().default(null),
        sentence: z.string().min(1).max(200),
      }),
    )
    .optional(),
  followUpFromDay: day.optional(),
  followUpToDay: day.optional(),
  deliveryDays: day.optional(),
  upsells: z.enum(['off', 'on']).optional(),
  // A flow may look half a year ahead, and caps a month back.
  keepPersonalMonths: z.int().min(6).max(120).optional(),
  accepting: accepting.optional(),
  messaging: messagingSchema.optional(),
  measuring: measuring.optional(),
})

export function readSettings(dataFolder: string): Settings {
  const path = join(dataFolder, 'settings.json')
  if (!existsSync(path)) return defaultSettings
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw unreadable(path, error)
    throw new AppError(
      'settings-invalid',
      `${path} is not valid JSON: mend it, or delete it for the defaults.`,
      error,
    )
  }
  const checked = settingsFile.safeParse(parsed)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    const where = issue?.path.join('.') || 'the file'
    throw new AppError(
      'settings-invalid',
      `${path}: ${where}: ${issue?.message ?? 'is not valid'}; docs/guide/settings.md lists what it may hold.`,
    )
  }
  const { followUpFromDay: from, followUpToDay: to } = { ...defaultSettings, ...checked.data }
  if (Number(from) > Number(to)) {
    throw new AppError(
      'settings-invalid',
      `${path}: followUpFromDay (${from}) is after followUpToDay (${to}); a follow-up needs a day between them.`,
    )
  }
  const given = onlyGiven(checked.data)
  return {
    ...defaultSettings,
    ...given,
    accepting: { ...defaultAcceptingSettings, ...onlyGiven(checked.data.accepting ?? {}) },
    measuring: { ...defaultMeasuringSettings, ...onlyGiven(checked.data.measuring ?? {}) },
    messaging: toMessagingSettings(checked.data.messaging ?? {}, path),
  }
}

function unreadable(path: string, error: unknown): AppError {
  const folder = error instanceof Error && 'code' in error && error.code === 'EISDIR'
  const why = folder ? 'is a folder' : `cannot be read (${error instanceof Error ? error.message : error})`
  return new AppError(
    'settings-invalid',
    `${path} ${why}: put a file there that holds the settings, or remove it for the defaults.`,
    error,
  )
}

// The shop's settings: `settings.json` in the data folder, every field optional, defaults for the rest.
// A field that is unknown or out of range is one clear sentence, so that a typo never passes in silence.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { defaultAcceptingSettings } from '../domain/accepting-settings.ts'
import { AppError } from '../domain/errors.ts'
import { defaultSettings, type Settings } from '../domain/settings.ts'

const share = z.number().min(0).max(10)
const ceiling = z.strictObject({ anchorShare: share, subtotalShare: share })
const day = z.int().min(0).max(365)

const secureUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
}, 'must begin with https:// (http:// only on this machine)')
const origin = secureUrl.refine(
  (text) => new URL(text).origin === text,
  'must be an exact origin such as https://shop.example, without a path or a slash at the end',
)
const accepting = z.strictObject({
  offerMinutes: z.int().min(1).max(30).optional(),
  undoMinutes: z.int().min(0).max(1440).optional(),
  consentVersions: z.array(z.string().min(1).max(100)).optional(),
  cartLink: z
    .string()
    .max(2000)
    .refine((text) => text.includes('{product}'), 'must hold {product}')
    .refine((text) => secureUrl.safeParse(text.replaceAll('{product}', 'x')).success, 'must be a web address')
    .optional(),
  returnUrl: z
    .string()
    .max(2000)
    .refine((text) => secureUrl.safeParse(text.replaceAll('{order}', 'x')).success, 'must be a web address')
    .optional(),
  origins: z.array(origin).optional(),
  trustedProxies: z.int().min(0).max(10).optional(),
  payment: z.enum(['none', 'stripe', 'manual']).optional(),
  paymentUrl: secureUrl.optional(),
  shopUrl: secureUrl.optional(),
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
  accepting: accepting.optional(),
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
  }
}

/** A field that is absent takes its default; one that is `undefined` would cover it. */
function onlyGiven<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
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

// Who may be written to, as zod schemas: the contact that comes with an order, and what a person agreed to.

import { z } from '@hono/zod-openapi'
import { consentBases } from '../domain/consent.ts'
import { parseInstant } from '../domain/instant.ts'
import { media } from '../domain/recipient.ts'

export const instantText = z
  .string()
  .refine(
    (text) => parseInstant(text) !== null,
    'must be an ISO 8601 date-time of a day that exists, from 1900 to 2200',
  )
  .openapi({ example: '2026-11-26T10:15:00Z' })

const line = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters')

const emailAddress = z.email().max(254)
const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +15125550100')

export const consentBody = z
  .strictObject({
    medium: z.enum(media),
    given: z.boolean().openapi({ description: 'False: the person took it back' }),
    basis: z.enum(consentBases).optional().openapi({ description: 'Needed where it was given' }),
    softOptIn: z
      .strictObject({
        fromSaleBySameEntity: z.boolean(),
        ownSimilarProducts: z.boolean(),
        optOutOfferedAtCollection: z.boolean(),
        optOutInEveryMessage: z.boolean(),
        notOptedOut: z.boolean(),
      })
      .optional()
      .openapi({ description: 'The five proofs of a soft opt-in; what is not said is not assumed' }),
    inWriting: z.boolean().default(false),
    legalEntity: line(200),
    noticeVersion: line(100).optional(),
    source: line(100).openapi({ example: 'checkout' }),
    at: instantText,
  })
  .refine((body) => !body.given || body.basis !== undefined, {
    message: 'a consent that was given needs its basis',
    path: ['basis'],
  })
  .openapi('Consent')
export type ConsentBody = z.infer<typeof consentBody>

export const contactBody = z
  .strictObject({
    email: emailAddress.nullish(),
    phone: phoneNumber.nullish(),
    name: line(200).nullish(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as GB')
      .nullish(),
    region: z
      .string()
      .regex(/^[A-Z0-9]{1,3}$/, 'must be an ISO 3166-2 code without the country, such as FL')
      .nullish(),
    postalCode: line(16).nullish().openapi({ description: 'Turned into time zones and forgotten' }),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a locale such as en-GB')
      .nullish(),
    consents: z.array(consentBody).max(10).default([]),
  })
  .openapi('Contact')
export type ContactBody = z.infer<typeof contactBody>

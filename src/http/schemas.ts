// What travels over HTTP, as zod schemas: they check requests, type the routes and make openapi.json.

import { z } from '@hono/zod-openapi'
import { pairingStatuses } from '../deciding/list-pairings.ts'
import { dropRules, ladder } from '../domain/decision.ts'
import { parseInstant } from '../domain/instant.ts'
import { isCurrency } from '../domain/money.ts'
import { ID_LENGTH_MAX } from '../domain/order.ts'
import { deciders } from '../domain/pairing.ts'
import { placements } from '../domain/placement.ts'
import { methodKinds } from '../domain/saved-method.ts'
import { stepsUp } from '../next/step-up.ts'
import { contactBody } from './contact-schemas.ts'

/**
 * Ids lose the white space around them, wherever they come in. PostgreSQL refuses NUL, half a surrogate pair has no UTF-8,
 * and U+FFFD stands for bytes that were none: ids that differ in their accents only would become one.
 */
export const id = z
  .string()
  .trim()
  .min(1)
  .max(ID_LENGTH_MAX)
  .refine((text) => !/[\0\ufffd]/.test(text) && text.isWellFormed(), {
    message: 'must be UTF-8 and hold no NUL or other character that cannot be stored',
  })
const amountMinor = z.int().min(0).max(1_000_000_000_000)
const currency = z
  .string()
  .refine(isCurrency, 'must be an ISO 4217 code such as GBP')
  .openapi({ example: 'GBP' })

/** Ids of the payment provider; a card number is refused by its looks. */
const providerRef = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (text) => !/^[0-9 -]{12,23}$/.test(text),
    'must be an id of the payment provider, never a card number',
  )

const savedMethod = z
  .object({
    provider: z.enum(['stripe', 'manual']),
    kind: z.enum(methodKinds),
    customerRef: providerRef.openapi({ example: 'cus_Q1' }),
    methodRef: providerRef.openapi({ example: 'pm_1Q' }),
    consentVersion: z.string().min(1).max(100).nullable().default(null).openapi({
      description: 'Version of the terms under which the shopper let the shop save the method',
    }),
    merchantOfRecord: z.string().min(1).max(200).openapi({ description: 'Who sold the order' }),
  })
  .openapi('SavedMethod')

export const orderBody = z
  .object({
    id: id.openapi({ example: '1001' }),
    customerId: id.nullish().openapi({
      description: 'The id of the customer in the shop; only a keyed hash of it is stored. Null for a guest.',
    }),
    placedAt: z
      .string()
      .refine(
        (text) => parseInstant(text) !== null,
        'must be an ISO 8601 date-time of a day that exists, from 1900 to 2200',
      )
      .openapi({ example: '2011-12-09T10:15:00Z' }),
    currency,
    lines: z
      .array(
        z.object({
          productId: id.openapi({ example: '22697' }),
          quantity: z.int().min(1).max(1_000_000),
          unitPriceMinor: amountMinor.openapi({ description: 'Minor units: 295 is £2.95', example: 295 }),
        }),
      )
      .min(1)
      .max(500),
    payment: savedMethod.optional().openapi({
      description:
        'The method that paid, where it was saved for later charges: what one click needs. The first one counts.',
    }),
    contact: contactBody.optional().openapi({
      description:
        'Who may be written to about this order, and what they agreed to. Addresses are stored sealed. The latest one counts.',
    }),
  })
  .openapi('Order')

export type OrderBody = z.infer<typeof orderBody>

export const decisionRequest = z
  .object({
    orderId: id.optional().openapi({ description: 'The id of an order that was sent before' }),
    order: orderBody.optional().openapi({ description: 'Or the whole order; it is then received too' }),
    placement: z.enum(placements),
  })
  .refine((body) => (body.orderId === undefined) !== (body.order === undefined), {
    message: 'needs either orderId or order',
  })
  .openapi('DecisionRequest')

const pick = z
  .object({
    product: z.string(),
    title: z.string(),
    price: z.object({ amountMinor, currency: z.string() }),
    imageUrl: z.string().nullable(),
    url: z.string().nullable(),
    anchor: z.string(),
    relation: z.enum(['complete', 'refill', 'extend', 'upsell']),
    need: z.string(),
    reason: z.string(),
    evidence: z.record(z.string(), z.number()).nullable(),
    score: z.number(),
    discountPercent: z.number().optional(),
    propensity: z.number().openapi({ description: 'The chance that this pick had, in (0, 1]' }),
    tried: z
      .array(z.object({ product: z.string(), chance: z.number() }))
      .readonly()
      .optional()
      .openapi({ description: 'All that might have come in its place, the best of the ranking first' }),
    afterDays: z.number(),
  })
  .openapi('Pick')

export const decisionAnswer = z
  .object({
    orderId: z.string(),
    placement: z.enum(placements),
    decidedAtMs: z.number(),
    planVersion: z.number(),
    picks: z.array(pick).max(2),
    fallback: z.enum(ladder),
    ladderTrail: z.array(z.object({ step: z.enum(ladder), reason: z.string() })),
    dropped: z.array(
      z.object({
        product: z.string(),
        anchor: z.string().nullable(),
        rule: z.enum(dropRules),
        detail: z.string(),
      }),
    ),
    droppedUntold: z.number().openapi({ description: 'How many more were dropped than are told' }),
    trials: z.array(z.object({ experiment: z.string(), variation: z.string() })).openapi({
      description:
        'The tests that the order takes part in. Where `hold-out` is `held-out`, the customer sees no offer on purpose',
    }),
  })
  .openapi('Decision')

export const pairingAnswer = z
  .object({
    id: z.string().openapi({ description: 'Stable from plan to plan', example: '22697~22423' }),
    anchor: z.string(),
    anchorTitle: z.string(),
    addOn: z.string(),
    addOnTitle: z.string(),
    relation: z.string(),
    need: z.string(),
    orders: z.number(),
    ordersTogether: z.number(),
    ordersBulk: z.number().openapi({
      description:
        'Of ordersTogether, those of more than 50 different products and no known customer. They are no evidence; expected and lift leave them out.',
    }),
    ordersCampaign: z.number().openapi({
      description:
        'And those of eight days in which the two met far more often than on all others (a newsletter, a sale). They are no evidence; lift leaves them out.',
    }),
    expected: z.number(),
    lift: z.number(),
    confidence: z.number(),
    confidenceLow: z.number(),
    later: z
      .object({
        customers: z.number(),
        expected: z.number(),
        otherWay: z.number(),
        days: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
      })
      .nullable()
      .openapi({
        description:
          'Of what comes in a later order: customers who came for it, how many by chance, how many the other way round, and the quartiles of the days between',
      }),
    runOut: z
      .object({ day: z.number(), dayLow: z.number(), dayHigh: z.number(), chance: z.number() })
      .nullable()
      .openapi({
        description:
          'Of a refill: when one unit runs out, between which days 8 in 10 of those who come back do so, and the chance that somebody does',
      }),
    priceRatio: z.number().nullable(),
    priceFit: z
      .object({
        fits: z.enum(['any-order', 'larger-orders', 'no-order']),
        fromMinor: z.number().nullable(),
        currency: z.string(),
      })
      .openapi({
        description:
          'Whether the price ceiling lets it pass with one piece of the anchor, or from which order on',
      }),
    windows: z.array(z.object({ placement: z.enum(placements), fromDay: z.number(), toDay: z.number() })),
    status: z
      .enum(pairingStatuses)
      .openapi({ description: 'live by the plan; approved and pinned are live by the owner’s word' }),
    notNow: z.string().nullable().openapi({
      description:
        'Why no order gets it at the moment although it stands: it cannot be had, or is out of season',
    }),
    until: z.string().nullable().openapi({ description: 'When a pause ends by itself' }),
    because: z.string(),
    decidedBy: z.enum(deciders).openapi({ description: 'Which evidence decided; `because` has its figures' }),
    stepUp: z
      .enum(stepsUp)
      .nullable()
      .openapi({ description: 'What kind of upsell it is kept aside as; its moment is in `windows`' }),
    source: z.enum(['mined', 'curated', 'owner']),
    needBy: z.enum(['owner', 'plan']),
    score: z.number(),
  })
  .openapi('Pairing')

export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

/** A problem answer for `responses` of a route. */
export function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemAnswer } } }
}

/** What any route behind the API key may answer besides its own answers. */
export const usualProblems = {
  400: problemResponse('The request is not valid'),
  401: problemResponse('No valid API key'),
  500: problemResponse('Something went wrong on our side'),
  503: problemResponse('The store cannot be reached; try again later'),
} as const

/** The same of a route that takes a body. */
export const bodyProblems = {
  ...usualProblems,
  413: problemResponse('The body is larger than 256 KiB, that of a webhook than 1 MiB'),
} as const

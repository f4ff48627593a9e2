// The report as the API describes it. Money is in minor units of `currency`, rates lie in [0, 1], intervals are of 95 %.

import { z } from '@hono/zod-openapi'
import { parseInstant } from '../domain/instant.ts'
import { placements } from '../domain/placement.ts'
import { adviceActions } from '../measuring/advice/advice.ts'

const instant = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'must be an ISO 8601 date or date-time')

export const periodQuery = {
  from: instant.optional().openapi({ description: 'Default: 90 days before the end', example: '2026-08-24' }),
  to: instant.optional().openapi({ description: 'Exclusive; default: now', example: '2026-11-22' }),
}

export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).openapi('Estimate')
const placement = z.enum(placements)
const relation = z.enum(['complete', 'refill', 'extend', 'upsell'])
export const period = z.object({ fromMs: z.number(), toMs: z.number() })

const offers = z.object({
  ordersOffered: z.number(),
  ordersExposed: z.number(),
  accepted: z.number(),
  completed: z.number(),
  dismissed: z.number(),
  undone: z.number(),
  unpaid: z.number(),
  refunded: z.number(),
  attachRate: z.object({ part: z.number(), whole: z.number(), estimate: estimate.nullable() }),
  chargedMinor: z.number(),
  returnedMinor: z.number(),
  netMinor: z.number(),
})

const messages = z.object({
  sent: z.number(),
  clicked: z.number(),
  unsubscribed: z.number(),
  complained: z.number(),
  bounced: z.number(),
  convertedByClick: z.number(),
  convertedMinor: z.number(),
})

export const pairingFigures = offers
  .extend({
    placement,
    anchor: z.string(),
    product: z.string(),
    relation,
    anchorTitle: z.string(),
    productTitle: z.string(),
  })
  .openapi('PairingFigures')

const arm = z.object({ customers: z.number(), eligibleOrders: z.number() })

export const causedFigures = z
  .object({
    windowDays: z.union([z.literal(30), z.literal(90)]),
    term: z
      .object({ share: z.number(), fromMs: z.number().nullable(), untilMs: z.number().nullable() })
      .openapi({
        description:
          'The share that was held out, and from when (null: the beginning) until when (null: it still is): figures are of customers first met in it',
      }),
    sinceMs: z.number().nullable().openapi({ description: 'When the first of them was met' }),
    offered: arm,
    heldOut: arm,
    sampleRatioPValue: z.number().nullable(),
    sampleRatioAlarm: z.boolean().openapi({ description: 'Then nothing of it can be believed' }),
    perOrder: z
      .object({ attach: estimate, orders: estimate, revenueMinor: estimate, marginMinor: estimate })
      .nullable(),
    revenueMinor: estimate.nullable(),
    marginMinor: estimate.nullable(),
    attributedMinor: z.number(),
    incrementality: estimate.nullable().openapi({ description: 'Caused ÷ attributed' }),
    moreDays: z.number().nullable(),
  })
  .openapi('Caused')

const advice = z
  .object({
    action: z.enum(adviceActions),
    subject: z.looseObject({ kind: z.enum(['pairing', 'product', 'flow', 'experiment', 'shop']) }),
    sentence: z.string(),
    because: z.string(),
    effectPerMonthMinor: estimate.nullable(),
    basis: z.enum(['caused', 'attributed']).nullable(),
    command: z.string().nullable(),
    button: z
      .object({
        label: z.string(),
        method: z.enum(['PATCH', 'POST']),
        path: z.string(),
        body: z.record(z.string(), z.unknown()),
      })
      .nullable(),
  })
  .openapi('Advice')

export const report = z
  .object({
    madeAtMs: z.number(),
    period,
    currency: z.string(),
    otherCurrencyEntries: z.number(),
    marginShare: z.number().nullable(),
    headlines: z.array(z.string()),
    advice: z.array(advice).openapi({ description: 'What to change next, the best first' }),
    orders: z.number(),
    ordersEligible: z.number(),
    total: offers,
    messages,
    placements: z.array(offers.extend({ placement, messages })),
    relations: z.array(offers.extend({ relation })),
    pairings: z.array(pairingFigures),
    orderValue: z.object({
      exposedOrders: z.number(),
      withoutAddOnsMinor: z.number().nullable(),
      withAddOnsMinor: z.number().nullable(),
      otherOrders: z.number(),
      otherMinor: z.number().nullable(),
    }),
    holdOutShare: z.number(),
    caused: z.array(causedFigures),
    experiments: z.array(z.looseObject({ sentence: z.string() })),
    lifetimeValue: z.looseObject({ kind: z.enum(['known', 'unknown']) }),
  })
  .openapi('Report')

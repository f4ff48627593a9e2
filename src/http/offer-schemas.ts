// The offer as it travels to a page, for openapi.json; the type is src/domain/offer-view.ts.

import { z } from '@hono/zod-openapi'
import { noOneClickReasons } from '../domain/offer.ts'
import { locales, viewStates } from '../domain/offer-view.ts'

const minor = z.number().int()
const label = z.string().nullable()

export const offerView = z
  .object({
    state: z.enum(viewStates),
    locale: z.enum(locales),
    offer: z.object({
      product: z.string(),
      title: z.string(),
      imageUrl: z.string().nullable(),
      url: z.string().nullable(),
      anchorTitle: z.string(),
      need: z.string(),
      quantity: minor,
      unitPriceMinor: minor,
      taxMinor: minor,
      taxIncluded: z.boolean(),
      deliveryMinor: minor,
      totalMinor: minor,
      currency: z.string(),
      total: z.string(),
      merchant: z.string(),
    }),
    oneClick: z.object({
      allowed: z.boolean(),
      reason: z.enum(noOneClickReasons).nullable(),
      expiresAt: z.string().nullable(),
      maxAmount: minor.nullable(),
    }),
    cartUrl: z.string().nullable(),
    expiresAtMs: z.number(),
    undoUntilMs: z.number().nullable(),
    action: z.object({ url: z.string().nullable(), clientSecret: z.string().nullable() }).nullable(),
    replacement: z.string().nullable().openapi({ description: 'Token of the offer at the new price' }),
    words: z.object({
      message: z.string(),
      waitMessage: label.openapi({ description: 'Said from the click until its answer is there' }),
      priceLine: z.string(),
      acceptLabel: label,
      cartLabel: label,
      declineLabel: label,
      undoLabel: label,
      actionLabel: label,
      regionLabel: z.string(),
    }),
  })
  .openapi('OfferView')

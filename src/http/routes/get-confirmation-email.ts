// GET /v1/emails/confirmation/{orderId}: the block for the confirmation e-mail, one or two picks as HTML, text, JSON, MJML, a
// Liquid template, and pictures that are drawn when the mail is opened. Empty when there is nothing to offer, or nothing
// may be offered to this recipient: the confirmation then goes out without it.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import { decideOffer, decidingNow } from '../../deciding/decide-offer.ts'
import { shopPage } from '../../domain/shop-page.ts'
import { renderConfirmationBlock } from '../../emails/render-confirmation-block.ts'
import { mayShowOffers } from '../../following-up/may-show-offers.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { id, problemResponse, usualProblems } from '../schemas.ts'

const image = z.object({
  imageUrl: z.string(),
  linkUrl: z.string(),
  width: z.number(),
  height: z.number(),
  alt: z.string(),
})

const block = z
  .object({
    html: z.string(),
    text: z.string(),
    json: z
      .object({
        heading: z.string(),
        picks: z.array(
          z.object({
            product: z.string(),
            title: z.string(),
            need: z.string(),
            price: z.string(),
            url: z.string().nullable(),
            imageUrl: z.string().nullable(),
            relation: z.string(),
          }),
        ),
      })
      .nullable(),
    liquid: z.string().openapi({
      description: 'For a host that renders `json` from the metafield `aftercart.confirmation` of the order',
    }),
    mjml: z.string(),
    images: z.array(image).openapi({
      description:
        'For senders whose templates cannot call us: drawn when the mail is opened, what sold out since is replaced. Empty where messaging.publicUrl is not set',
    }),
  })
  .openapi('ConfirmationBlock')

const route = createRoute({
  method: 'get',
  path: '/v1/emails/confirmation/{orderId}',
  summary: 'The block for the confirmation e-mail',
  description:
    'To stand after the complete order summary. All forms are empty when there is nothing to offer, and where the contact that came with the order is suppressed or did not agree to marketing.',
  security: [{ apiKey: [] }],
  request: {
    params: z.object({ orderId: id }),
    query: z.object({
      locale: z
        .string()
        .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
        .default('en-GB'),
    }),
  },
  responses: {
    200: {
      description: 'The block in all its forms; with the header Accept, as HTML or text alone',
      content: {
        'application/json': { schema: block },
        'text/html': { schema: z.string() },
        'text/plain': { schema: z.string() },
      },
    },
    ...usualProblems,
    404: problemResponse('The order is not known'),
  },
})

/** Who asks for anything gets all of it. */
const forms = ['application/json', 'text/html', 'text/plain'] as const

export function addGetConfirmationEmail(app: OpenAPIHono, effects: HttpEffects): void {
  const { messaging: access, settings } = effects
  const { publicUrl, productUrl } = settings.messaging
  app.openapi(route, async (c) => {
    const { orderId } = c.req.valid('param')
    const outcome = await decideOffer(
      { order: orderId, placement: 'confirmation-email' },
      decidingNow(effects),
    )
    if (outcome.kind !== 'decided') {
      const detail = `Order ${orderId} has not been received; send it with POST /v1/orders first.`
      return problem(c, 'order-unknown', detail) as never
    }
    const { locale } = c.req.valid('query')
    const mayShow = await mayShowOffers(orderId, effects.followingUp)
    const linkOf = (index: number) => `${publicUrl}/i/${access.links.image(orderId, index)}`
    const rendered = renderConfirmationBlock(mayShow ? outcome.decision : { picks: [] }, {
      locale,
      productUrl: (product) => shopPage(productUrl, '{product}', product),
      ...(publicUrl === null ? {} : { linkTo: (_: string, index: number) => linkOf(index) }),
    })
    const picks = rendered.json?.picks ?? []
    const images =
      publicUrl === null
        ? []
        : picks.map(({ title, price }, index) => ({
            imageUrl: `${linkOf(index)}.png`,
            linkUrl: linkOf(index),
            // Drawn twice as large, for dense screens.
            width: 600,
            height: 180,
            alt: `${title}, ${price}`,
          }))
    const { html, text, liquid, mjml } = rendered
    c.header('vary', 'accept')
    switch (accepts(c, { header: 'Accept', supports: [...forms], default: 'application/json' })) {
      case 'text/html':
        return c.html(html) as never
      case 'text/plain':
        return c.text(text) as never
    }
    const json = rendered.json && { heading: rendered.json.heading, picks: [...picks] }
    return c.json({ html, text, json, liquid, mjml, images }, 200)
  })
}

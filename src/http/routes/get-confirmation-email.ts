// GET /v1/emails/confirmation/{orderId}: the block for the confirmation e-mail, one or two picks as HTML, text and JSON.
// Empty when there is nothing to offer: the confirmation then goes out without it.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { decideOffer } from '../../deciding/decide-offer.ts'
import { renderConfirmationBlock } from '../../emails/render-confirmation-block.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { id, problemResponse, usualProblems } from '../schemas.ts'

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
  })
  .openapi('ConfirmationBlock')

const route = createRoute({
  method: 'get',
  path: '/v1/emails/confirmation/{orderId}',
  summary: 'The block for the confirmation e-mail',
  description:
    'To stand after the complete order summary. All three forms are empty when there is nothing to offer.',
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
    200: { description: 'The block', content: { 'application/json': { schema: block } } },
    ...usualProblems,
    404: problemResponse('The order is not known'),
  },
})

export function addGetConfirmationEmail(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const { orderId } = c.req.valid('param')
    const outcome = await decideOffer(
      { order: orderId, placement: 'confirmation-email' },
      { store: effects.store, clock: effects.clock, settings: effects.settings, plan: effects.plan.get() },
    )
    if (outcome.kind !== 'decided') {
      const detail = `Order ${orderId} has not been received; send it with POST /v1/orders first.`
      return problem(c, 'order-unknown', detail) as never
    }
    const { locale } = c.req.valid('query')
    const rendered = renderConfirmationBlock(outcome.decision, { locale, productUrl: () => null })
    const json = rendered.json && { heading: rendered.json.heading, picks: [...rendered.json.picks] }
    return c.json({ html: rendered.html, text: rendered.text, json }, 200)
  })
}

// GET /v1/overview: which plan is in use and what it holds, for the head of the owner's page.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listAnchors } from '../../deciding/list-pairings.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const overview = z
  .object({
    plan: z
      .object({
        version: z.number(),
        publishedAtMs: z.number(),
        summary: z.object({
          pairings: z.object({
            complete: z.number(),
            refill: z.number(),
            extend: z.number(),
            upsell: z.number(),
            refused: z.number(),
          }),
          products: z.number(),
          orders: z.number(),
          historyFromAtMs: z.number(),
          historyToAtMs: z.number(),
          sampledOrders: z.number(),
        }),
      })
      .nullable(),
    anchors: z.number().openapi({ description: 'Products of which at least one pairing is offered' }),
    listed: z
      .object({ live: z.number(), refused: z.number() })
      .openapi({ description: 'Pairings that GET /v1/pairings lists: of each product the strongest' }),
    demo: z.boolean(),
  })
  .openapi('Overview')

const route = createRoute({
  method: 'get',
  path: '/v1/overview',
  summary: 'The plan in use',
  security: [{ apiKey: [] }],
  responses: {
    200: { description: 'Facts', content: { 'application/json': { schema: overview } } },
    ...usualProblems,
  },
})

export function addGetOverview(app: OpenAPIHono, effects: HttpEffects, isDemo: boolean): void {
  app.openapi(route, (c) => {
    const plan = effects.plan.get()
    const facts =
      plan === null
        ? null
        : { version: plan.version, publishedAtMs: plan.publishedAtMs, summary: plan.summary }
    const anchors = plan === null ? [] : listAnchors(plan, '', effects.clock.nowMs())
    const listed = {
      live: anchors.reduce((sum, { pairings }) => sum + pairings, 0),
      refused: anchors.reduce((sum, { refused }) => sum + refused, 0),
    }
    const offering = anchors.filter(({ pairings }) => pairings > 0).length
    return c.json({ plan: facts, anchors: offering, listed, demo: isDemo }, 200)
  })
}

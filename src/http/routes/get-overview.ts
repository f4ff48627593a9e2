// GET /v1/overview: which plan is in use and what it holds, for the head of the owner's page.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
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
    anchors: z.number(),
    listed: z
      .object({ live: z.number(), refused: z.number() })
      .openapi({ description: 'Pairings that GET /v1/pairings lists: of each product the strongest' }),
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

export function addGetOverview(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, (c) => {
    const plan = effects.plan.get()
    const facts =
      plan === null
        ? null
        : { version: plan.version, publishedAtMs: plan.publishedAtMs, summary: plan.summary }
    const listed = { live: 0, refused: 0 }
    for (const pairings of plan?.pairings.values() ?? [])
      for (const { verdict } of pairings) listed[verdict.status] += 1
    return c.json({ plan: facts, anchors: plan?.pairings.size ?? 0, listed }, 200)
  })
}

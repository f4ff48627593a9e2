// GET /v1/anchors: the products that have pairings, most sold first; searchable by title or id.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listAnchors } from '../../deciding/list-pairings.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const anchor = z
  .object({
    id: z.string(),
    title: z.string(),
    category: z.string().nullable(),
    priceMinor: z.number().nullable(),
    currency: z.string(),
    orders: z.number(),
    pairings: z.number(),
    refused: z.number(),
  })
  .openapi('Anchor')

const route = createRoute({
  method: 'get',
  path: '/v1/anchors',
  summary: 'Products with pairings',
  security: [{ apiKey: [] }],
  request: {
    query: z.object({
      search: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).default(0),
    }),
  },
  responses: {
    200: {
      description: 'One page of anchors and how many there are',
      content: { 'application/json': { schema: z.object({ total: z.number(), anchors: z.array(anchor) }) } },
    },
    ...usualProblems,
  },
})

export function addGetAnchors(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, (c) => {
    const { search, limit, offset } = c.req.valid('query')
    const plan = effects.plan.get()
    const found = plan === null ? [] : listAnchors(plan, search, effects.clock.nowMs())
    return c.json({ total: found.length, anchors: found.slice(offset, offset + limit) }, 200)
  })
}

// GET /v1/pairings: pairings with their evidence, live ones first; of one anchor, or the strongest of all.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listPairings } from '../../deciding/list-pairings.ts'
import type { HttpEffects } from '../effects.ts'
import { pairingAnswer, usualProblems } from '../schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/v1/pairings',
  summary: 'Pairings with evidence',
  security: [{ apiKey: [] }],
  request: {
    query: z.object({
      anchor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: { description: 'Pairings', content: { 'application/json': { schema: z.array(pairingAnswer) } } },
    ...usualProblems,
  },
})

export function addGetPairings(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, (c) => {
    const { anchor, limit } = c.req.valid('query')
    const plan = effects.plan.get()
    const viewer = { settings: effects.settings, nowMs: effects.clock.nowMs() }
    return c.json(plan === null ? [] : listPairings(plan, { anchor, limit }, viewer), 200)
  })
}

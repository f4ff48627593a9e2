// GET /v1/plan-changes: what newly published plans changed, the newest first: pairings that were retired, each with its
// reason and what takes its place, and those that were added.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listChanges } from '../../deciding/list-changes.ts'
import { retireReasons } from '../../domain/plan-change.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const planChange = z
  .object({
    kind: z.enum(['retired', 'added']),
    at: z.string().openapi({ description: 'When the plan was published' }),
    planVersion: z.number(),
    id: z.string().openapi({ example: '22697~22423' }),
    anchor: z.string(),
    anchorTitle: z.string(),
    addOn: z.string(),
    addOnTitle: z.string(),
    relation: z.string(),
    reason: z.enum(retireReasons).nullable().openapi({ description: 'Null for an added pairing' }),
    because: z.string().openapi({ description: 'The reason in words, with its figures' }),
    replacedBy: z.string().nullable().openapi({ description: 'The add-on that takes its place' }),
    replacedByTitle: z.string().nullable(),
  })
  .openapi('PlanChange')

const route = createRoute({
  method: 'get',
  path: '/v1/plan-changes',
  summary: 'What plans changed',
  security: [{ apiKey: [] }],
  request: {
    query: z.object({
      kind: z.enum(['retired', 'added']).optional(),
      anchor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: { description: 'Changes', content: { 'application/json': { schema: z.array(planChange) } } },
    ...usualProblems,
  },
})

export function addGetPlanChanges(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const products = effects.plan.get()?.products ?? new Map()
    return c.json(await listChanges(c.req.valid('query'), effects.store, products), 200)
  })
}

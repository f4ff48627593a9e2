// GET /healthz: the process answers. GET /readyz: it can decide, that is, the store answers; the plan is named,
// and what holds marketing by mail back.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { HttpEffects } from '../effects.ts'

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'The process answers',
  responses: {
    200: {
      description: 'It does',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } },
    },
  },
})

const readiness = z
  .object({
    status: z.enum(['ready', 'store-unavailable']),
    planVersion: z.number().nullable(),
    marketingWaits: z.string().nullable().openapi({
      description:
        "Why marketing by mail is held back (SPF, DKIM, DMARC of the sender's domain); all else goes on",
    }),
  })
  .openapi('Readiness')

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Orders can be received and decided',
  responses: {
    200: { description: 'The store answers', content: { 'application/json': { schema: readiness } } },
    503: { description: 'The store does not answer', content: { 'application/json': { schema: readiness } } },
  },
})

export function addHealth(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(alive, (c) => c.json({ status: 'ok' as const }, 200))
  app.openapi(ready, async (c) => {
    const planVersion = effects.plan.get()?.version ?? null
    const marketingWaits = effects.followingUp.sendingDomain.lastHold()?.because ?? null
    try {
      await effects.store.currentPlanVersion()
      return c.json({ status: 'ready' as const, planVersion, marketingWaits }, 200)
    } catch {
      return c.json({ status: 'store-unavailable' as const, planVersion, marketingWaits }, 503)
    }
  })
}

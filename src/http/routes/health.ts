// GET /healthz: the process answers. GET /readyz: it can decide, that is, the store answers; the plan is named.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpEffects } from '../effects.ts'

export function addHealth(app: OpenAPIHono, effects: HttpEffects): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const planVersion = effects.plan.get()?.version ?? null
    try {
      await effects.store.currentPlanVersion()
      return c.json({ status: 'ready', planVersion })
    } catch {
      return c.json({ status: 'store-unavailable', planVersion }, 503)
    }
  })
}

// POST /v1/webhooks/{source}: a provider or the shop says that something changed. Checked over the raw bytes, stored, answered;
// looked at by the worker. The same event twice is taken once. A forged one is 401 and has no effect.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, problemResponse } from '../schemas.ts'

const route = createRoute({
  method: 'post',
  path: '/v1/webhooks/{source}',
  summary: 'Something changed at a provider or in the shop',
  request: { params: z.object({ source: z.string().max(40) }) },
  responses: {
    204: { description: 'Taken, or known already' },
    ...bodyProblems,
    404: problemResponse('No webhooks of this source are set up'),
  },
})

export function addWebhooks(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const { source } = c.req.valid('param')
    const read = effects.webhooks.get(source)
    if (read === undefined) {
      return problem(c, 'not-found', `No webhooks of "${source.slice(0, 40)}" are set up.`) as never
    }
    const nowMs = effects.clock.nowMs()
    const reading = read(await c.req.text(), { get: (name) => c.req.header(name) }, nowMs)
    if (reading.kind === 'forged') {
      return problem(c, 'unauthorized', 'The signature does not fit, or is older than five minutes.') as never
    }
    if (reading.kind === 'look-at') {
      const { eventId, topic, subject } = reading
      await effects.store.takeMessage({ id: `${source}:${eventId}`, topic, subject, receivedAtMs: nowMs })
    }
    return c.body(null, 204)
  })
}

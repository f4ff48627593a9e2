// GET /v1/flows: each kind of follow-up, whether it runs and why it stands still. PATCH /v1/flows/{name} turns one on or off;
// that word stands before the settings, and takes a pause by a guardrail back.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listFlows } from '../../following-up/list-flows.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, problemResponse, usualProblems } from '../schemas.ts'

const flow = z
  .object({
    name: z.string(),
    on: z.boolean(),
    pausedBecause: z.string().nullable().openapi({ description: 'What its guardrail saw, in a sentence' }),
    medium: z.enum(['email', 'sms']),
    relation: z.enum(['refill', 'complete', 'extend']),
    fromDay: z.number(),
    toDay: z.number(),
    sent: z.number().openapi({ description: 'Messages in the last 30 days' }),
    complaints: z.number(),
    unsubscribes: z.number(),
  })
  .openapi('Flow')
const answer = z
  .object({
    flows: z.array(flow),
    marketingWaits: z.string().nullable().openapi({
      description: "Why no flow sends by mail now (SPF, DKIM, DMARC of the sender's domain), in a sentence",
    }),
  })
  .openapi('Flows')
const answered = { description: 'All flows', content: { 'application/json': { schema: answer } } }
const security = [{ apiKey: [] }]

const getRoute = createRoute({
  method: 'get',
  path: '/v1/flows',
  summary: 'The kinds of follow-ups',
  security,
  responses: { 200: answered, ...usualProblems },
})

const patchRoute = createRoute({
  method: 'patch',
  path: '/v1/flows/{name}',
  summary: 'Turn a kind of follow-up on or off',
  security,
  request: {
    params: z.object({ name: z.string().max(40) }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ on: z.boolean() }) } },
    },
  },
  responses: { 200: answered, ...bodyProblems, 404: problemResponse('There is no such flow') },
})

export function addFlows(app: OpenAPIHono, effects: HttpEffects): void {
  const list = async () => ({
    flows: [...(await listFlows(effects.followingUp))],
    marketingWaits: effects.followingUp.sendingDomain.lastHold()?.because ?? null,
  })
  app.openapi(getRoute, async (c) => c.json(await list(), 200))
  app.openapi(patchRoute, async (c) => {
    const { name } = c.req.valid('param')
    const { on } = c.req.valid('json')
    const { flows } = effects.settings.messaging
    if (!Object.hasOwn(flows, name)) {
      const detail = `There is no flow "${name.slice(0, 40)}"; there are ${Object.keys(flows).join(', ')}.`
      return problem(c, 'not-found', detail) as never
    }
    // Also where the clock was set back: the owner's word is the latest.
    const before = (await effects.store.listFlows()).get(name)?.atMs ?? 0
    const atMs = Math.max(before, effects.clock.nowMs())
    await effects.store.setFlow(name, { on, pausedBecause: null, atMs })
    return c.json(await list(), 200)
  })
}

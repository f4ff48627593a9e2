// POST /v1/orders/{id}/events: the parcel arrived, the order was cancelled or refunded. Messages about a cancelled or
// refunded order are cancelled before the answer; an arrival moves those that count from it.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { parseInstant } from '../../domain/instant.ts'
import { hearOrderFate } from '../../following-up/hear-order-fate.ts'
import { instantText } from '../contact-schemas.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, id, problemResponse } from '../schemas.ts'

const route = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/events',
  summary: 'An order was delivered, cancelled or refunded',
  description: 'Of each kind the first counts; sending it again changes nothing.',
  security: [{ apiKey: [] }],
  request: {
    params: z.object({ id }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ kind: z.enum(['delivered', 'cancelled', 'refunded']), at: instantText }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Heard',
      content: {
        'application/json': { schema: z.object({ id: z.string(), messagesCancelled: z.number() }) },
      },
    },
    ...bodyProblems,
    404: problemResponse('The order is not known'),
  },
})

export function addOrderEvents(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const { id: orderId } = c.req.valid('param')
    const { kind, at } = c.req.valid('json')
    const fate = { [`${kind}AtMs`]: parseInstant(at) ?? 0 }
    const heard = await hearOrderFate(orderId, fate, effects.followingUp)
    if (heard.kind === 'order-unknown') {
      const detail = `Order ${orderId} has not been received; send it with POST /v1/orders first.`
      return problem(c, 'order-unknown', detail) as never
    }
    if (heard.kind === 'impossible') return problem(c, 'request-invalid', `at: ${heard.because}.`) as never
    return c.json({ id: orderId, messagesCancelled: heard.cancelled }, 200)
  })
}

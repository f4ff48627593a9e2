// POST /v1/orders: the shop says that an order was paid. Idempotent by id.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { receiveOrder } from '../../deciding/receive-order.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { receiveContact } from '../receive-contact.ts'
import { bodyProblems, orderBody, problemResponse } from '../schemas.ts'
import { toOrder } from '../to-order.ts'

const received = z
  .object({ id: z.string(), status: z.enum(['stored', 'unchanged']) })
  .openapi('OrderReceived')

const route = createRoute({
  method: 'post',
  path: '/v1/orders',
  summary: 'An order was paid',
  description:
    'Durable when answered. Sending the same order again, its lines in whatever sequence, changes nothing and answers 200.',
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: orderBody } } } },
  responses: {
    200: { description: 'Known already, unchanged', content: { 'application/json': { schema: received } } },
    201: { description: 'Received', content: { 'application/json': { schema: received } } },
    ...bodyProblems,
    409: problemResponse('Another order has this id'),
  },
})

export function addPostOrders(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const order = toOrder(body, effects.hashCustomer)
    const reception = await receiveOrder(order, effects)
    if (reception === 'conflict') {
      const detail = `Order ${order.id} was received before with other contents; the first version was kept.`
      return problem(c, 'order-conflict', detail) as never
    }
    await receiveContact(body, reception === 'unchanged', effects)
    return reception === 'stored'
      ? c.json({ id: order.id, status: reception }, 201)
      : c.json({ id: order.id, status: reception }, 200)
  })
}

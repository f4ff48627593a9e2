// POST /v1/decisions: what to offer for an order at a placement. The same question always gets the same answer.

import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { decideOffer, decidingNow } from '../../deciding/decide-offer.ts'
import type { Decision } from '../../domain/decision.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { receiveContact } from '../receive-contact.ts'
import { bodyProblems, decisionAnswer, decisionRequest, problemResponse } from '../schemas.ts'
import { toOrder } from '../to-order.ts'

const route = createRoute({
  method: 'post',
  path: '/v1/decisions',
  summary: 'Zero to two picks for an order',
  description: 'Stored before it is answered: a reload, a retry or another server gets the same picks back.',
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: decisionRequest } } } },
  responses: {
    200: { description: 'The decision', content: { 'application/json': { schema: decisionAnswer } } },
    ...bodyProblems,
    404: problemResponse('The order is not known'),
    409: problemResponse('Another order has this id'),
  },
})

export function addPostDecisions(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const order = body.order === undefined ? (body.orderId ?? '') : toOrder(body.order, effects.hashCustomer)
    const contact = body.order?.contact
    const isKnown = contact !== undefined && (await effects.store.getOrder(body.order?.id ?? '')) !== null
    const outcome = await decideOffer({ order, placement: body.placement }, decidingNow(effects))
    if (body.order !== undefined && outcome.kind === 'decided')
      await receiveContact(body.order, isKnown, effects)
    if (outcome.kind === 'order-unknown') {
      const detail = `Order ${body.orderId} has not been received; send it with POST /v1/orders first.`
      return problem(c, 'order-unknown', detail) as never
    }
    if (outcome.kind === 'order-conflict') {
      const detail = `Order ${body.order?.id} was received before with other contents; the first version was kept.`
      return problem(c, 'order-conflict', detail) as never
    }
    return c.json(toAnswer(outcome.decision), 200)
  })
}

/** What is withheld is told to nobody. */
function toAnswer({ withheld: _, ...decision }: Decision) {
  return {
    ...decision,
    trials: [...decision.trials],
    picks: decision.picks.map((pick) => ({
      ...pick,
      evidence: pick.evidence && { ...pick.evidence },
    })),
    ladderTrail: [...decision.ladderTrail],
    dropped: [...decision.dropped],
  }
}

// GET /v1/messages: what is scheduled, was sent, was cancelled and why; without addresses. POST /v1/messages/{id}/replay
// puts a dead letter back. POST /v1/messages/reported: the shop itself sent this person something, so ours waits.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { parseInstant } from '../../domain/instant.ts'
import {
  finalMessageStates,
  type Message,
  type MessageState,
  openMessageStates,
} from '../../domain/message.ts'
import { media } from '../../domain/recipient.ts'
import { replayMessage } from '../../following-up/replay-message.ts'
import { instantText } from '../contact-schemas.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, problemResponse, usualProblems } from '../schemas.ts'

const states = [...openMessageStates, ...finalMessageStates] as const
const message = z
  .object({
    id: z.string(),
    orderId: z.string(),
    flow: z.string(),
    step: z.number(),
    medium: z.enum(media),
    state: z.enum(states),
    dueAt: z.string().nullable(),
    settledAt: z.string().nullable(),
    class: z.string().nullable(),
    reason: z.string().nullable(),
    attempts: z.number(),
    products: z.array(z.string()),
  })
  .openapi('Message')
const security = [{ apiKey: [] }]

const listRoute = createRoute({
  method: 'get',
  path: '/v1/messages',
  summary: 'Messages, newest first',
  security,
  request: {
    query: z.object({
      state: z.enum(states).optional(),
      flow: z.string().max(40).optional(),
      orderId: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: {
    200: {
      description: 'Messages',
      content: { 'application/json': { schema: z.object({ messages: z.array(message) }) } },
    },
    ...usualProblems,
  },
})

const replayRoute = createRoute({
  method: 'post',
  path: '/v1/messages/{id}/replay',
  summary: 'Try a dead letter again',
  security,
  request: { params: z.object({ id: z.string().max(60) }) },
  responses: {
    204: { description: 'It is scheduled again' },
    ...usualProblems,
    404: problemResponse('There is no such dead letter'),
  },
})

const reportRoute = createRoute({
  method: 'post',
  path: '/v1/messages/reported',
  summary: 'The shop sent somebody a message itself',
  description: 'Aftercart then waits, 72 hours unless the settings say otherwise.',
  security,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ medium: z.enum(media), address: z.string().max(254), at: instantText }),
        },
      },
    },
  },
  responses: { 204: { description: 'Heard' }, ...bodyProblems },
})

export function addMessages(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, messaging, followingUp } = effects
  app.openapi(listRoute, async (c) => {
    const { orderId, ...filter } = c.req.valid('query')
    const found =
      orderId === undefined
        ? await store.listMessages(filter)
        : withinOrder(await store.messagesOfOrder(orderId), filter)
    const messages = found.map(({ id, orderId: order, flow, step, medium, state, attempts, ...more }) => ({
      id,
      orderId: order,
      flow,
      step,
      medium,
      state,
      attempts,
      dueAt: instantOf(more.dueAtMs),
      settledAt: instantOf(more.settledAtMs),
      class: more.class,
      reason: more.reason,
      products: more.shown.map(({ product }) => product),
    }))
    return c.json({ messages }, 200)
  })
  app.openapi(replayRoute, async (c) => {
    const { id } = c.req.valid('param')
    const replay = await replayMessage(id, followingUp)
    if (replay === 'scheduled') return c.body(null, 204)
    return problem(c, 'not-found', whyNoReplay[replay]) as never
  })
  app.openapi(reportRoute, async (c) => {
    const { medium, address, at } = c.req.valid('json')
    const hash = messaging.hashRecipient(medium, address)
    if (hash === null) return problem(c, 'request-invalid', 'address: is not one of this medium.') as never
    await store.reportOther(hash, medium, parseInstant(at) ?? 0)
    return c.body(null, 204)
  })
}

/** An order has a handful of messages, so they are sifted here, by the rules of `listMessages`. */
function withinOrder(
  messages: readonly Message[],
  {
    state,
    flow,
    limit,
  }: {
    readonly state?: MessageState | undefined
    readonly flow?: string | undefined
    readonly limit: number
  },
): readonly Message[] {
  return messages
    .filter(
      (one) => (state === undefined || one.state === state) && (flow === undefined || one.flow === flow),
    )
    .toSorted((one, other) => listedAtMs(other) - listedAtMs(one))
    .slice(0, limit)
}

function listedAtMs({ settledAtMs, dueAtMs, scheduledAtMs }: Message): number {
  return settledAtMs ?? dueAtMs ?? scheduledAtMs
}

const whyNoReplay = {
  unknown: 'There is no message with this id.',
  'not-dead': 'This message was not given up, so there is nothing to try again.',
  'moment-passed': 'The moment of this message has passed; it would be of no use any more.',
} as const

function instantOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}

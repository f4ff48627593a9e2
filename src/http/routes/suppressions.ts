// The list of those who get no marketing. GET /v1/suppressions goes through it page by page, hashes only. POST takes
// addresses from another system; sending the same again changes nothing.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { media } from '../../domain/recipient.ts'
import { suppressionReasons } from '../../domain/suppression.ts'
import type { HttpEffects } from '../effects.ts'
import { bodyProblems, usualProblems } from '../schemas.ts'

const security = [{ apiKey: [] }]
const hash = z.string().regex(/^[0-9a-f]{32}$/)

const getRoute = createRoute({
  method: 'get',
  path: '/v1/suppressions',
  summary: 'Who gets no marketing',
  description: 'By keyed hash of the address, as it outlives the erasure of a customer.',
  security,
  request: {
    query: z.object({ after: hash.optional(), limit: z.coerce.number().int().min(1).max(1000).default(500) }),
  },
  responses: {
    200: {
      description: 'A page; `next` is the `after` of the following one',
      content: {
        'application/json': {
          schema: z.object({
            suppressions: z.array(
              z.object({
                recipient: z.string(),
                medium: z.enum(media),
                reason: z.enum(suppressionReasons),
                since: z.string(),
                until: z.string().nullable(),
              }),
            ),
            next: z.string().nullable(),
          }),
        },
      },
    },
    ...usualProblems,
  },
})

const postRoute = createRoute({
  method: 'post',
  path: '/v1/suppressions',
  summary: 'Take over people who get no marketing',
  security,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            medium: z.enum(media),
            addresses: z.array(z.string().max(254)).min(1).max(1000),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Taken; `refused` are no addresses',
      content: {
        'application/json': {
          schema: z.object({ taken: z.number(), refused: z.array(z.string()), cancelled: z.number() }),
        },
      },
    },
    ...bodyProblems,
  },
})

export function addSuppressions(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, messaging, clock } = effects
  app.openapi(getRoute, async (c) => {
    const { after = null, limit } = c.req.valid('query')
    const page = await store.listSuppressions({ after, limit })
    const suppressions = page.map(({ recipientHash, medium, reason, sinceMs, untilMs }) => ({
      recipient: recipientHash,
      medium,
      reason,
      since: new Date(sinceMs).toISOString(),
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
    }))
    const next = page.length < limit ? null : (page.at(-1)?.recipientHash ?? null)
    return c.json({ suppressions, next }, 200)
  })
  app.openapi(postRoute, async (c) => {
    const { medium, addresses } = c.req.valid('json')
    const refused: string[] = []
    let cancelled = 0
    for (const address of addresses) {
      const recipientHash = messaging.hashRecipient(medium, address)
      if (recipientHash === null) {
        refused.push(address)
        continue
      }
      const sinceMs = clock.nowMs()
      const done = await store.suppress(
        { recipientHash, medium, reason: 'imported', sinceMs, untilMs: null },
        [],
      )
      cancelled += done.cancelled
    }
    return c.json({ taken: addresses.length - refused.length, refused, cancelled }, 200)
  })
}

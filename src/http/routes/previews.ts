// POST /v1/previews: any message for any order as it would read now, without sending it. The mail itself is shown at an
// address of its own for some minutes, since it has inline styles that the owner's page forbids. What the settings do not
// hold yet is filled in by examples, and named. Nothing is stored.

import { randomBytes } from 'node:crypto'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { previewDecision } from '../../deciding/preview-decision.ts'
import { withExamples } from '../../emails/example-settings.ts'
import { openRenderer } from '../../emails/open-renderer.ts'
import { type PreviewEffects, previewMessage } from '../../following-up/preview-message.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, id, problemResponse } from '../schemas.ts'

const SHOWN_MS = 10 * 60_000
const SHOWN_MAX = 200
/** Nothing runs, nothing is sent, pictures come from the shop. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: http:; frame-ancestors 'self'; sandbox"

const route = createRoute({
  method: 'post',
  path: '/v1/previews',
  summary: 'Look at a message without sending it',
  security: [{ apiKey: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            orderId: id,
            flow: z
              .string()
              .max(40)
              .openapi({ description: '`confirmation` or the name of a flow', example: 'refill' }),
            locale: z
              .string()
              .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
              .optional(),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The message',
      content: {
        'application/json': {
          schema: z.object({
            class: z.string(),
            subject: z.string().nullable(),
            text: z.string(),
            html: z.string().nullable(),
            path: z.string().nullable(),
            products: z.array(z.string()),
            missing: z.array(z.string()).openapi({
              description:
                'Of `messaging` in the settings: what is not said yet, so that examples stand for it',
            }),
          }),
        },
      },
    },
    ...bodyProblems,
    404: problemResponse('The order or the flow is not known, or there is nothing to offer'),
  },
})

type Shown = { readonly html: string; readonly untilMs: number }

export function addPreviews(app: OpenAPIHono, effects: HttpEffects): void {
  const shown = new Map<string, Shown>()
  const keep = (html: string): string => {
    const key = randomBytes(16).toString('hex')
    shown.set(key, { html, untilMs: effects.clock.nowMs() + SHOWN_MS })
    const oldest = shown.keys().next()
    if (shown.size > SHOWN_MAX && !oldest.done) shown.delete(oldest.value)
    return `/previews/${key}`
  }
  const { store, clock, settings, plan } = effects
  const { messaging, missing } = withExamples(settings.messaging)
  const previewing: PreviewEffects = {
    ...effects.followingUp,
    settings: { ...settings, messaging },
    render: openRenderer({ settings: messaging, links: effects.messaging.links }),
    previewConfirmation: (order) =>
      previewDecision(order, 'confirmation-email', { store, clock, settings, plan: plan.get() }),
  }
  app.openapi(route, async (c) => {
    const asked = c.req.valid('json')
    const outcome = await previewMessage(asked, previewing)
    if (outcome.kind !== 'rendered') return problem(c, 'not-found', whyNot[outcome.kind](asked)) as never
    const { content, class: messageClass, shown: products } = outcome.message
    const isMail = content.kind === 'email'
    return c.json(
      {
        class: messageClass,
        subject: isMail ? content.subject : null,
        text: isMail ? content.text : content.body,
        html: isMail ? content.html : null,
        path: isMail ? keep(content.html) : null,
        products: products.map(({ product }) => product),
        missing: [...missing],
      },
      200,
    )
  })
  app.get('/previews/:key', (c) => {
    const found = shown.get(c.req.param('key'))
    if (found === undefined || found.untilMs < effects.clock.nowMs()) {
      return problem(c, 'not-found', 'This preview is gone; ask for it again.')
    }
    c.header('content-security-policy', MAIL_POLICY)
    c.header('x-frame-options', 'SAMEORIGIN')
    c.header('cache-control', 'no-store')
    return c.html(found.html)
  })
}

type Asked = { readonly orderId: string; readonly flow: string }

const whyNot = {
  'order-unknown': ({ orderId }: Asked) => `Order ${orderId} has not been received.`,
  'flow-unknown': ({ flow }: Asked) => `There is no flow "${flow}".`,
  'nothing-to-offer': ({ orderId, flow }: Asked) =>
    `There is nothing that a message of the kind "${flow}" would offer for order ${orderId} today.`,
} as const

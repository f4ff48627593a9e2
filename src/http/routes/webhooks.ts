// POST /v1/webhooks/{source}: a provider, a mailbox or the shop's system says that something changed. Checked over the raw
// bytes; one that is forged is 401 and has no effect. What payments and orders tell is stored, answered and looked at by
// the worker; what became of messages, and what a person asks for, is done before it is answered. Twice the same is once.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { hearNotice } from '../../following-up/hear-notice.ts'
import type { HttpEffects } from '../effects.ts'
import { hearPrivacyRequest } from '../hear-privacy-request.ts'
import { hearShopOrder } from '../hear-shop-order.ts'
import { problem } from '../problem.ts'
import { bodyProblems, problemResponse } from '../schemas.ts'

const NOT_SIGNED = 'The signature does not fit, or is older than five minutes.'

const route = createRoute({
  method: 'post',
  path: '/v1/webhooks/{source}',
  summary: 'Something changed at a provider or in the shop',
  request: { params: z.object({ source: z.string().max(40) }) },
  responses: {
    200: { description: 'WooCommerce tried whether somebody answers' },
    204: { description: 'Taken, or known already' },
    ...bodyProblems,
    404: problemResponse('No webhooks of this source are set up'),
    429: problemResponse('Many large messages are on their way; try again'),
  },
})

export function addWebhooks(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const { source } = c.req.valid('param')
    const read = effects.webhooks.get(source)
    const readNotices = effects.messaging.notices.get(source)
    const nowMs = effects.clock.nowMs()
    const headers = { get: (name: string) => c.req.header(name) }
    if (readNotices !== undefined) {
      const place = { url: effects.messaging.addressOf(c.req.path), nowMs }
      const reading = await readNotices(await c.req.text(), headers, place)
      if (reading.kind === 'forged') return problem(c, 'unauthorized', NOT_SIGNED) as never
      if (reading.kind === 'notices')
        for (const notice of reading.notices) await hearNotice(notice, effects.followingUp)
      return c.body(null, 204)
    }
    const readOrder = effects.shopOrders.get(source)
    if (readOrder !== undefined) {
      const reading = readOrder(await c.req.text(), headers, nowMs)
      if (reading.kind === 'trial') return c.body(null, 200)
      if (reading.kind === 'forged') return problem(c, 'unauthorized', NOT_SIGNED) as never
      if (reading.kind === 'order') {
        await hearShopOrder(reading, source, effects)
        return c.body(null, 204)
      }
      // Shopify sends the privacy topics to the same address.
    }
    const readPrivacy = effects.privacy.get(source)
    if (readPrivacy !== undefined) {
      const heard = await hearPrivacyRequest(readPrivacy(await c.req.text(), headers), effects)
      return heard ? c.body(null, 204) : (problem(c, 'unauthorized', NOT_SIGNED) as never)
    }
    if (readOrder !== undefined) return c.body(null, 204)
    if (read === undefined) {
      return problem(c, 'not-found', `No webhooks of "${source.slice(0, 40)}" are set up.`) as never
    }
    const reading = read(await c.req.text(), headers, nowMs)
    if (reading.kind === 'forged') {
      return problem(c, 'unauthorized', NOT_SIGNED) as never
    }
    if (reading.kind === 'look-at') {
      const { eventId, topic, subject } = reading
      await effects.store.takeMessage({ id: `${source}:${eventId}`, topic, subject, receivedAtMs: nowMs })
    }
    return c.body(null, 204)
  })
}

// /u/{token}: GET shows a page and changes nothing; POST unsubscribes (RFC 8058: no cookie, no key, no redirect, whatever
// the body says), as often as it is sent. The token never expires and names a person by hash only.

import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { unsubscribe } from '../../following-up/unsubscribe.ts'
import type { HttpEffects } from '../effects.ts'
import { pageLanguage, unsubscribePage, unsubscribeStyle } from '../unsubscribe-page.ts'

export function addUnsubscribe(app: OpenAPIHono, effects: HttpEffects): void {
  const page = (c: Context, state: 'asks' | 'done' | 'unknown') => {
    const { messaging } = effects.settings
    const language = pageLanguage(c.req.header('accept-language') ?? messaging.locale)
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return c.html(
      unsubscribePage(state, { shop: messaging.shopName, language }),
      state === 'unknown' ? 404 : 200,
    )
  }
  const described = {
    path: '/u/{token}',
    request: { params: z.object({ token: z.string() }) },
    responses: {
      200: { description: 'A page for people', content: { 'text/html': { schema: z.string() } } },
      404: { description: 'The link is not complete', content: { 'text/html': { schema: z.string() } } },
    },
  }
  app.openAPIRegistry.registerPath({
    ...described,
    method: 'get',
    summary: 'The page behind the link to unsubscribe; changes nothing',
  })
  app.openAPIRegistry.registerPath({
    ...described,
    method: 'post',
    summary: 'Unsubscribe with one click (RFC 8058)',
  })
  app.get('/u/page.css', (c) => c.body(unsubscribeStyle, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/u/:token', (c) =>
    page(c, effects.messaging.links.readUnsubscribe(c.req.param('token')) === null ? 'unknown' : 'asks'),
  )
  app.post('/u/:token', async (c) => {
    const claims = effects.messaging.links.readUnsubscribe(c.req.param('token'))
    if (claims === null) return page(c, 'unknown')
    const said = { reason: 'unsubscribed', source: 'unsubscribe-link' } as const
    await unsubscribe({ ...claims, ...said }, effects.followingUp)
    return page(c, 'done')
  })
}

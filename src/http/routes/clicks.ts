// /c/{token}: a click on a product in a message. The address to go to stands in our own row of the message, never in the
// link, so nobody can make us lead elsewhere. A link that is not ours leads to the shop's home page where it is known.

import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { recordClick } from '../../following-up/record-click.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { problemResponse } from '../schemas.ts'

export function addClicks(app: OpenAPIHono, effects: HttpEffects): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/c/{token}',
    summary: 'A click on a product in a message',
    request: { params: z.object({ token: z.string() }) },
    responses: {
      302: { description: 'To the page of the product, as it stood when the message was sent' },
      404: problemResponse('This link is not ours'),
    },
  })
  app.get('/c/:token', async (c) => {
    const claims = effects.messaging.links.readClick(c.req.param('token'))
    const found = claims === null ? null : await recordClick(claims, effects.followingUp)
    const target = found?.url ?? effects.settings.messaging.homeUrl
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return target === null
      ? problem(c, 'not-found', 'This link leads nowhere any more.')
      : c.redirect(target, 302)
  })
}

// /i/{token}.png: the picture of a pick, drawn when the mail is opened, with what can be bought today. /i/{token}: the link
// around it, to the same product. Neither says who opened it: only the click is noted, with the order.

import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { decidingNow } from '../../deciding/decide-offer.ts'
import { pickAtOpen } from '../../deciding/pick-at-open.ts'
import type { PickPicture } from '../../domain/pick-picture.ts'
import { shopPage } from '../../domain/shop-page.ts'
import { pictureOfPick } from '../../emails/picture-of-pick.ts'
import { destinationOf } from '../../emails/product-tile.ts'
import { recordBlockClick } from '../../following-up/record-click.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { problemResponse } from '../schemas.ts'

/** Mail programs keep pictures; an hour is old enough for what sells out. */
const KEEP_SECONDS = 3600
/** Drawing takes the whole process for some ten milliseconds, and who has one mail may ask without end. */
const DRAWN_MAX = 200

export function addOpenTimePicks(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, settings, plan: held, messaging: access } = effects
  const { locale: shopLocale, homeUrl, productUrl } = settings.messaging
  const drawn = new Map<string, Uint8Array>()
  const draw = (picture: PickPicture): Uint8Array => {
    const words = JSON.stringify(picture)
    const bytes = drawn.get(words) ?? effects.drawPick(picture)
    drawn.delete(words)
    drawn.set(words, bytes)
    const [oldest] = drawn.keys()
    if (drawn.size > DRAWN_MAX && oldest !== undefined) drawn.delete(oldest)
    return bytes
  }
  const pickOf = (claims: { readonly orderId: string; readonly index: number }) =>
    pickAtOpen(claims, decidingNow(effects))

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/i/{token}',
    summary: 'A pick of a confirmation as of today: with .png its picture, else its page',
    request: { params: z.object({ token: z.string() }) },
    responses: {
      200: { description: 'The picture', content: { 'image/png': { schema: z.string() } } },
      302: { description: 'To the page of the product' },
      404: problemResponse('This link is not ours'),
    },
  })
  app.get('/i/:token', async (c) => {
    const { token } = c.req.param()
    return token.endsWith('.png') ? picture(c, token.slice(0, -4)) : page(c, token)
  })

  async function picture(c: Context, token: string): Promise<Response> {
    const claims = access.links.readImage(token)
    if (claims === null) return problem(c, 'not-found', 'There is no such picture.')
    const pick = await pickOf(claims)
    const recipient = await store.getRecipient(claims.orderId)
    const anchorTitle = held.get()?.products.get(pick?.anchor ?? '')?.title ?? ''
    const shown = pictureOfPick(pick, { anchorTitle, locale: recipient?.locale ?? null, shopLocale })
    c.header('cache-control', `public, max-age=${KEEP_SECONDS}`)
    c.header('cross-origin-resource-policy', 'cross-origin')
    return c.body(new Uint8Array(draw(shown)), 200, { 'content-type': 'image/png' })
  }

  async function page(c: Context, token: string): Promise<Response> {
    const claims = access.links.readImage(token)
    const pick = claims === null ? null : await pickOf(claims)
    if (claims !== null && pick !== null) await recordBlockClick({ ...claims, pick }, effects.followingUp)
    const shop = { productUrl: (product: string) => shopPage(productUrl, '{product}', product) }
    const target = (pick === null ? null : destinationOf(pick, shop)) ?? homeUrl
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return target === null
      ? problem(c, 'not-found', 'This link leads nowhere any more.')
      : c.redirect(target, 302)
  }
}

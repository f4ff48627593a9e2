// /i/{token}.png: the picture of a pick, drawn when the mail is opened, with what can be bought today. /i/{token}: the link
// around it, to the same product. Neither says who opened it: only the click is noted, with the order.

import type { OpenAPIHono } from '@hono/zod-openapi'
import { pickAtOpen } from '../../deciding/pick-at-open.ts'
import { pictureOfPick } from '../../emails/picture-of-pick.ts'
import { recordBlockClick } from '../../following-up/record-click.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'

/** Mail programs keep pictures; an hour is old enough for what sells out. */
const KEEP_SECONDS = 3600

export function addOpenTimePicks(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, clock, settings, plan: held, messaging: access } = effects
  const { locale: shopLocale, homeUrl, productUrl } = settings.messaging
  const claimsOf = (token: string) => access.links.readImage(token)
  const pickOf = (claims: { readonly orderId: string; readonly index: number }) =>
    pickAtOpen(claims, { store, clock, settings, plan: held.get() })

  app.get('/i/:name{.+\\.png}', async (c) => {
    const claims = claimsOf(c.req.param('name').replace(/\.png$/, ''))
    if (claims === null) return problem(c, 'not-found', 'There is no such picture.')
    const pick = await pickOf(claims)
    const recipient = await store.getRecipient(claims.orderId)
    const anchorTitle = held.get()?.products.get(pick?.anchor ?? '')?.title ?? ''
    const picture = pictureOfPick(pick, { anchorTitle, locale: recipient?.locale ?? null, shopLocale })
    c.header('cache-control', `public, max-age=${KEEP_SECONDS}`)
    c.header('cross-origin-resource-policy', 'cross-origin')
    return c.body(new Uint8Array(effects.drawPick(picture)), 200, { 'content-type': 'image/png' })
  })

  app.get('/i/:token', async (c) => {
    const claims = claimsOf(c.req.param('token'))
    const pick = claims === null ? null : await pickOf(claims)
    if (claims !== null && pick !== null) await recordBlockClick({ ...claims, pick }, effects.followingUp)
    const page = productUrl?.replaceAll('{product}', () => encodeURIComponent(pick?.product ?? '')) ?? null
    const target = pick === null ? homeUrl : (pick.url ?? page ?? homeUrl)
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return target === null
      ? problem(c, 'not-found', 'This link leads nowhere any more.')
      : c.redirect(target, 302)
  })
}

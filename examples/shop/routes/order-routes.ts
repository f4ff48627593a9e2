// After the order: thank-you page, confirmation e-mail, follow-ups. Each asks Aftercart for its own placement and keeps
// the answer with the order; when there is none, the page comes without.

import type { Context, Hono } from 'hono'
import { DAY_MS } from '../../../src/domain/instant.ts'
import { firstPicks } from '../../../src/domain/placement.ts'
import { readableTitle } from '../../../src/domain/product.ts'
import type { EmailShop, RenderedEmail } from '../../../src/emails/email-shop.ts'
import { renderConfirmation } from '../../../src/emails/render-confirmation.ts'
import { renderFollowUp } from '../../../src/emails/render-follow-up.ts'
import { CHECKOUT_NOTICE, CONSENT_VERSION, MERCHANT, sceneOf } from '../add-on-scenes.ts'
import {
  type Advice,
  type OfferDoing,
  offerDoings,
  type Placement,
  type ShownPick,
} from '../aftercart-client.ts'
import { exampleAddress } from '../example-people.ts'
import { type EmailLook, emailPage, type FollowUp, followUpsPage, isEmailLook } from '../pages/mail-pages.ts'
import { notFoundPage } from '../pages/not-found-page.ts'
import { orderPath, productPath, type View } from '../pages/page-layout.ts'
import { thankYouPage } from '../pages/thank-you-page.ts'
import type { ShopOrder } from '../shop-memory.ts'
import { messagePolicy, type ShopRoom, viewOf } from '../shop-room.ts'

export function addOrderRoutes(shop: Hono, room: ShopRoom): void {
  const order = (c: Context): ShopOrder | undefined => room.memory.order(c.req.param('id') ?? '')
  const missing = (c: Context): Response | Promise<Response> =>
    c.html(notFoundPage(viewOf(room, c), 'order'), 404)

  shop.get('/orders/:id/thank-you', async (c) => {
    const found = order(c)
    if (found === undefined) return missing(c)
    const advice = await adviceFor(room, found, 'thank-you')
    const offered = advice.kind === 'decided' && advice.decision.picks.length > 0
    const token = offered ? await room.aftercart.offer(found.id, 'thank-you') : null
    const view = viewOf(room, c)
    const markup = token === null ? null : await room.aftercart.offerMarkup(token, doingPaths(view, found.id))
    const offer = token === null ? null : { token, markup }
    return c.html(thankYouPage(view, found, { advice, offer }, room.shelf))
  })

  // For readers without script: the forms of the fragment.
  for (const doing of offerDoings) {
    shop.post(`/orders/:id/offer/${doing}`, async (c) => {
      const found = order(c)
      if (found === undefined) return missing(c)
      const { token } = await c.req.parseBody()
      if (typeof token === 'string' && token !== '') await room.aftercart.answerOffer(token, doing)
      return c.redirect(`${orderPath(viewOf(room, c), found.id)}/thank-you`, 303)
    })
  }

  shop.get('/orders/:id', (c) => {
    const found = order(c)
    return found === undefined
      ? missing(c)
      : c.redirect(`${orderPath(viewOf(room, c), found.id)}/thank-you`, 303)
  })

  shop.get('/orders/:id/email', async (c) => {
    const found = order(c)
    if (found === undefined) return missing(c)
    return c.html(
      emailPage(viewOf(room, c), found, await confirmation(room, c, found), lookOf(c.req.query('as'))),
    )
  })

  shop.get('/orders/:id/email/message', async (c) => {
    const found = order(c)
    if (found === undefined) return missing(c)
    return message(c, await confirmation(room, c, found))
  })

  shop.get('/orders/:id/follow-ups', async (c) => {
    const found = order(c)
    if (found === undefined) return missing(c)
    const plan = await followUps(room, c, found)
    return c.html(followUpsPage(viewOf(room, c), found, plan, dateText(found.placedAtMs)))
  })

  shop.get('/orders/:id/follow-ups/:at/message', async (c) => {
    const found = order(c)
    if (found === undefined) return missing(c)
    const followUp = (await followUps(room, c, found))?.[Number(c.req.param('at')) - 1]
    return followUp === undefined ? missing(c) : message(c, followUp.email)
  })

  shop.get('/unsubscribe', (c) =>
    c.text('This example shop sends no e-mail, so there is nothing to unsubscribe from.'),
  )
}

function doingPaths(view: View, orderId: string): Readonly<Record<OfferDoing, string>> {
  const path = `${orderPath(view, orderId)}/offer`
  return { accept: `${path}/accept`, decline: `${path}/decline`, undo: `${path}/undo` }
}

async function adviceFor({ aftercart }: ShopRoom, order: ShopOrder, placement: Placement): Promise<Advice> {
  const kept = order.advice.get(placement)
  if (kept !== undefined) return kept
  const { id, customerId, placedAtMs, currency, lines } = order
  const payment = savedMethodOf(order)
  const contact = contactOf(order)
  const advice = await aftercart.advise(
    { id, customerId, placedAtMs, currency, lines, payment, contact },
    placement,
  )
  if (advice.kind === 'decided') order.advice.set(placement, advice)
  return advice
}

/** What a shop keeps of a payment: ids of its provider, and the version of the terms that the shopper agreed to. */
function savedMethodOf({ id, scene }: ShopOrder) {
  const { methodKind, methodRef } = sceneOf(scene)
  return {
    provider: 'stripe',
    kind: methodKind,
    customerRef: `cus_${id.replaceAll('-', '')}`,
    methodRef,
    consentVersion: CONSENT_VERSION,
    merchantOfRecord: MERCHANT,
  } as const
}

/** The consent is sent with its words and its moment: without that proof Aftercart writes to nobody. */
function contactOf({ email, name, placedAtMs, wantsMessages }: ShopOrder) {
  const consent = {
    ...({ medium: 'email', given: true, basis: 'express', legalEntity: MERCHANT } as const),
    ...{ noticeVersion: CHECKOUT_NOTICE, source: 'checkout', at: new Date(placedAtMs).toISOString() },
  }
  return { email, name, country: 'GB', locale: 'en-GB', consents: wantsMessages ? [consent] : [] }
}

function message(c: Context, email: RenderedEmail): Response | Promise<Response> {
  c.header('content-security-policy', messagePolicy)
  return c.html(email.html)
}

async function confirmation(room: ShopRoom, c: Context, order: ShopOrder): Promise<RenderedEmail> {
  const advice = await adviceFor(room, order, 'confirmation-email')
  const decision = advice.kind === 'decided' ? { picks: firstPicks(advice.decision.picks, 2) } : null
  return renderConfirmation({
    order,
    products: room.catalog,
    decision,
    shop: emailShop(room, c),
    recipient: { name: order.name, address: exampleAddress },
    deliveryMinor: 0,
    nextSteps,
  })
}

/** Picks that share a day travel in one e-mail; what the confirmation showed is not shown again. `null`: not to be had. */
async function followUps(room: ShopRoom, c: Context, order: ShopOrder): Promise<FollowUp[] | null> {
  const advice = await adviceFor(room, order, 'follow-up')
  if (advice.kind !== 'decided') return null
  const { shownPicks } = await confirmation(room, c, order)
  const byDay = new Map<number, ShownPick[]>()
  for (const pick of advice.decision.picks) {
    if (shownPicks.includes(pick.product)) continue
    byDay.set(pick.afterDays, [...(byDay.get(pick.afterDays) ?? []), pick])
  }
  const shop = emailShop(room, c)
  return [...byDay]
    .sort(([one], [other]) => one - other)
    .flatMap(([day, picks]) => {
      const email = renderFollowUp({
        flow: flowOf(picks[0]),
        order,
        products: room.catalog,
        picks: firstPicks(picks, 2),
        shop,
        recipient: { name: order.name },
        atMs: order.placedAtMs + day * DAY_MS,
        unsubscribeUrl: `${shop.homeUrl}/unsubscribe`,
      })
      if (email === null) return []
      const shown = picks.map((pick) => ({ ...pick, title: readableTitle(pick.title) }))
      return [{ day, date: dateText(order.placedAtMs + day * DAY_MS), email, picks: shown }]
    })
}

const nextSteps: readonly string[] = [
  'We check and pack your order, usually within one working day.',
  'When the parcel leaves us you get another message from us, with its tracking number.',
  'Something not right? Reply to this e-mail within 30 days of delivery and a person will sort it out.',
]

const flowOfRelation: Readonly<Record<ShownPick['relation'], string>> = {
  refill: 'refill',
  complete: 'complete-the-set',
  extend: 'next-step',
  upsell: 'step-up',
}

function flowOf(pick: ShownPick | undefined): string {
  return flowOfRelation[pick?.relation ?? 'complete']
}

function emailShop(room: ShopRoom, c: Context): EmailShop & { readonly homeUrl: string } {
  const view = viewOf(room, c)
  const { origin } = new URL(c.req.url)
  return {
    name: room.shopName,
    locale: 'en-GB',
    homeUrl: `${origin}${room.basePath}`,
    supportEmail: 'hello@teasel-thyme.example',
    legalEntity: MERCHANT,
    postalAddress: ['1 Example Street', 'Bristol BS1 1AA', 'United Kingdom'],
    productUrl: (productId) => `${origin}${productPath(view, productId)}`,
    orderUrl: (orderId) => `${origin}${orderPath(view, orderId)}/thank-you`,
  }
}

function lookOf(text = ''): EmailLook {
  return isEmailLook(text) ? text : 'desktop'
}

const dates = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

function dateText(atMs: number): string {
  return dates.format(atMs)
}

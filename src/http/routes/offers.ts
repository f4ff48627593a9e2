// Offers over HTTP. POST /v1/offers is for the shop's server: picks of an order become offers, each with its token. The rest is
// for the shopper, who holds a token and nothing else: see, accept, decline, take back, and that it was seen. No route
// reads an amount, a currency or a quantity.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  acceptOffer,
  declineOffer,
  exposeOffer,
  lookAtOffer,
  type OfferAnswer,
  seeOffer,
  undoOffer,
} from '../../accepting/answer-offer.ts'
import { issueOffers } from '../../accepting/issue-offers.ts'
import { viewOffer } from '../../accepting/view-offer.ts'
import { statusOf } from '../../accepting/view-state.ts'
import { decideForOrder, decidingNow } from '../../deciding/decide-offer.ts'
import { type Locale, locales } from '../../domain/offer-view.ts'
import { placements } from '../../domain/placement.ts'
import type { HttpEffects } from '../effects.ts'
import { offerFragment } from '../offer-fragment.ts'
import { offerView } from '../offer-schemas.ts'
import { problem } from '../problem.ts'
import { bodyProblems, id, problemResponse, usualProblems } from '../schemas.ts'

const localeAsked = z.object({
  locale: z
    .string()
    .optional()
    .openapi({ description: 'en, de, fr or es; a region is ignored', example: 'de-AT' }),
})
const token = z.object({ token: z.string().min(1).max(4000) })

const issue = createRoute({
  method: 'post',
  path: '/v1/offers',
  summary: 'Offers for an order that was received',
  description:
    'Decides where that was not done yet, asks the shop for price and stock, and stores each offer with all that it costs. Asking again gives the same offers. Hand the token to the widget.',
  security: [{ apiKey: [] }],
  request: {
    query: localeAsked,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ orderId: id, placement: z.enum(placements) }).openapi('OfferRequest'),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The offers; none where nothing fits, or the shop will not sell it now',
      content: {
        'application/json': {
          schema: z
            .object({
              offers: z.array(z.object({ token: z.string(), view: offerView })).max(2),
              left: z.array(z.object({ product: z.string(), reason: z.string() })),
            })
            .openapi('Offers'),
        },
      },
    },
    ...bodyProblems,
    404: problemResponse('The order is not known'),
  },
})

const viewed = { content: { 'application/json': { schema: offerView } } }
const shopperProblems = {
  403: problemResponse('A page of this origin may not ask'),
  404: problemResponse('The token names no offer'),
  429: problemResponse('Too often'),
} as const

const see = createRoute({
  method: 'get',
  path: '/v1/offers/{token}',
  summary: 'An offer as it stands now',
  request: { params: token, query: localeAsked },
  responses: { 200: { description: 'The offer', ...viewed }, ...usualProblems, ...shopperProblems },
})

const path = z.string().startsWith('/').max(500)
const fragment = createRoute({
  method: 'get',
  path: '/v1/offers/{token}/fragment',
  summary: 'The offer as HTML without script',
  description:
    'For pages that want no script. Its forms post to the paths of your own shop that you name here; your server hands the token on to accept, decline or undo and redirects back to the page.',
  request: {
    params: token,
    query: localeAsked.extend({
      accept: path.openapi({ example: '/offers/accept' }),
      decline: path.openapi({ example: '/offers/decline' }),
      undo: path.openapi({ example: '/offers/undo' }),
    }),
  },
  responses: {
    200: { description: 'The fragment', content: { 'text/html': { schema: z.string() } } },
    ...usualProblems,
    ...shopperProblems,
  },
})

const doings = { accept: acceptOffer, decline: declineOffer, undo: undoOffer } as const
const summaries = {
  accept: 'Buy it: charges what was shown, once, however often it is asked',
  decline: 'No, thank you',
  undo: 'Take the add-on back: the line goes, the money returns',
} as const

const expose = createRoute({
  method: 'post',
  path: '/v1/exposures',
  summary: 'The offer was seen',
  request: { body: { required: true, content: { 'application/json': { schema: token } } } },
  responses: { 204: { description: 'Noted; the first time counts' }, ...bodyProblems, ...shopperProblems },
})

export function addOffers(app: OpenAPIHono, effects: HttpEffects): void {
  const { accepting } = effects
  app.openapi(issue, async (c) => {
    const { orderId, placement } = c.req.valid('json')
    const order = await effects.store.getOrder(orderId)
    const plan = effects.plan.get()
    if (order === null) {
      const detail = `Order ${orderId} has not been received; send it with POST /v1/orders first.`
      return problem(c, 'order-unknown', detail) as never
    }
    const { picks } = await decideForOrder(order, placement, decidingNow(effects))
    const titleOf = (product: string) => plan?.products.get(product)?.title ?? product
    const { offers, left } = await issueOffers({ order, placement, picks, titleOf }, accepting)
    const shown = await Promise.all(
      offers.map(async (offer) => {
        const view = viewOffer(await lookAtOffer(offer, accepting), localeOf(c), accepting)
        return { token: accepting.tokens.sign(offer), view }
      }),
    )
    return c.json({ offers: shown, left: [...left] }, 200)
  })

  app.openapi(see, async (c) => {
    return c.json(
      viewOffer(await seeOffer(c.req.valid('param').token, accepting), localeOf(c), accepting),
      200,
    )
  })

  app.openapi(fragment, async (c) => {
    const { token: asked } = c.req.valid('param')
    const { accept, decline, undo } = c.req.valid('query')
    const seen = async (signed: string) =>
      viewOffer(await seeOffer(signed, accepting), localeOf(c), accepting)
    const first = await seen(asked)
    // A page without script cannot ask again: "this is the new price" comes with the offer at that price.
    const token = first.state === 'price-changed' ? (first.replacement ?? asked) : asked
    const second = token === asked ? first : await seen(token)
    const message = second.state === 'open' ? first.words.message : second.words.message
    const view = { ...second, words: { ...second.words, message } }
    return c.html(offerFragment(view, { token, paths: { accept, decline, undo } }), 200)
  })

  for (const [name, does] of Object.entries(doings)) addDoing(app, name as keyof typeof doings, does, effects)

  app.openapi(expose, async (c) => {
    await exposeOffer(c.req.valid('json').token, accepting)
    return c.body(null, 204)
  })
}

function addDoing(
  app: OpenAPIHono,
  name: keyof typeof doings,
  does: (token: string, effects: HttpEffects['accepting']) => Promise<OfferAnswer>,
  { accepting }: HttpEffects,
): void {
  const route = createRoute({
    method: 'post',
    path: `/v1/offers/{token}/${name}`,
    summary: summaries[name],
    description:
      'The body is an empty object: nothing in it counts. The answer is the offer as it then stands.',
    request: { params: token, query: localeAsked },
    responses: {
      200: { description: 'Done', ...viewed },
      202: { description: 'Under way, or the bank wants to hear from the shopper', ...viewed },
      402: { description: 'The bank said no; nothing was added', ...viewed },
      409: {
        description: 'It has another price now, or one click is not possible; nothing was charged',
        ...viewed,
      },
      410: { description: 'Not to be had any more; nothing was charged', ...viewed },
      ...usualProblems,
      ...shopperProblems,
    },
  })
  app.openapi(route, async (c) => {
    const view = viewOffer(await does(c.req.valid('param').token, accepting), localeOf(c), accepting)
    // Nothing came of it: there is no button where one click is not possible, and "done" would be a lie.
    const isRefused = name === 'accept' && view.state === 'open'
    return c.json(view, isRefused ? 409 : statusOf(view.state)) as never
  })
}

function localeOf(c: Context): Locale {
  const language = (c.req.query('locale') ?? '').slice(0, 2).toLowerCase()
  return locales.find((locale) => locale === language) ?? 'en'
}

// A small Aftercart for testing integrators: a real HTTP app that answers the public API as openapi.json describes it,
// from decisions that the test names. It remembers what it was told, and can be slow, down or talk nonsense.

import { Hono } from 'hono'
import type { Decision, Pick } from '../src/domain/decision.ts'
import type { Placement } from '../src/domain/placement.ts'

export type TinyAftercart = {
  readonly app: Hono
  /** Orders that were received, by id, and how often each came. */
  readonly received: Map<string, { readonly body: Readonly<Record<string, unknown>>; times: number }>
  /** Authorization headers that were sent. */
  readonly keys: Set<string>
  /** The token of the offer that it issues for every order; without it there is none. */
  offerToken: string | null
  mood: 'well' | 'down' | 'nonsense' | 'silent'
}

export function openTinyAftercart(
  picksOf: (placement: Placement) => readonly Pick[],
  bestSellers: readonly string[] = [],
): TinyAftercart {
  const app = new Hono()
  const tiny: TinyAftercart = { app, received: new Map(), keys: new Set(), offerToken: null, mood: 'well' }
  app.use('/v1/*', async (c, next) => {
    tiny.keys.add(c.req.header('authorization') ?? '')
    if (tiny.mood === 'down') return c.json({ code: 'internal' }, 500)
    if (tiny.mood === 'nonsense') return c.text('<html>')
    if (tiny.mood === 'silent') return new Promise<Response>(() => {})
    return next()
  })
  app.post('/v1/orders', async (c) => {
    const body: { readonly id: string } = await c.req.json()
    const times = (tiny.received.get(body.id)?.times ?? 0) + 1
    tiny.received.set(body.id, { body, times })
    return c.json({ id: body.id })
  })
  app.post('/v1/decisions', async (c) => {
    const { orderId, placement }: { readonly orderId: string; readonly placement: Placement } =
      await c.req.json()
    if (!tiny.received.has(orderId)) return c.json({ code: 'order-unknown' }, 404)
    const picks = picksOf(placement)
    const answer: Omit<Decision, 'picks'> & { readonly picks: readonly Pick[] } = {
      orderId,
      placement,
      decidedAtMs: 0,
      planVersion: 1,
      picks,
      fallback: picks.length > 0 ? 'pairing' : 'helpful-page',
      ladderTrail: [],
      dropped: [{ product: 'lamp', anchor: 'teacup', rule: 'over-price-ceiling', detail: 'costs too much' }],
      droppedUntold: 0,
      withheld: [],
      trials: [],
    }
    return c.json(answer)
  })
  app.post('/v1/offers', (c) =>
    c.json({ offers: tiny.offerToken === null ? [] : [{ token: tiny.offerToken }] }),
  )
  app.get('/v1/anchors', (c) =>
    c.json({ total: bestSellers.length, anchors: bestSellers.map((id) => ({ id })) }),
  )
  return tiny
}

export function tinyPick(product: string, title: string, more: Partial<Pick> = {}): Pick {
  return {
    product,
    title,
    price: { amountMinor: 295, currency: 'GBP' },
    imageUrl: null,
    url: null,
    anchor: 'teacup',
    relation: 'complete',
    need: `Completes the set with your roses teacup.`,
    reason: 'Bought together in 760 of 1057 orders; by chance it would have been 143.',
    evidence: {
      orders: 1057,
      ordersTogether: 760,
      ordersBulk: 0,
      ordersCampaign: 0,
      errandSpread: 0,
      kindLift: 1,
      choices: 0,
      choicesBeside: 0,
      choicesBesideMost: 0,
      expected: 143,
      lift: 5.3,
      liftLow: 5,
      liftHigh: 5.6,
      confidence: 0.72,
      confidenceLow: 0.69,
      rootLogLikelihoodRatio: 40,
      togetherWeight: 300,
      ordersWeight: 420,
      customersFollowed: 100,
      customersLaterFollowed: 10,
      customersLater: 10,
      customersLaterExpected: 2,
      customersEarlier: 0,
      laterDaysLow: 0,
      laterDaysMedian: 0,
      laterDaysHigh: 0,
    },
    score: 0.7,
    propensity: 1,
    afterDays: 0,
    ...more,
  }
}

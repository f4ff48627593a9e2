// All that the shop knows of Aftercart: its public HTTP API, through an injected fetch. Goes out: what came back,
// checked, or why nothing did. It never throws and never takes longer than the patience that it was given, since a page
// that thanks a customer must not wait for a suggestion.

import { z } from 'zod'

export type AftercartAccess = {
  readonly fetch: (url: string, init: RequestInit) => Response | Promise<Response>
  readonly apiKey: string
  /** Where the API stands; an app in the same process ignores it. */
  readonly baseUrl?: string | undefined
}

const money = z.object({ amountMinor: z.number().int(), currency: z.string() })
const pick = z.object({
  product: z.string(),
  title: z.string(),
  price: money,
  imageUrl: z.string().nullable(),
  url: z.string().nullable(),
  anchor: z.string(),
  relation: z.enum(['complete', 'refill', 'extend', 'upsell']),
  need: z.string(),
  reason: z.string(),
  evidence: z
    .object({
      orders: z.number(),
      ordersTogether: z.number(),
      ordersBulk: z.number(),
      ordersCampaign: z.number(),
      expected: z.number(),
      lift: z.number(),
      confidence: z.number(),
      confidenceLow: z.number(),
    })
    .nullable(),
  afterDays: z.number(),
})
const decision = z.object({
  picks: z.array(pick).max(2),
  fallback: z.string(),
  planVersion: z.number(),
  ladderTrail: z.array(z.object({ step: z.string(), reason: z.string() })),
  dropped: z.array(z.object({ product: z.string(), rule: z.string(), detail: z.string() })),
})
const offers = z.object({ offers: z.array(z.object({ token: z.string() })) })
const anchors = z.object({ anchors: z.array(z.object({ id: z.string() })) })

export type ShownPick = z.infer<typeof pick>
export type ShownDecision = z.infer<typeof decision>
export type Placement = 'thank-you' | 'confirmation-email' | 'follow-up'

export type PaidOrder = {
  readonly id: string
  readonly customerId: string | null
  readonly placedAtMs: number
  readonly currency: string
  readonly lines: readonly OrderLine[]
  /** The saved method that paid. */
  readonly payment?: {
    readonly provider: 'stripe'
    readonly kind: 'card' | 'gift-card'
    readonly customerRef: string
    readonly methodRef: string
    readonly consentVersion: string
    readonly merchantOfRecord: string
  }
  /** Who may be written to, and what they agreed to. */
  readonly contact?: {
    readonly email: string
    readonly name: string
    readonly country: string
    readonly locale: string
    readonly consents: readonly {
      readonly medium: 'email'
      readonly given: true
      readonly basis: 'express'
      readonly legalEntity: string
      readonly noticeVersion: string
      readonly source: string
      readonly at: string
    }[]
  }
}

export type OrderLine = {
  readonly productId: string
  readonly quantity: number
  readonly unitPriceMinor: number
}

export type Advice =
  | { readonly kind: 'decided'; readonly decision: ShownDecision }
  | { readonly kind: 'unavailable'; readonly reason: string }

export const offerDoings = ['accept', 'decline', 'undo'] as const
export type OfferDoing = (typeof offerDoings)[number]

export type AftercartClient = {
  /** Tells of the paid order (as often as it likes: it is idempotent), then asks what fits. */
  advise(order: PaidOrder, placement: Placement): Promise<Advice>
  /** The token of the offer for an order that was told of before; `null` where there is none to be had. */
  offer(orderId: string, placement: Placement): Promise<string | null>
  /** The offer as HTML for readers without script; its forms post to paths of the shop. `null` where it is not to be had. */
  offerMarkup(token: string, paths: Readonly<Record<OfferDoing, string>>): Promise<string | null>
  /** What a form of that markup asks; what became of it is on the page that comes next. */
  answerOffer(token: string, doing: OfferDoing): Promise<void>
  /** Ids of what sells best; empty when they cannot be had. */
  bestSellers(limit: number): Promise<readonly string[]>
}

export function openAftercartClient(access: AftercartAccess, patienceMs: number): AftercartClient {
  const base = access.baseUrl ?? 'http://aftercart.internal'
  const call = async (path: string, signal: AbortSignal, body?: unknown): Promise<unknown> => {
    const response = await access.fetch(`${base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${access.apiKey}`, 'content-type': 'application/json' },
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return response.json()
  }
  return {
    async advise(order, placement) {
      const asked = await withPatience(patienceMs, async (signal) => {
        const { placedAtMs, ...rest } = order
        await call('/v1/orders', signal, { ...rest, placedAt: new Date(placedAtMs).toISOString() })
        return decision.parse(await call('/v1/decisions', signal, { orderId: order.id, placement }))
      })
      return asked.kind === 'answered'
        ? { kind: 'decided', decision: asked.value }
        : { kind: 'unavailable', reason: asked.reason }
    },
    async offer(orderId, placement) {
      const asked = await withPatience(patienceMs, async (signal) =>
        offers.parse(await call('/v1/offers', signal, { orderId, placement })),
      )
      return asked.kind === 'answered' ? (asked.value.offers[0]?.token ?? null) : null
    },
    async offerMarkup(token, paths) {
      const query = new URLSearchParams({ ...paths, locale: 'en' })
      const address = `${base}/v1/offers/${encodeURIComponent(token)}/fragment?${query}`
      const asked = await withPatience(patienceMs, async (signal) => {
        const response = await access.fetch(address, { signal })
        return response.ok ? response.text() : null
      })
      return asked.kind === 'answered' ? asked.value : null
    },
    async answerOffer(token, doing) {
      await withPatience(CLICK_PATIENCE_MS, (signal) =>
        call(`/v1/offers/${encodeURIComponent(token)}/${doing}`, signal, {}),
      )
    },
    async bestSellers(limit) {
      const asked = await withPatience(patienceMs, async (signal) =>
        anchors.parse(await call(`/v1/anchors?limit=${limit}`, signal)),
      )
      return asked.kind === 'answered' ? asked.value.anchors.map((anchor) => anchor.id) : []
    },
  }
}

/** A payment takes longer than a page may. */
const CLICK_PATIENCE_MS = 12_000

type Asked<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'gave-up'; readonly reason: string }

/** The race ends the waiting even where the fetch effect does not listen to its signal. */
async function withPatience<T>(
  patienceMs: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<Asked<T>> {
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooSlow = new Promise<Asked<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'gave-up', reason: 'it took too long' }), patienceMs)
  })
  const asking = ask(stop.signal).then(
    (value): Asked<T> => ({ kind: 'answered', value }),
    (error: unknown): Asked<T> => ({
      kind: 'gave-up',
      reason: error instanceof z.ZodError ? 'its answer was not understood' : String(error),
    }),
  )
  try {
    return await Promise.race([asking, tooSlow])
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
}

// The real app over the desk of test/one-click-desk.ts: requests in process, each from an address that the test names. Keeps
// whatever was logged, so that a test can say what never is.

import { inspect } from 'node:util'
import { openStripeWebhooks } from '../src/adapters/payments/stripe-webhook.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import type { AcceptingSettings } from '../src/domain/accepting-settings.ts'
import type { OfferView } from '../src/domain/offer-view.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { readWidget } from '../src/http/routes/get-widget.ts'
import { heldPlan } from './held-plan.ts'
import { type Desk, openDesk } from './one-click-desk.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

export const shopOrigin = 'https://shop.example'
export const webhookSecret = 'whsec_of_the_test'
const json = { 'content-type': 'application/json' }

export type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text is sent as it is; `undefined` sends an empty object. */
  readonly body?: unknown
  /** Of the connection. */
  readonly address?: string
}

export type DeskOverHttp = {
  readonly desk: Desk
  /** For a test that needs sockets. */
  readonly app: ReturnType<typeof createApp>
  /** All that was logged, as text. */
  readonly logged: string[]
  ask(path: string, asked?: Asked): Promise<Response>
  /** With the API key of the shop's server. */
  askKeyed(path: string, body: unknown): Promise<Response>
  /** A click of the shopper: status and view. */
  click(token: string, does?: string): Promise<{ readonly status: number; readonly view: OfferView }>
}

const plan = tinyPlan(
  [tinyProduct('machine', 40000), tinyProduct('cleaner', 1400)],
  [tinyPairing('machine', 'cleaner', 0.4)],
)

export async function overHttp(
  prove: (place: DeskOverHttp) => Promise<void>,
  settings: Partial<AcceptingSettings> = {},
): Promise<void> {
  const desk = await openDesk()
  try {
    await prove(await serveDesk(desk, settings))
  } finally {
    await desk.close()
  }
}

async function serveDesk(desk: Desk, changed: Partial<AcceptingSettings>): Promise<DeskOverHttp> {
  const { store, clock } = desk.effects
  const accepting = { ...desk.effects.settings, origins: [shopOrigin], ...changed }
  const logged: string[] = []
  const note = (fields: unknown, message: string) => {
    logged.push(`${message} ${inspect(fields, { depth: 10, maxStringLength: null })}`)
  }
  await store.addApiKey({ name: 'shop', hash: hashApiKey('the-key'), createdAtMs: 0 })
  const widget = readWidget(new URL('../dist/storefront/aftercart.js', import.meta.url))
  const app = createApp(
    {
      ...openHttpEffects({
        ...{ store, clock, plan: heldPlan(plan), hashCustomer: (id) => `hash-of-${id}` },
        ...{ settings: { ...untested(), accepting }, secret: Buffer.alloc(32), dataFolder: desk.folder },
        log: { error: note, info: note },
      }),
      accepting: { ...desk.effects, settings: accepting },
      webhooks: new Map([['stripe', openStripeWebhooks([webhookSecret])]]),
    },
    { ownerPage: new Map(), openReading: false, version: '0', widget },
  )
  const ask = async (path: string, asked: Asked = {}): Promise<Response> => {
    const { method = 'POST', headers = json, body = {}, address = '192.0.2.1' } = asked
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = method === 'GET' || method === 'OPTIONS' ? {} : { body: text }
    const connection = { incoming: { socket: { remoteAddress: address } } }
    return await app.request(path, { method, headers, ...sent }, connection)
  }
  return {
    ...{ desk, app, logged, ask },
    askKeyed: (path, body) => ask(path, { body, headers: { ...json, authorization: 'Bearer the-key' } }),
    async click(token, does = 'accept') {
      const response = await ask(`/v1/offers/${token}/${does}`)
      return { status: response.status, view: (await response.json()) as OfferView }
    },
  }
}

/** What the shop's server sends when an order was paid; `payment` is the saved method of the local bank. */
export function paidOrderBody(id: string, payment: object = {}) {
  return {
    ...{ id, placedAt: '2026-11-26T10:00:00Z', currency: 'GBP' },
    lines: [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }],
    payment: {
      ...{ provider: 'stripe', kind: 'card', customerRef: 'cus_1', methodRef: 'pm_card_ok' },
      ...{ consentVersion: 'v1', merchantOfRecord: 'Shop Ltd', ...payment },
    },
  }
}

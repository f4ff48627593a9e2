// One test per status of each route, in process: the app answers requests without a socket, the store is a real SQLite.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { AppError } from '../src/domain/errors.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import type { Store } from '../src/ports/store.ts'
import { heldPlan } from './held-plan.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const plan = tinyPlan(
  [tinyProduct('machine', 40000), tinyProduct('cleaner', 1400), tinyProduct('beans', 1200)],
  [tinyPairing('machine', 'cleaner', 0.4), tinyPairing('machine', 'beans', 0.3)],
)

describe('the HTTP interface', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-http-'))
  let store: Store
  let app: ReturnType<typeof createApp>

  before(async () => {
    store = await openStore({ dataFolder: folder })
    await store.addApiKey({ name: 'test', hash: hashApiKey('key'), createdAtMs: 0 })
    app = appOver(store)
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function appOver(over: Store): ReturnType<typeof createApp> {
    const clock = openManualClock(Date.UTC(2026, 0, 15))
    const effects = openHttpEffects({
      store: over,
      plan: heldPlan(plan),
      clock,
      settings: untested(),
      ...{ secret: Buffer.alloc(32), dataFolder: folder },
      hashCustomer: (id) => `hash-of-${id}`,
      log: { error() {}, info() {} },
    })
    return createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
  }

  const order = (id: string, more: object = {}) => ({
    id,
    placedAt: '2026-01-15T10:00:00Z',
    currency: 'GBP',
    lines: [{ productId: 'machine', quantity: 1, unitPriceMinor: 40000 }],
    ...more,
  })

  async function post(path: string, body: unknown, key = 'key', to = app) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return to.request(path, { method: 'POST', headers, body: text })
  }

  async function problemOf(response: Response): Promise<string> {
    assert.match(response.headers.get('content-type') ?? '', /application\/problem\+json/)
    const { code, status, detail } = (await response.json()) as {
      code: string
      status: number
      detail: string
    }
    assert.equal(status, response.status)
    assert.ok(detail.length > 10)
    return code
  }

  test('POST /v1/orders, 201: a new order is received', async () => {
    const response = await post('/v1/orders', order('new'))
    assert.deepEqual([response.status, await response.json()], [201, { id: 'new', status: 'stored' }])
    assert.equal((await store.getOrder('new'))?.lines.length, 1)
  })

  test('POST /v1/orders, 200: the same order again changes nothing', async () => {
    await post('/v1/orders', order('again'))
    const response = await post('/v1/orders', order('again'))
    assert.deepEqual([response.status, await response.json()], [200, { id: 'again', status: 'unchanged' }])
  })

  test('POST /v1/orders, 409: the id with other contents is refused, and the first version kept', async () => {
    await post('/v1/orders', order('twice'))
    const other = order('twice', { lines: [{ productId: 'beans', quantity: 2, unitPriceMinor: 1200 }] })
    assert.equal(await problemOf(await post('/v1/orders', other)), 'order-conflict')
    assert.equal((await store.getOrder('twice'))?.lines[0]?.productId, 'machine')
  })

  test('POST /v1/orders, 400: what is not an order is refused with the field that is wrong', async () => {
    const wrong: readonly [unknown, RegExp][] = [
      ['{', /not valid JSON/],
      [order('a', { currency: 'pounds' }), /currency/],
      [order('a', { currency: 'ZZZ' }), /currency/],
      [order('a', { placedAt: '2024-02-30T10:00:00Z' }), /placedAt/],
      [order('a', { placedAt: '0000-01-01T10:00:00Z' }), /placedAt/],
      [order('a', { lines: [] }), /lines/],
      [order('a', { lines: [{ productId: 'x', quantity: -1, unitPriceMinor: 1 }] }), /quantity/],
      [order('a', { placedAt: 'yesterday' }), /placedAt/],
      [order('a\0b'), /^id must be UTF-8/],
      [order('a\ud800'), /^id must be UTF-8/],
      [order('a', { customerId: '\0' }), /^customerId must be UTF-8/],
      [
        order('a', { lines: [{ productId: '\0', quantity: 1, unitPriceMinor: 1 }] }),
        /^lines\.0\.productId must be UTF-8/,
      ],
    ]
    for (const [body, words] of wrong) {
      const response = await post('/v1/orders', body)
      assert.equal(response.status, 400)
      assert.match(((await response.json()) as { detail: string }).detail, words)
    }
    assert.equal(await store.getOrder('a'), null)
  })

  test('POST /v1/orders, 400: an id in Latin-1 is refused, since all of its accents would become the same sign', async () => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer key' }
    const body = Buffer.from(JSON.stringify(order('Bestellung-ä')), 'latin1')
    const response = await app.request('/v1/orders', { method: 'POST', headers, body })
    assert.equal(response.status, 400)
    assert.match(await response.text(), /id must be UTF-8/)
  })

  test('POST, PUT and PATCH, 400: a body that is not sent as JSON is asked for as application/json', async () => {
    for (const [method, path] of [
      ['POST', '/v1/orders'],
      ['POST', '/v1/decisions'],
      ['PUT', '/v1/rules'],
      ['PATCH', '/v1/pairings/machine~cleaner'],
    ] as const) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', null]) {
        const headers = { authorization: 'Bearer key', ...(type === null ? {} : { 'content-type': type }) }
        const body = new TextEncoder().encode(JSON.stringify(order('typed')))
        const response = await app.request(path, { method, headers, body })
        assert.equal(response.status, 400, `${path} ${type}`)
        assert.match(await response.clone().text(), /send application\/json/)
        assert.equal(await problemOf(response), 'request-invalid')
      }
    }
    assert.equal(await store.getOrder('typed'), null)
  })

  test('POST /v1/orders, 500: a fault of ours that looks like bad JSON is not blamed on the sender', async () => {
    const broken = async () => {
      throw new SyntaxError('Unexpected end of JSON input')
    }
    const response = await post('/v1/orders', order('ours'), 'key', appOver({ ...store, putOrder: broken }))
    assert.equal(await problemOf(response), 'internal')
  })

  test('POST /v1/orders, 200: the same lines in another sequence are the same order', async () => {
    const lines = ['machine', 'beans', 'beans'].map((productId, at) => ({
      ...{ productId, quantity: 1 + at, unitPriceMinor: 1200 },
    }))
    await post('/v1/orders', order('shuffled', { lines }))
    const again = await post('/v1/orders', order('shuffled', { lines: lines.toReversed() }))
    assert.deepEqual([again.status, await again.json()], [200, { id: 'shuffled', status: 'unchanged' }])
    const other = order('shuffled', { lines: lines.slice(1) })
    assert.equal(await problemOf(await post('/v1/orders', other)), 'order-conflict')
  })

  test('POST /v1/orders, 401: without a known key nothing is received', async () => {
    assert.equal(await problemOf(await post('/v1/orders', order('secret'), 'wrong')), 'unauthorized')
    assert.equal(await store.getOrder('secret'), null)
  })

  test('POST /v1/orders, 413: a body over 256 KiB is refused', async () => {
    assert.equal(await problemOf(await post('/v1/orders', 'x'.repeat(300_000))), 'body-too-large')
  })

  test('POST /v1/orders, 503: an order that could not be stored is not acknowledged', async () => {
    const refuse = async () => {
      throw new AppError('store-unavailable', 'The store cannot be reached.')
    }
    const response = await post('/v1/orders', order('lost'), 'key', appOver({ ...store, putOrder: refuse }))
    assert.equal(await problemOf(response), 'store-unavailable')
  })

  test('POST /v1/decisions, 200: one pick on the thank-you page, two in the e-mail', async () => {
    const picks = async (placement: string) => {
      const response = await post('/v1/decisions', { order: order('decided'), placement })
      assert.equal(response.status, 200)
      return ((await response.json()) as { picks: { product: string }[] }).picks.map((pick) => pick.product)
    }
    assert.deepEqual(await picks('thank-you'), ['cleaner'])
    assert.deepEqual(await picks('confirmation-email'), ['cleaner', 'beans'])
  })

  test('POST /v1/decisions, 200: a hundred at the same time get one and the same decision', async () => {
    const asked = { order: order('crowded'), placement: 'thank-you' }
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await post('/v1/decisions', asked)).text()),
    )
    assert.equal(new Set(answers).size, 1)
  })

  test('POST /v1/decisions, 404: an order that was never sent cannot be decided', async () => {
    const response = await post('/v1/decisions', { orderId: 'never', placement: 'thank-you' })
    assert.equal(await problemOf(response), 'order-unknown')
  })

  test('POST /v1/decisions, 409: an order with other contents than before is refused', async () => {
    await post('/v1/orders', order('moved'))
    const other = order('moved', { currency: 'EUR' })
    const response = await post('/v1/decisions', { order: other, placement: 'thank-you' })
    assert.equal(await problemOf(response), 'order-conflict')
  })

  test('POST /v1/decisions, 400: a third placement, or both an order and its id, are refused', async () => {
    const both = { orderId: 'x', order: order('x'), placement: 'thank-you' }
    assert.equal(await problemOf(await post('/v1/decisions', both)), 'request-invalid')
    const other = { orderId: 'x', placement: 'checkout' }
    assert.equal(await problemOf(await post('/v1/decisions', other)), 'request-invalid')
  })

  test('GET /v1/emails/confirmation/{orderId}, 200: the block as HTML, text and JSON; 404 for an unknown order', async () => {
    await post('/v1/orders', order('mailed'))
    const headers = { authorization: 'Bearer key' }
    const response = await app.request('/v1/emails/confirmation/mailed', { headers })
    assert.equal(response.status, 200)
    const block = (await response.json()) as { html: string; text: string; json: { picks: unknown[] } }
    assert.match(block.html, /CLEANER|Cleaner/)
    assert.equal(block.json.picks.length, 2)
    for (const [accept, type, form] of [
      ['text/html', 'text/html; charset=UTF-8', block.html],
      ['text/plain;q=0.9, text/html;q=0.1', 'text/plain; charset=UTF-8', block.text],
    ] as const) {
      const alone = await app.request('/v1/emails/confirmation/mailed', { headers: { ...headers, accept } })
      assert.deepEqual([alone.headers.get('content-type'), await alone.text()], [type, form])
    }
    const any = await app.request('/v1/emails/confirmation/mailed', {
      headers: { ...headers, accept: '*/*' },
    })
    assert.match(any.headers.get('content-type') ?? '', /json/)
    const spaced = await app.request('/v1/emails/confirmation/%20mailed%20', { headers })
    assert.equal(spaced.status, 200)
    const unknown = await app.request('/v1/emails/confirmation/nobody', { headers })
    assert.equal(await problemOf(unknown), 'order-unknown')
  })

  test('GET of every list, 401 without a key', async () => {
    for (const path of ['/v1/pairings', '/v1/anchors', '/v1/overview', '/v1/emails/confirmation/x']) {
      assert.equal(await problemOf(await app.request(path)), 'unauthorized', path)
    }
  })

  test('GET /readyz, 200 while the store answers and 503 when it does not; /healthz stays 200', async () => {
    assert.equal((await app.request('/readyz')).status, 200)
    const refuse = async () => {
      throw new AppError('store-unavailable', 'The store cannot be reached.')
    }
    const down = appOver({ ...store, currentPlanVersion: refuse })
    assert.equal((await down.request('/readyz')).status, 503)
    assert.equal((await down.request('/healthz')).status, 200)
  })

  test('anything else, 404 as a problem', async () => {
    assert.equal(await problemOf(await app.request('/nowhere')), 'not-found')
  })

  type Described = { readonly responses: Readonly<Record<string, unknown>>; readonly requestBody?: unknown }

  async function describedRoutes(): Promise<ReadonlyMap<string, Described>> {
    const { paths } = (await (await app.request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, Described>>
    }
    return new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const),
      ),
    )
  }

  const forBrowsers = [...['/assets/*', '/u/page.css', '/previews/:key']]

  test('openapi.json is written once, however often it is asked for', async () => {
    const fresh = appOver(store)
    const first = await (await fresh.request('/openapi.json')).text()
    fresh.openAPIRegistry.registerComponent('schemas', 'Late', { type: 'string' })
    assert.equal(await (await fresh.request('/openapi.json')).text(), first)
  })

  test('openapi.json describes every route that answers', async () => {
    const described = await describedRoutes()
    const answering = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !forBrowsers.includes(path))
      .map(({ method, path }) => `${method} ${path.replace(/:([a-zA-Z]+)/g, '{$1}')}`)
    assert.deepEqual([...described.keys()].sort(), [...new Set(answering)].sort())
  })

  test('openapi.json names what each route behind the key answers when it fails', async () => {
    for (const [route, { responses, requestBody }] of await describedRoutes()) {
      if (!route.includes('/v1/')) continue
      const named = ['400', '401', '500', '503', ...(requestBody === undefined ? [] : ['413'])]
      assert.deepEqual(
        named.filter((status) => !(status in responses)),
        [],
        route,
      )
    }
  })
})

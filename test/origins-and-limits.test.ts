// Which pages may ask, how often an address and an order may, and messages that are forged or too long.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { offerEntry } from '../src/accepting/offer-entry.ts'
import { overHttp, paidOrderBody, shopOrigin, webhookSecret } from './desk-over-http.ts'

const json = { 'content-type': 'application/json' }

const strangers = [
  ...['null', 'NULL', '*', '', 'https://', 'shop.example', '//shop.example', 'https:shop.example'],
  ...[
    'http://shop.example',
    'https://shop.example:443',
    'https://shop.example:8443',
    'https://shop.example.',
  ],
  ...['https://SHOP.example', 'HTTPS://shop.example', 'https://shop.example/', 'https://shop.example/x'],
  ...['https://shop.example.evil.test', 'https://evilshop.example', 'https://evil.test/shop.example'],
  ...['https://sub.shop.example', 'https://shop.example@evil.test', 'https://evil.test#shop.example'],
  ...[
    'https://evil.test?https://shop.example',
    'https://shop.example,https://evil.test',
    'https://shopxexample',
  ],
  ...['https://shop.example https://evil.test', 'https://shop%2eexample', 'https://xn--shp-0na.example'],
  ...['file://', 'chrome-extension://shop.example', 'https://evil.test', 'https://shop.examples'],
]

test('no page of another origin is answered to, and none acts', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    assert.ok(strangers.length >= 30)
    for (const origin of strangers) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const path = `/v1/offers/${token}${method === 'GET' ? '' : '/accept'}`
        const answered = await ask(path, { method, headers: { ...json, origin } })
        assert.equal(answered.status, 403, `${method} ${origin}`)
        assert.equal(answered.headers.get('access-control-allow-origin'), null, origin)
      }
    }
    assert.equal(desk.bank.intents.size, 0)
  }))

test('a page of the settings gets its own origin back, exactly, and never credentials', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    const headers = { ...json, origin: shopOrigin }
    const preflight = await ask(`/v1/offers/${token}/accept`, { method: 'OPTIONS', headers })
    assert.equal(preflight.status, 204)
    const seen = await ask(`/v1/offers/${token}`, { method: 'GET', headers })
    assert.equal(seen.status, 200)
    for (const answered of [preflight, seen]) {
      assert.equal(answered.headers.get('access-control-allow-origin'), shopOrigin)
      assert.equal(answered.headers.get('access-control-allow-credentials'), null)
      assert.match(answered.headers.get('vary') ?? '', /origin/i)
    }
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type')
    assert.equal(seen.headers.get('cache-control'), 'no-store')
  }))

test('an address clicks thirty times a minute, whatever it writes into X-Forwarded-For', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    const click = (n: number, address?: string) => {
      const headers = { ...json, 'x-forwarded-for': `198.51.100.${n}` }
      return ask(`/v1/offers/${token}/decline`, { headers, ...(address ? { address } : {}) })
    }
    const statuses: number[] = []
    for (let n = 0; n < 60; n++) statuses.push((await click(n)).status)
    assert.equal(statuses.filter((status) => status === 200).length, 30)
    assert.match((await click(61)).headers.get('retry-after') ?? '', /^\d+$/)
    assert.equal((await click(1, '192.0.2.2')).status, 200)
    desk.clock.advance(120_000)
    assert.equal((await click(1)).status, 200)
  }))

test('behind one proxy only what that proxy wrote counts', () =>
  overHttp(
    async ({ desk, ask }) => {
      const { token } = await desk.offer()
      const click = async (forwarded: string) => {
        const headers = { ...json, 'x-forwarded-for': forwarded }
        return (await ask(`/v1/offers/${token}/decline`, { headers })).status
      }
      for (let n = 0; n < 30; n++) assert.equal(await click(`203.0.113.${n}, 198.51.100.1`), 200)
      assert.equal(await click('203.0.113.99, 198.51.100.1'), 429)
      assert.equal(await click('198.51.100.1, 198.51.100.2'), 200)
    },
    { trustedProxies: 1 },
  ))

test('a forged message has no effect, a right one counts once, and none is longer than 1 MiB', () =>
  overHttp(async ({ desk, ask }) => {
    const object = { id: 'pi_1', object: 'payment_intent' }
    const body = JSON.stringify({ id: 'evt_1', type: 'payment_intent.succeeded', data: { object } })
    const at = Math.floor(desk.clock.nowMs() / 1000)
    const mac = (secret: string) => createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
    const send = async (signature: string, text = body) => {
      const headers = { ...json, 'stripe-signature': signature }
      return (await ask('/v1/webhooks/stripe', { headers, body: text })).status
    }
    const waiting = async () => (await desk.effects.store.dueMessages(desk.clock.nowMs(), 10)).length
    const right = `t=${at},v1=${mac(webhookSecret)}`
    for (const forged of [
      '',
      `t=${at},v1=${mac('another')}`,
      `t=${at}`,
      `t=${at - 301},v1=${mac(webhookSecret)}`,
    ])
      assert.equal(await send(forged), 401, forged)
    assert.equal(await send(right, `${body} `), 401)
    assert.equal(await waiting(), 0)
    assert.deepEqual([await send(right), await send(right)], [204, 204])
    assert.equal(await waiting(), 1)
    assert.equal(await send(right, 'x'.repeat(1024 * 1024 + 1)), 413)
  }))

test('large messages that do not end cannot fill the memory, and keep no message of a payment out', () =>
  overHttp(async ({ app, ask }) => {
    const ends: (() => void)[] = []
    const stall = () => {
      const body = new ReadableStream({ start: (stream) => void ends.push(() => stream.close()) })
      return app.request('/v1/webhooks/stripe', { method: 'POST', headers: json, body, duplex: 'half' })
    }
    const stalled = Array.from({ length: 32 }, stall)
    const refused = await stall()
    assert.equal(refused.status, 429)
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/)
    const small = { headers: { ...json, 'content-length': '2' } }
    assert.equal((await ask('/v1/webhooks/stripe', small)).status, 401, 'read, and not signed')
    for (const end of ends) end()
    for (const answered of stalled) assert.equal((await answered).status, 401)
    assert.equal((await ask('/v1/webhooks/stripe')).status, 401, 'room again')
  }))

test('a card number is refused with a sentence that does not repeat it, and is not logged', () =>
  overHttp(async ({ askKeyed, logged }) => {
    for (const methodRef of [
      '4242424242424242',
      '4242 4242 4242 4242',
      '4242-4242-4242-4242',
      '378282246310005',
    ]) {
      const answered = await askKeyed('/v1/orders', paidOrderBody('1001', { methodRef }))
      const text = await answered.text()
      assert.equal(answered.status, 400)
      assert.match(text, /never a card number/)
      assert.ok(!text.includes(methodRef))
      assert.ok(!logged.join('\n').includes(methodRef))
    }
  }))

test('one IPv6 customer clicks thirty times a minute, from however many addresses of their /64', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    const click = async (address: string) => (await ask(`/v1/offers/${token}/decline`, { address })).status
    const statuses: number[] = []
    for (let n = 0; n < 60; n++) statuses.push(await click(`2001:db8:0:1::${n.toString(16)}`))
    assert.equal(statuses.filter((status) => status === 200).length, 30)
    assert.equal(await click('2001:db8:0:2::1'), 200)
  }))

test('one order opens five purchases a minute, from however many addresses; the sixth is asked to wait', () =>
  overHttp(async ({ desk, ask }) => {
    const { token, orderId } = await desk.offer('pm_card_ok')
    const { store, tokens, newId, clock } = desk.effects
    const [first] = await store.listOffers(orderId)
    assert.ok(first)
    const { dismissedAtMs: _, ...terms } = first
    const others: string[] = []
    for (let n = 0; n < 6; n++) {
      const offer = { ...terms, id: newId(), product: `cleaner-${n}` }
      const entry = offerEntry(offer, 'offer-issued', clock.nowMs())
      others.push(tokens.sign(await store.putOffer(offer, entry)))
    }
    const statuses: number[] = []
    for (const [n, one] of [token, ...others].entries())
      statuses.push((await ask(`/v1/offers/${one}/accept`, { address: `192.0.2.${n + 1}` })).status)
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429])
    assert.equal(desk.bank.intents.size, 5)
    desk.clock.advance(61_000)
    assert.equal((await ask(`/v1/offers/${others[4]}/accept`, { address: '192.0.2.9' })).status, 200)
  }))

test('no log holds a token, a key or a secret when a route fails', () =>
  overHttp(async ({ desk, ask, askKeyed, logged }) => {
    const { token } = await desk.offer()
    Object.assign(desk.effects.store, {
      getOffer: async () => {
        throw new TypeError('nobody foresaw this')
      },
      getOrder: async () => {
        throw new TypeError('nor this')
      },
    })
    for (const path of ['/accept', '/decline', '/undo', '/fragment?accept=/a&decline=/d&undo=/u', ''])
      for (const method of ['GET', 'POST']) await ask(`/v1/offers/${token}${path}`, { method })
    await ask('/v1/exposures', { body: { token } })
    await askKeyed('/v1/offers', { orderId: '1001', placement: 'thank-you' })
    const log = logged.join('\n')
    assert.ok(logged.length >= 5, 'failures are logged')
    assert.match(log, /\/v1\/offers\/[:{]token\}?\/accept/)
    for (const canary of [token, 'the-key', webhookSecret, 'sk_test_x'])
      assert.ok(!log.includes(canary), canary)
  }))

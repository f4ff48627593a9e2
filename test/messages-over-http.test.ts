// The routes of messages over the real store and an outbox: orders with a contact, events, consent, flows, suppressions,
// previews, clicks, pictures, export and erasure.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { openOutbox } from '../src/adapters/channels/outbox.ts'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { hashCustomer } from '../src/adapters/secret/customer-key.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import type { Settings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import type { HttpEffects } from '../src/http/effects.ts'
import type { PrivacyReader } from '../src/ports/privacy-requests.ts'
import type { Store } from '../src/ports/store.ts'
import { heldPlan } from './held-plan.ts'
import { aMessage } from './store/message-samples.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const startMs = Date.UTC(2026, 10, 26, 10)
const at = new Date(startMs).toISOString()
const plan = tinyPlan(
  [tinyProduct('machine', 40_000), tinyProduct('cleaner', 1400)],
  [tinyPairing('machine', 'cleaner', 0.4)],
)
const settings: Settings = {
  ...untested(),
  messaging: {
    ...defaultMessagingSettings,
    ...{ emailChannel: 'outbox', confirmations: true, shopName: 'Shop', legalEntity: 'Shop Ltd' },
    ...{ supportEmail: 'help@shop.example', postalAddress: ['1 Street'], publicUrl: 'https://after.example' },
    sender: { name: 'Shop', address: 'hello@shop.example' },
    homeUrl: 'https://shop.example/',
    productUrl: 'https://shop.example/p/{product}',
  },
}

let folder = ''
let dataFolder = ''
let store: Store
let effects: HttpEffects
let app: ReturnType<typeof createApp>
const clock = openManualClock(startMs)
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercart-messages-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await store?.close()
  dataFolder = mkdtempSync(join(folder, 'shop-'))
  store = await openStore({ dataFolder })
  await store.addApiKey({ name: 'shop', hash: hashApiKey('key'), createdAtMs: 0 })
  const email = openOutbox({ folder: join(dataFolder, 'outbox'), medium: 'email', clock })
  effects = openHttpEffects(
    {
      ...{ store, plan: heldPlan(plan), clock, settings, secret: Buffer.alloc(32, 1), dataFolder },
      ...{ hashCustomer: (id) => hashCustomer(id, Buffer.alloc(32, 1)), log: { error() {}, info() {} } },
    },
    { messaging: { channels: { email, sms: null, notices: new Map() } } },
  )
  app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
})
after(() => store.close())

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

const consent = {
  ...{ medium: 'email', given: true, basis: 'express', legalEntity: 'Shop Ltd', source: 'checkout', at },
}

function order(id: string, contact: object | null = {}) {
  return {
    ...{ id, customerId: 'ann', placedAt: at, currency: 'GBP' },
    lines: [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }],
    ...(contact && {
      contact: { email: 'Ann@example.com', name: 'Ann', country: 'GB', consents: [consent], ...contact },
    }),
  }
}

async function messagesOf(
  orderId: string,
): Promise<readonly { flow: string; state: string; reason: string }[]> {
  const { body } = await ask('GET', `/v1/messages?orderId=${orderId}`)
  return body.messages as { flow: string; state: string; reason: string }[]
}

test("the owner's page and /readyz say why marketing waits for the sender's domain, and /readyz stays ready", async () => {
  const sender = { name: 'Shop', address: 'hello@shop.com' }
  const held = openHttpEffects(
    {
      ...{ store, plan: heldPlan(plan), clock, secret: Buffer.alloc(32, 1), dataFolder },
      settings: { ...settings, messaging: { ...settings.messaging, emailChannel: 'smtp', sender } },
      ...{ hashCustomer: () => null, log: { error() {}, info() {} } },
    },
    {
      messaging: {
        channels: { email: null, sms: null, notices: new Map() },
        lookUpMailDomain: async () => ({ spf: 'missing', dkim: 'found', dmarc: 'found', policy: null }),
      },
    },
  )
  app = createApp(held, { ownerPage: new Map(), openReading: false, version: '0' })
  await held.followingUp.sendingDomain.hold()
  const because = 'SPF: shop.com has none'
  assert.equal((await ask('GET', '/v1/flows')).body.marketingWaits, because)
  const { status, body } = await ask('GET', '/readyz')
  assert.deepEqual([status, body.status, body.marketingWaits], [200, 'ready', because])
})

test('an order with a contact has its messages scheduled when it is answered, once, and no address stands in the store', async () => {
  assert.equal((await ask('POST', '/v1/orders', order('o1'))).status, 201)
  assert.equal((await ask('POST', '/v1/orders', order('o1'))).status, 200)
  assert.deepEqual(
    (await messagesOf('o1')).map(({ flow, state }) => [flow, state]),
    [['confirmation', 'scheduled']],
  )
  assert.doesNotMatch(JSON.stringify(await store.getRecipient('o1')), /ann@|Ann"/i)
})

test('the messages of an order can be asked for by state and flow, newest first, as many as one wants', async () => {
  const row = (id: string, flow: string, dueAtMs: number) => aMessage({ id, orderId: 'o1', flow, dueAtMs })
  await store.planMessages([row('a', 'refill', 3), row('b', 'next-step', 2), row('c', 'complete-the-set', 4)])
  for (const [query, flows] of [
    ['', ['complete-the-set', 'refill', 'next-step']],
    ['&flow=refill', ['refill']],
    ['&state=sent', []],
    ['&limit=2', ['complete-the-set', 'refill']],
  ] as const)
    assert.deepEqual(
      (await messagesOf(`o1${query}`)).map(({ flow }) => flow),
      flows,
    )
})

test('consent by customer id is of the address of their orders; with several it is taken back for all and given for none', async () => {
  await ask('POST', '/v1/orders', order('c1', { consents: [] }))
  const hashOf = (address: string) => effects.messaging.hashRecipient('email', address) ?? ''
  const said = async (address: string) =>
    (await store.listConsents(hashOf(address))).map(({ given }) => given)
  assert.equal((await ask('POST', '/v1/customers/ann/consent', consent)).status, 200)
  assert.deepEqual(await said('ann@example.com'), [true])
  await ask('POST', '/v1/orders', order('c2', { email: 'ann@work.example', consents: [] }))
  assert.equal((await ask('POST', '/v1/customers/ann/consent', consent)).status, 400)
  const left = { ...consent, given: false, basis: undefined, source: 'account' }
  assert.equal((await ask('POST', '/v1/customers/ann/consent', left)).status, 200)
  assert.deepEqual([await said('ann@example.com'), await said('ann@work.example')], [[true, false], [false]])
  assert.equal((await ask('POST', '/v1/customers/nobody/consent', left)).status, 404)
  assert.equal((await ask('POST', '/v1/customers/ann/consent', { ...left, medium: 'sms' })).status, 404)
})

test('an order that is sent again with its old consent does not undo an unsubscription', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  clock.advance(60_000)
  const left = {
    ...consent,
    given: false,
    basis: undefined,
    source: 'account',
    at: new Date(clock.nowMs()).toISOString(),
  }
  assert.equal((await ask('POST', '/v1/customers/ann@example.com/consent', left)).status, 200)
  await ask('POST', '/v1/orders', order('o1'))
  const { body } = await ask('GET', '/v1/suppressions')
  assert.equal((body.suppressions as unknown[]).length, 1)
  clock.advance(60_000)
  const again = { ...consent, source: 'account', at: new Date(clock.nowMs()).toISOString() }
  await ask('POST', '/v1/customers/ann@example.com/consent', again)
  assert.deepEqual((await ask('GET', '/v1/suppressions')).body.suppressions, [])
})

test('a cancelled order gets no message; what is not known is said', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  const cancelled = await ask('POST', '/v1/orders/o1/events', { kind: 'cancelled', at })
  assert.deepEqual(cancelled, { status: 200, body: { id: 'o1', messagesCancelled: 1 } })
  assert.equal((await messagesOf('o1'))[0]?.reason, 'order-cancelled')
  assert.equal((await ask('POST', '/v1/orders/none/events', { kind: 'cancelled', at })).status, 404)
  assert.equal((await ask('POST', '/v1/orders/o1/events', { kind: 'lost', at })).status, 400)
  for (const year of ['1900', '2199']) {
    const event = { kind: 'delivered', at: `${year}-01-01` }
    const { status, body } = await ask('POST', '/v1/orders/o1/events', event)
    assert.deepEqual([status, body.code], [400, 'request-invalid'])
    assert.match(String(body.detail), /^at: \S+ lies (before the order|ahead)[^.]*\.$/)
  }
})

test('a flow is turned on by its name, and only by one that there is', async () => {
  const turned = await ask('PATCH', '/v1/flows/next-step', { on: true })
  const flows = turned.body.flows as { name: string; on: boolean }[]
  assert.deepEqual(
    flows.map(({ name, on }) => [name, on]),
    [
      ['refill', false],
      ['complete-the-set', false],
      ['next-step', true],
    ],
  )
  for (const name of ['none', '__proto__', 'constructor'])
    assert.equal((await ask('PATCH', `/v1/flows/${name}`, { on: true })).status, 404, name)
})

test('the block of a confirmation is empty for who did not agree, and full for who did or of whom nothing is known', async () => {
  for (const [id, contact, shows] of [
    ['agreed', {}, true],
    ['silent', { email: 'bob@example.com', consents: [] }, false],
    ['unknown', null, true],
  ] as const) {
    await ask('POST', '/v1/orders', order(id, contact))
    const { body } = await ask('GET', `/v1/emails/confirmation/${id}`)
    assert.equal(body.html !== '', shows, id)
    assert.equal(body.mjml !== '' && body.liquid !== '' && body.text !== '', shows, id)
    assert.equal((body.images as unknown[]).length, shows ? 1 : 0, id)
  }
})

test('the picture of a pick is a PNG, its link leads to the same product, and a click is noted once', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  const { body } = await ask('GET', '/v1/emails/confirmation/o1')
  const [image] = body.images as { imageUrl: string; linkUrl: string }[]
  const pathOf = (url = '') => url.replace('https://after.example', '')
  const png = Buffer.from(await (await app.request(pathOf(image?.imageUrl))).arrayBuffer())
  assert.equal(png.subarray(1, 4).toString(), 'PNG')
  for (let clicks = 0; clicks < 2; clicks += 1) {
    const clicked = await app.request(pathOf(image?.linkUrl))
    assert.equal(clicked.headers.get('location'), 'https://shop.example/p/cleaner')
  }
  assert.equal((await store.readLedger({ orderId: 'o1', kind: 'clicked', limit: 10 })).length, 1)
  assert.equal((await app.request('/i/forged.png')).status, 404)
  assert.equal((await app.request('/i/forged')).headers.get('location'), 'https://shop.example/')
})

test('a preview shows the mail at an address of its own, without any customer, and nothing is stored', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  const { status, body } = await ask('POST', '/v1/previews', {
    orderId: 'o1',
    flow: 'confirmation',
    locale: 'de',
  })
  assert.equal(status, 200)
  assert.match(String(body.html), /Alex Morgan/)
  assert.doesNotMatch(String(body.html), /Ann\b/)
  const page = await app.request(String(body.path))
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/)
  assert.equal((await messagesOf('o1')).length, 1)
  assert.equal((await ask('POST', '/v1/previews', { orderId: 'o1', flow: 'none' })).status, 404)
  assert.equal((await ask('POST', '/v1/previews', { orderId: 'none', flow: 'refill' })).status, 404)
})

test('in a shop that has said nothing of itself yet a preview shows examples, and says for what', async () => {
  const unset = openHttpEffects({
    ...{
      store,
      plan: heldPlan(plan),
      clock,
      settings: { ...settings, messaging: defaultMessagingSettings },
      secret: Buffer.alloc(32, 1),
      dataFolder,
    },
    ...{ hashCustomer: () => null, log: { error() {}, info() {} } },
  })
  app = createApp(unset, { ownerPage: new Map(), openReading: false, version: '0' })
  await ask('POST', '/v1/orders', order('o1', null))
  const { status, body } = await ask('POST', '/v1/previews', { orderId: 'o1', flow: 'confirmation' })
  assert.equal(status, 200)
  assert.match(String(body.text), /Your shop/)
  assert.match(String(body.html), /https:\/\/shop\.example\//)
  const named = 'legalEntity orderUrl postalAddress productUrl publicUrl sender shopName supportEmail'
  assert.equal((body.missing as string[]).toSorted().join(' '), named)
})

test('a person is told all that is known, by address or customer id, and erased without a trace', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  for (const name of ['ANN@example.com', 'ann']) {
    const { body } = await ask('GET', `/v1/customers/${encodeURIComponent(name)}`)
    assert.deepEqual(body.contacts, [{ orderId: 'o1', email: 'Ann@example.com', phone: null, name: 'Ann' }])
    assert.deepEqual(Object.keys(body.tables as object).sort(), [
      'consents',
      'messages',
      'orders',
      'recipients',
    ])
  }
  const erased = await ask('DELETE', '/v1/customers/ann@example.com')
  assert.deepEqual(erased, { status: 200, body: { orders: 1, messagesCancelled: 1, sharedNumber: false } })
  const left = await ask('GET', '/v1/customers/ann@example.com')
  assert.deepEqual(left.body.contacts, [])
  assert.equal((await messagesOf('o1'))[0]?.reason, 'erased')
  const log = readFileSync(join(dataFolder, 'erasures.jsonl'), 'utf8')
  assert.doesNotMatch(log, /ann@/i)
})

test('suppressions come in as addresses and go out as hashes; what is no address is told', async () => {
  const taken = await ask('POST', '/v1/suppressions', {
    medium: 'email',
    addresses: ['a@example.com', 'no address'],
  })
  assert.deepEqual(taken.body, { taken: 1, refused: ['no address'], cancelled: 0 })
  const { body } = await ask('GET', '/v1/suppressions')
  assert.doesNotMatch(JSON.stringify(body), /example/)
  assert.equal(body.next, null)
})

test('a privacy request of the shop system hands out into a file, erases, and is refused unsigned', async () => {
  await ask('POST', '/v1/orders', order('o1'))
  const reader: PrivacyReader = (body, headers) => {
    if (headers.get('x-signed') !== 'yes') return { kind: 'forged' }
    const wants = body === 'data' ? 'data' : 'erasure'
    return { kind: 'request', request: { eventId: 'event-1', wants, names: ['none', 'ann@example.com'] } }
  }
  const privately = { ...effects, privacy: new Map([['shopify', reader]]) }
  const at = createApp(privately, { ownerPage: new Map(), openReading: false, version: '0' })
  const send = (body: string, headers = {}) =>
    at.request('/v1/webhooks/shopify', { method: 'POST', body, headers: { 'x-signed': 'yes', ...headers } })
  assert.equal((await send('erase', { 'x-signed': 'no' })).status, 401)
  assert.equal((await send('data')).status, 204)
  const file = readFileSync(join(dataFolder, 'data-requests', 'event-1.json'), 'utf8')
  assert.deepEqual(JSON.parse(file).contacts, [
    { orderId: 'o1', email: 'Ann@example.com', phone: null, name: 'Ann' },
  ])
  assert.equal((await send('erase')).status, 204)
  assert.equal(await store.getRecipient('o1'), null)
})

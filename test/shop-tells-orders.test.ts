// Shopify and WooCommerce tell of orders over HTTP, with bodies shaped like theirs and signed as they sign: what is paid is received once,
// what ends is ended, what is forged has no effect.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { openShopOrders } from '../src/cli/open-shop-orders.ts'
import { createApp } from '../src/http/app.ts'
import type { Store } from '../src/ports/store.ts'
import { heldPlan } from './held-plan.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const plan = tinyPlan(
  [tinyProduct('machine', 40000), tinyProduct('cleaner', 1400)],
  [tinyPairing('machine', 'cleaner', 0.4)],
)
const folder = mkdtempSync(join(tmpdir(), 'aftercart-shop-tells-'))
const left: unknown[] = []
let store: Store
let app: ReturnType<typeof createApp>

before(async () => {
  store = await openStore({ dataFolder: folder })
  const effects = openHttpEffects({
    store,
    plan: heldPlan(plan),
    clock: openManualClock(Date.UTC(2026, 0, 15)),
    settings: untested(),
    ...{ secret: Buffer.alloc(32), dataFolder: folder },
    hashCustomer: (id) => `hash-of-${id}`,
    log: { error: (fields) => left.push(fields), info() {} },
  })
  const env = { SHOPIFY_WEBHOOK_SECRET: 'new,old', WOOCOMMERCE_WEBHOOK_SECRET: 'woo' }
  const shopOrders = openShopOrders(env)
  app = createApp({ ...effects, shopOrders }, { ownerPage: new Map(), openReading: false, version: '0' })
})
after(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const shopifyOrder = (name: string, more: object = {}) => ({
  id: 820982911946154500,
  name,
  email: 'jon@example.com',
  phone: null,
  created_at: '2026-01-14T09:00:00-05:00',
  updated_at: '2026-01-14T10:00:00-05:00',
  cancelled_at: null,
  currency: 'USD',
  customer_locale: 'en',
  financial_status: 'paid',
  fulfillment_status: null,
  fulfillments: [],
  customer: { id: 115310627314723950, first_name: 'Jon', last_name: 'Smith', phone: '+1 (512) 555-0100' },
  shipping_address: {
    name: 'Jon Smith',
    phone: '555-SHIP',
    country_code: 'US',
    province_code: 'KY',
    zip: '40003',
  },
  billing_address: null,
  line_items: [
    {
      sku: 'machine',
      name: 'Machine - red',
      quantity: 2,
      price: '199.00',
      discount_allocations: [{ amount: '10.00' }],
    },
    { sku: '', name: 'Gift wrap', quantity: 1, price: '5.00', discount_allocations: [] },
  ],
  ...more,
})

const wooOrder = (id: number, more: object = {}) => ({
  id,
  status: 'processing',
  currency: 'USD',
  date_created_gmt: '2026-01-14T14:00:00',
  date_modified_gmt: '2026-01-14T15:00:00',
  date_paid_gmt: '2026-01-14T14:00:05',
  customer_id: 0,
  billing: {
    first_name: 'John',
    last_name: 'Doe',
    country: 'US',
    state: 'CA',
    postcode: '94103',
    email: 'john.doe@example.com',
    phone: '(555) 555-5555',
  },
  shipping: { first_name: 'John', country: 'US', state: 'CA', postcode: '94103' },
  line_items: [
    { name: 'Machine', sku: 'machine', product_id: 93, variation_id: 0, quantity: 3, total: '10.00' },
    { name: 'Bar', sku: '', product_id: 22, variation_id: 23, quantity: 1, total: '12.00' },
  ],
  ...more,
})

const macOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('base64')

async function shopify(topic: string, order: unknown, secret = 'new', events = false): Promise<number> {
  const body = JSON.stringify(order)
  const prefix = events ? 'shopify-' : 'x-shopify-'
  const headers = { [`${prefix}topic`]: topic, [`${prefix}hmac-sha256`]: macOf(body, secret) }
  const answer = await app.request('/v1/webhooks/shopify', { method: 'POST', body, headers })
  return answer.status
}

async function wooCommerce(topic: string, order: unknown, secret = 'woo'): Promise<number> {
  const body = JSON.stringify(order)
  const headers = { 'x-wc-webhook-topic': topic, 'x-wc-webhook-signature': macOf(body, secret) }
  return (await app.request('/v1/webhooks/woocommerce', { method: 'POST', body, headers })).status
}

test('a paid order of Shopify is received under the ids of its export, with what was paid and who may be written to', async () => {
  assert.equal(await shopify('orders/paid', shopifyOrder('#1001')), 204)
  assert.deepEqual(await store.getOrder('#1001'), {
    id: '#1001',
    customerId: 'hash-of-jon@example.com',
    placedAtMs: Date.UTC(2026, 0, 14, 14),
    currency: 'USD',
    lines: [
      { productId: 'machine', quantity: 2, unitPriceMinor: 19400 },
      { productId: 'Gift wrap', quantity: 1, unitPriceMinor: 500 },
    ],
  })
  assert.notEqual(await store.getRecipient('#1001'), null)
  for (const topic of ['orders/create', 'orders/updated', 'orders/paid'])
    assert.equal(await shopify(topic, shopifyOrder('#1001'), 'old', true), 204)
  assert.equal((await store.getOrder('#1001'))?.lines.length, 2)
})

test('an order that is edited after it was paid keeps its first version, and one that nobody can hold is left out and logged', async () => {
  await shopify('orders/paid', shopifyOrder('#1002'))
  const edited = { line_items: [{ sku: 'cleaner', name: 'Cleaner', quantity: 1, price: '14.00' }] }
  assert.equal(await shopify('orders/edited', shopifyOrder('#1002', edited)), 204)
  assert.equal((await store.getOrder('#1002'))?.lines[0]?.productId, 'machine')
  const before = left.length
  assert.equal(await shopify('orders/paid', shopifyOrder('#1003', { line_items: [] })), 204)
  assert.equal(await store.getOrder('#1003'), null)
  assert.equal(left.length, before + 1)
})

test('an order that is not paid, cancelled or only tells of something else is not received', async () => {
  const unpaid = [{ financial_status: 'pending' }, { cancelled_at: '2026-01-14T11:00:00-05:00' }]
  for (const more of unpaid) assert.equal(await shopify('orders/create', shopifyOrder('#1004', more)), 204)
  assert.equal(await shopify('products/update', shopifyOrder('#1004')), 204)
  assert.equal(
    await wooCommerce('order.created', wooOrder(1004, { status: 'pending', date_paid_gmt: null })),
    204,
  )
  assert.equal(await wooCommerce('product.updated', wooOrder(1004)), 204)
  assert.deepEqual([await store.getOrder('#1004'), await store.getOrder('1004')], [null, null])
})

test('what Shopify tells of the end and the arrival of an order is heard, also before the order itself', async () => {
  const cancelled = shopifyOrder('#1005', { cancelled_at: '2026-01-14T11:00:00-05:00' })
  assert.equal(await shopify('orders/cancelled', cancelled), 204)
  await shopify('orders/paid', shopifyOrder('#1005'))
  await shopify('orders/cancelled', cancelled)
  assert.equal((await store.getOrderFate('#1005')).cancelledAtMs, Date.UTC(2026, 0, 14, 16))
  const waiting = await store.dueMessages(Number.MAX_SAFE_INTEGER, 10)
  assert.deepEqual(
    waiting.filter(({ subject }) => subject === '#1005').map(({ topic }) => topic),
    ['order'],
  )
  const parcels = [{ shipment_status: 'delivered', updated_at: '2026-01-14T20:00:00Z' }]
  const arrived = { fulfillment_status: 'fulfilled', fulfillments: parcels }
  await shopify('orders/updated', shopifyOrder('#1006', arrived))
  assert.equal((await store.getOrderFate('#1006')).deliveredAtMs, Date.UTC(2026, 0, 14, 20))
})

test('a paid order of WooCommerce is received under the ids of its export, and ends when it is refunded or deleted', async () => {
  assert.equal(await wooCommerce('order.created', wooOrder(727)), 204)
  assert.deepEqual(await store.getOrder('727'), {
    id: '727',
    customerId: 'hash-of-john.doe@example.com',
    placedAtMs: Date.UTC(2026, 0, 14, 14),
    currency: 'USD',
    lines: [
      { productId: 'machine', quantity: 3, unitPriceMinor: 333 },
      { productId: '23', quantity: 1, unitPriceMinor: 1200 },
    ],
  })
  assert.equal(await wooCommerce('order.updated', wooOrder(727, { status: 'refunded' })), 204)
  assert.equal((await store.getOrderFate('727')).refundedAtMs, Date.UTC(2026, 0, 14, 15))
  await wooCommerce('order.created', wooOrder(728))
  assert.equal(await wooCommerce('order.deleted', { id: 728 }), 204)
  assert.equal((await store.getOrderFate('728')).cancelledAtMs, Date.UTC(2026, 0, 15))
})

test('the trial by which WooCommerce saves a webhook is answered with 200, unsigned, and changes nothing', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const asked = { method: 'POST', body: 'webhook_id=12', headers }
  assert.equal((await app.request('/v1/webhooks/woocommerce', asked)).status, 200)
})

test('an order told by a shop system that is forged or unsigned is 401 and not received', async () => {
  assert.equal(await shopify('orders/paid', shopifyOrder('#1666'), 'another'), 401)
  assert.equal(await wooCommerce('order.created', wooOrder(1666), 'another'), 401)
  const body = JSON.stringify(wooOrder(1666))
  for (const source of ['shopify', 'woocommerce'])
    assert.equal((await app.request(`/v1/webhooks/${source}`, { method: 'POST', body })).status, 401)
  assert.deepEqual([await store.getOrder('#1666'), await store.getOrder('1666')], [null, null])
})

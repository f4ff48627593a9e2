// The shop's own back end over signed requests: the battery against a shop on 127.0.0.1, then what is its own.

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { answerAsShop, newLocalShop, serveSigned } from '../../../test/local-shop.ts'
import type { Quote } from '../../domain/offer.ts'
import { shopContract } from '../../ports/shop.contract.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { openHttpShop } from './http.ts'

const key = Buffer.alloc(32, 7).toString('base64')
const secret = `whsec_${key}`
const asked = { orderId: '1001', product: 'brush', quantity: 1, currency: 'EUR' }

async function place() {
  const clock = openManualClock(Date.UTC(2026, 10, 2))
  const local = newLocalShop()
  const server = await serveSigned(secret, clock, (message) => answerAsShop(local, message))
  return { clock, local, server, shop: openHttpShop({ url: server.url, secret, clock }) }
}

shopContract('Shop over HTTP', async () => {
  const { local, server, shop } = await place()
  return {
    shop,
    secrets: [secret, key],
    setStatus(orderId, status) {
      const order = local.orders.get(orderId)
      assert.ok(order)
      order.status = status
    },
    stockOf: (product) => local.stock.get(product) ?? 0,
    setStock: (product, pieces) => local.stock.set(product, pieces),
    next: server.next,
    remove: server.close,
  }
})

async function placeFor(t: TestContext) {
  const here = await place()
  t.after(here.server.close)
  return here
}

test('a quote that does not add up, or in another currency or quantity, is refused and says why', async (t) => {
  const { local, shop } = await placeFor(t)
  const wrong: readonly (readonly [Partial<Quote>, RegExp])[] = [
    [{ totalMinor: 1_300 }, /add up/],
    [{ taxIncluded: false }, /add up/],
    [{ currency: 'USD' }, /in USD, not in EUR/],
    [{ quantity: 2, totalMinor: 2_600 }, /for 2, not for 1/],
  ]
  for (const [part, why] of wrong) {
    local.distort = (quote) => ({ ...quote, ...part })
    const answer = await shop.quote(asked)
    assert.ok(answer.kind === 'refused')
    assert.match(answer.detail, why)
  }
})

test('an answer that is no JSON, of another shape or too large is an outage', async (t) => {
  const { server, shop } = await placeFor(t)
  const large = JSON.stringify({ kind: 'refused', detail: 'x'.repeat(70_000) })
  for (const body of ['', '<html>', '{"kind":"maybe"}', '{"kind":"quoted"}', '[]', large]) {
    server.next({ status: 200, body })
    await assert.rejects(shop.quote(asked), { code: 'shop-unavailable' }, body.slice(0, 20))
  }
})

test('a back end that never answers is an outage', async (t) => {
  const clock = openManualClock(0)
  const server = await serveSigned(secret, clock, () => new Promise(() => {}))
  t.after(server.close)
  const shop = openHttpShop({ url: server.url, secret, clock, timeoutMs: 50 })
  await assert.rejects(shop.readOrder('1001'), { code: 'shop-unavailable', message: /too long/ })
})

test('a back end that holds another secret refuses, and that is an outage', async (t) => {
  const { server, clock } = await placeFor(t)
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
  const shop = openHttpShop({ url: server.url, secret: other, clock })
  await assert.rejects(shop.quote(asked), { code: 'shop-unavailable', message: /status 401/ })
})

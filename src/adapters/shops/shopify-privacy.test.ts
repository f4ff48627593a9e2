import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { openShopifyPrivacy } from './shopify-privacy.ts'

const read = openShopifyPrivacy(['new secret', 'old secret'])
const body = JSON.stringify({
  shop_domain: 'x.myshopify.com',
  customer: { id: 191167, email: 'john@example.com', phone: '+15125550100' },
  orders_to_redact: [299938],
})

function ask(topic: string, sent = body, more: Readonly<Record<string, string>> = {}, secret = 'new secret') {
  const headers: Readonly<Record<string, string>> = {
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(sent).digest('base64'),
    ...more,
  }
  return read(sent, { get: (name) => headers[name] })
}

test('a request names the customer by id, address and number, under the new secret and the old', () => {
  const names = ['191167', 'john@example.com', '+15125550100']
  for (const secret of ['new secret', 'old secret']) {
    const asked = ask('customers/redact', body, { 'x-shopify-event-id': 'e-1' }, secret)
    assert.deepEqual(asked, { kind: 'request', request: { eventId: 'e-1', wants: 'erasure', names } })
  }
  const data = ask('customers/data_request')
  assert.equal(data.kind === 'request' && data.request.wants, 'data')
  assert.deepEqual(ask('shop/redact'), { kind: 'whole-shop' })
  assert.deepEqual(ask('orders/create'), { kind: 'ignored' })
})

test('the id of an event never names a file elsewhere', () => {
  const asked = ask('customers/redact', body, { 'x-shopify-event-id': '../../secret' })
  assert.match(asked.kind === 'request' ? asked.request.eventId : '', /^[0-9a-f]{32}$/)
})

test('a body that was altered, signed otherwise or not at all is forged', () => {
  assert.deepEqual(ask('customers/redact', body, {}, 'another'), { kind: 'forged' })
  assert.deepEqual(ask('customers/redact', body, { 'x-shopify-hmac-sha256': '' }), { kind: 'forged' })
  const mac = createHmac('sha256', 'new secret').update(body).digest('base64')
  for (let at = 0; at < body.length; at += 7) {
    const altered = `${body.slice(0, at)}#${body.slice(at + 1)}`
    assert.deepEqual(ask('customers/redact', altered, { 'x-shopify-hmac-sha256': mac }), { kind: 'forged' })
  }
})

test('a request that names nobody, or is no JSON, asks for nothing', () => {
  for (const sent of ['{}', 'no json', '{"customer":{"id":null,"email":""}}'])
    assert.deepEqual(ask('customers/redact', sent), { kind: 'ignored' })
})

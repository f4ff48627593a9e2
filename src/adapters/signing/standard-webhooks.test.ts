// Standard Webhooks: the known value of the standard, then what counts as genuine.

import assert from 'node:assert/strict'
import test from 'node:test'
import { openShopWebhooks } from '../shops/shop-webhook.ts'
import { readSigningKey, type SignedHeaders, signMessage, verifyMessage } from './standard-webhooks.ts'

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, and the tests of its libraries
const known = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  atMs: 1_614_265_330_000,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const key = readSigningKey(known.secret)
const other = readSigningKey(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
const headersOf = (headers: Partial<SignedHeaders>) => ({
  get: (name: string) => new Map(Object.entries(headers)).get(name),
})

test('a message is signed as the standard says', () => {
  const headers = signMessage(key, known.id, known.body, known.atMs)
  assert.equal(headers['webhook-signature'], known.signature)
  assert.equal(verifyMessage([other, key], known.body, headersOf(headers), known.atMs), known.id)
})

test('one of several signatures is enough, so that a secret can be replaced', () => {
  const signed = signMessage(key, known.id, known.body, known.atMs)
  const headers = { ...signed, 'webhook-signature': `v1a,x v1,AAAA ${known.signature}` }
  assert.equal(verifyMessage([key], known.body, headersOf(headers), known.atMs), known.id)
})

test('another body, id, time or secret is not genuine, nor is what is more than five minutes off', () => {
  const signed = signMessage(key, known.id, known.body, known.atMs)
  const verify = (headers: Partial<SignedHeaders>, body = known.body, atMs = known.atMs, keys = [key]) =>
    verifyMessage(keys, body, headersOf(headers), atMs)
  assert.equal(verify(signed, '{"test":2432232314}'), null)
  assert.equal(verify({ ...signed, 'webhook-id': 'msg_2' }), null)
  assert.equal(verify({ ...signed, 'webhook-timestamp': '1614265331' }), null)
  assert.equal(verify({ ...signed, 'webhook-timestamp': 'x' }), null)
  assert.equal(verify({ ...signed, 'webhook-signature': '' }), null)
  assert.equal(verify({}), null)
  assert.equal(verify(signed, known.body, known.atMs, [other]), null)
  for (const sign of [-1, 1]) {
    assert.equal(verify(signed, known.body, known.atMs + sign * 300_000), known.id)
    assert.equal(verify(signed, known.body, known.atMs + sign * 301_000), null)
  }
})

test('a secret that is not one is refused without being shown', () => {
  for (const secret of ['', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_c2hvcnQ=', 'whsec_%%%']) {
    assert.throws(
      () => readSigningKey(secret),
      (error: Error) =>
        'code' in error && error.code === 'settings-invalid' && !/MfKQ|c2hv|%%%/.test(error.message),
    )
  }
})

test('the shop says which order or payment to look at again, and its other messages are ignored', () => {
  const read = openShopWebhooks([known.secret])
  const reading = (message: unknown, signedWith = key) => {
    const body = JSON.stringify(message)
    return read(body, headersOf(signMessage(signedWith, 'm-1', body, 0)), 0)
  }
  const lookAt = { kind: 'look-at', eventId: 'm-1' }
  assert.deepEqual(reading({ type: 'order.cancelled', orderId: '1001' }), {
    ...{ ...lookAt, topic: 'order', subject: '1001' },
  })
  assert.deepEqual(reading({ type: 'payment.changed', paymentId: 'p-1' }), {
    ...{ ...lookAt, topic: 'payment', subject: 'p-1' },
  })
  assert.deepEqual(reading({ type: 'order.cancelled' }), { kind: 'ignored' })
  assert.deepEqual(reading({ type: 'order.packed', orderId: '1001' }), { kind: 'ignored' })
  assert.deepEqual(reading({ type: 'order.cancelled', orderId: '1001' }, other), { kind: 'forged' })
})

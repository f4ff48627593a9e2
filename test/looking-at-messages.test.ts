// The routes of messages behind the key: looking settles nothing, and a filter filters.

import assert from 'node:assert/strict'
import test from 'node:test'
import { overHttp, paidOrderBody } from './desk-over-http.ts'
import { aMessage } from './store/message-samples.ts'

const keyed = { authorization: 'Bearer the-key' }

test('a preview of a confirmation decides nothing: what the order will be shown is still open after it', async () => {
  await overHttp(async ({ desk, askKeyed }) => {
    await askKeyed('/v1/orders', paidOrderBody('1001'))
    const response = await askKeyed('/v1/previews', { orderId: '1001', flow: 'confirmation' })
    assert.equal(response.status, 200)
    const { products } = (await response.json()) as { readonly products: readonly string[] }
    assert.deepEqual(products, ['cleaner'])
    assert.equal(await desk.effects.store.getDecision('1001', 'confirmation-email'), null)
  })
})

test('GET /v1/messages of an order keeps to state, flow and limit, newest first', async () => {
  await overHttp(async ({ desk, ask }) => {
    const of = (id: string, flow: string, dueAtMs: number) => aMessage({ id, orderId: '1001', flow, dueAtMs })
    await desk.effects.store.planMessages([
      of('a', 'refill', 3_000),
      of('b', 'next-step', 2_000),
      of('c', 'complete-the-set', 4_000),
    ])
    const idsOf = async (query: string) => {
      const response = await ask(`/v1/messages?orderId=1001${query}`, { method: 'GET', headers: keyed })
      const { messages } = (await response.json()) as { messages: readonly { readonly id: string }[] }
      return messages.map(({ id }) => id)
    }
    assert.deepEqual(await idsOf(''), ['c', 'a', 'b'])
    assert.deepEqual(await idsOf('&flow=refill'), ['a'])
    assert.deepEqual(await idsOf('&state=sent'), [])
    assert.deepEqual(await idsOf('&limit=2'), ['c', 'a'])
  })
})

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

test('a picture in the shop’s own confirmation is drawn when it is opened, and its click leads to that product', async () => {
  await overHttp(
    async ({ desk, ask, askKeyed }) => {
      await askKeyed('/v1/orders', paidOrderBody('1001'))
      const get = (path: string) => ask(path, { method: 'GET', headers: keyed })
      const block = await get('/v1/emails/confirmation/1001')
      const { images } = (await block.json()) as { images: readonly { imageUrl: string; linkUrl: string }[] }
      const [image, ...more] = images
      assert.ok(image !== undefined && more.length === 0)
      const pathOf = (url: string) => url.replace('https://after.example', '')
      const picture = await get(pathOf(image.imageUrl))
      assert.equal(picture.headers.get('content-type'), 'image/png')
      assert.deepEqual([...new Uint8Array(await picture.arrayBuffer()).slice(1, 4)], [0x50, 0x4e, 0x47])
      const click = await get(pathOf(image.linkUrl))
      assert.equal(click.status, 302)
      assert.equal(click.headers.get('location'), 'https://shop.example/p/cleaner')
      const entries = await desk.effects.store.readLedger({ kind: 'clicked', limit: 9 })
      assert.deepEqual(
        entries.map(({ orderId, product, placement }) => [orderId, product, placement]),
        [['1001', 'cleaner', 'confirmation-email']],
      )
      assert.equal((await get('/i/forged.png')).status, 404)
    },
    {},
    { publicUrl: 'https://after.example', productUrl: 'https://shop.example/p/{product}' },
  )
})

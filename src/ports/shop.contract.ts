// What every back end of a shop owes the acceptance, as tests. In: how to set up a shop with an open order `1001` and two
// pieces of `brush`, and how to change both. An adapter's own test file calls this once.

import assert from 'node:assert/strict'
import test from 'node:test'
import { addsUp } from '../domain/offer.ts'
import type { LineRequest, QuoteAnswer, ShopBackEnd } from './shop.ts'

export type ShopPlace = {
  readonly shop: ShopBackEnd
  readonly secrets: readonly string[]
  setStatus(orderId: string, status: 'open' | 'fulfilled' | 'cancelled'): void
  stockOf(product: string): number
  setStock(product: string, pieces: number): void
  next(fault: 'lost-request' | 'lost-answer' | number): void
  remove(): Promise<void>
}

type Guarantee = (title: string, prove: (place: ShopPlace) => Promise<void>) => void

export function shopContract(adapter: string, freshPlace: () => Promise<ShopPlace>): void {
  const guarantee: Guarantee = (title, prove) =>
    test(`${adapter}: ${title}`, async () => {
      const place = await freshPlace()
      try {
        await prove(place)
      } finally {
        await place.remove()
      }
    })
  quoteGuarantees(guarantee)
  lineGuarantees(guarantee)
  silenceGuarantees(guarantee)
}

function quoteGuarantees(guarantee: Guarantee): void {
  guarantee('a quote says all that is charged, in the currency and quantity asked for', async (place) => {
    const { quote } = await quoted(place)
    assert.deepEqual([quote.currency, quote.quantity], ['EUR', 1])
    assert.ok(addsUp(quote))
  })

  guarantee('a quote changes nothing and can be asked again', async (place) => {
    assert.deepEqual(await quoted(place), await quoted(place))
    assert.equal(place.stockOf('brush'), 2)
  })

  guarantee('what is sold out, not known or too late is an answer', async (place) => {
    const kindOf = async (orderId: string, product: string) => (await ask(place, orderId, product)).kind
    assert.equal(await kindOf('1001', 'unknown'), 'refused')
    assert.equal(await kindOf('9999', 'brush'), 'refused')
    place.setStock('brush', 0)
    assert.equal(await kindOf('1001', 'brush'), 'sold-out')
    place.setStatus('1001', 'cancelled')
    assert.equal(await kindOf('1001', 'brush'), 'order-closed')
  })
}

function lineGuarantees(guarantee: Guarantee): void {
  guarantee('a line added twice, and after a lost answer, is one line and one piece', async (place) => {
    const line = await lineFor(place)
    place.next('lost-answer')
    await assert.rejects(place.shop.addLine(line), { code: 'shop-unavailable' })
    assert.deepEqual(await place.shop.addLine(line), { kind: 'added' })
    assert.deepEqual(await place.shop.addLine(line), { kind: 'added' })
    assert.deepEqual(await place.shop.readOrder('1001'), { status: 'open', references: ['offer-1'] })
    assert.equal(place.stockOf('brush'), 1)
  })

  guarantee(
    'a line that is there already stays added, whatever became of the order and the stock',
    async (place) => {
      const line = await lineFor(place)
      await place.shop.addLine(line)
      place.setStock('brush', 0)
      place.setStatus('1001', 'fulfilled')
      assert.deepEqual(await place.shop.addLine(line), { kind: 'added' })
      assert.equal((await place.shop.addLine({ ...line, reference: 'offer-2' })).kind, 'order-closed')
      place.setStatus('1001', 'open')
      assert.equal((await place.shop.addLine({ ...line, reference: 'offer-2' })).kind, 'sold-out')
    },
  )

  guarantee('a line taken out twice is absent, and its piece is back', async (place) => {
    const line = await lineFor(place)
    await place.shop.addLine(line)
    place.next('lost-answer')
    await assert.rejects(place.shop.removeLine(line), { code: 'shop-unavailable' })
    assert.deepEqual(await place.shop.removeLine(line), { kind: 'absent' })
    assert.deepEqual(await place.shop.removeLine({ ...line, orderId: '9999' }), { kind: 'absent' })
    assert.equal(place.stockOf('brush'), 2)
  })

  guarantee('what was sent stays in the order', async (place) => {
    const line = await lineFor(place)
    await place.shop.addLine(line)
    place.setStatus('1001', 'fulfilled')
    assert.deepEqual(await place.shop.removeLine(line), { kind: 'shipped' })
    const order = { status: 'fulfilled', references: ['offer-1'] }
    assert.deepEqual(await place.shop.readOrder('1001'), order)
  })

  guarantee('an order that is not known is null', async (place) => {
    assert.equal(await place.shop.readOrder('9999'), null)
  })
}

function silenceGuarantees(guarantee: Guarantee): void {
  guarantee('no answer, or none that is clear, is an outage, and no error holds a secret', async (place) => {
    const line = await lineFor(place)
    for (const fault of ['lost-request', 302, 401, 404, 429, 500, 503] as const) {
      place.next(fault)
      const error: unknown = await place.shop.addLine(line).catch((e) => e)
      assert.ok(error instanceof Error && 'code' in error, String(fault))
      assert.equal(error.code, 'shop-unavailable')
      const told = `${error.message} ${error.stack} ${String(error.cause)}`
      for (const secret of place.secrets) assert.ok(!told.includes(secret))
    }
    assert.equal(place.stockOf('brush'), 2)
  })
}

async function ask(place: ShopPlace, orderId = '1001', product = 'brush'): Promise<QuoteAnswer> {
  return await place.shop.quote({ orderId, product, quantity: 1, currency: 'EUR' })
}

async function quoted(place: ShopPlace) {
  const answer = await ask(place)
  assert.ok(answer.kind === 'quoted')
  return answer
}

async function lineFor(place: ShopPlace): Promise<LineRequest> {
  const { quote } = await quoted(place)
  return { orderId: '1001', reference: 'offer-1', product: 'brush', quote }
}

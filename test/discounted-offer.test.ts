// An add-on at the price that an experiment tries: what is shown, what is charged and what the shop was asked are one sum.

import assert from 'node:assert/strict'
import test from 'node:test'
import { acceptOffer, seeOffer } from '../src/accepting/answer-offer.ts'
import { issueOffers } from '../src/accepting/issue-offers.ts'
import { viewOffer } from '../src/accepting/view-offer.ts'
import type { QuoteRequest, ShopBackEnd } from '../src/ports/shop.ts'
import { cleaner, openDesk } from './one-click-desk.ts'

/** Ten percent off for a new order, over a shop that gives what it is asked for, or does not know the field. */
async function discounted(
  gives: boolean,
  prove: (seen: Awaited<ReturnType<typeof offerAt>>) => Promise<void>,
) {
  const desk = await openDesk()
  try {
    await prove(await offerAt(desk, gives))
  } finally {
    await desk.close()
  }
}

async function offerAt(desk: Awaited<ReturnType<typeof openDesk>>, gives: boolean) {
  const plain = desk.effects.shop
  assert.ok(plain)
  const asked: QuoteRequest[] = []
  const shop: ShopBackEnd = {
    ...plain,
    async quote(request) {
      asked.push(request)
      const answer = await plain.quote(request)
      if (answer.kind !== 'quoted' || !gives) return answer
      const unitPriceMinor = Math.round(
        answer.quote.unitPriceMinor * (1 - (request.discountPercent ?? 0) / 100),
      )
      const totalMinor = unitPriceMinor + answer.quote.deliveryMinor
      return { ...answer, quote: { ...answer.quote, unitPriceMinor, totalMinor } }
    },
  }
  const effects = { ...desk.effects, shop }
  const { orderId } = await desk.offer()
  const order = await effects.store.getOrder(orderId)
  assert.ok(order)
  const picks = [{ ...cleaner, product: 'brush', discountPercent: 10 }]
  const { offers } = await issueOffers({ order, placement: 'follow-up', picks, titleOf: (id) => id }, effects)
  assert.ok(offers[0])
  return { desk, effects, asked, offer: offers[0], token: effects.tokens.sign(offers[0]) }
}

test('a discount is the price that the shop quotes for it, shown, asked for again and charged', async () => {
  await discounted(true, async ({ desk, effects, asked, offer, token }) => {
    assert.equal(offer.quote.totalMinor, 1260)
    const shown = viewOffer(await seeOffer(token, effects), 'en', effects)
    assert.equal(shown.words.acceptLabel, 'Buy now – pay £12.60')
    assert.ok(!JSON.stringify(shown).includes('14.00'), 'no other price stands beside it')
    const accepted = await acceptOffer(token, effects)
    assert.equal(viewOffer(accepted, 'en', effects).state, 'added')
    assert.equal(accepted.acceptance?.capturedMinor, 1260)
    assert.deepEqual([...new Set(asked.map(({ discountPercent }) => discountPercent))], [10])
    assert.ok(asked.length > 1, 'asked again right before the money')
    assert.equal(desk.shop.lines.size, 1)
  })
})

test('a shop that gives no discount is believed: the full price is shown and charged', async () => {
  await discounted(false, async ({ effects, offer, token }) => {
    assert.equal(offer.quote.totalMinor, 1400)
    const accepted = await acceptOffer(token, effects)
    assert.equal(accepted.acceptance?.capturedMinor, 1400)
  })
})

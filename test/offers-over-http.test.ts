// One click over HTTP: who may ask for what, what is answered in each state, and that nothing that a shopper sends counts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeskOverHttp, overHttp, paidOrderBody, shopOrigin } from './desk-over-http.ts'

const MINUTE_MS = 60_000

type Issued = { offers: { token: string; view: { words: { acceptLabel: string } } }[] }

async function issue({ askKeyed }: DeskOverHttp, orderId: string): Promise<Issued> {
  const response = await askKeyed('/v1/offers', { orderId, placement: 'thank-you' })
  assert.equal(response.status, 200)
  return (await response.json()) as Issued
}

async function problemCode(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

test('offers are issued to who holds an API key, and asking again gives the same offers', () =>
  overHttp(async (place) => {
    assert.equal((await place.askKeyed('/v1/orders', paidOrderBody('1001'))).status, 201)
    const asked = { orderId: '1001', placement: 'thank-you' }
    for (const authorization of ['', 'Bearer wrong', 'Bearer', 'Basic the-key', 'the-key']) {
      const headers = { 'content-type': 'application/json', authorization }
      const refused = await place.ask('/v1/offers', { body: asked, headers })
      assert.equal(refused.status, 401, authorization)
    }
    assert.equal((await place.desk.effects.store.listOffers('1001')).length, 0)
    const first = await issue(place, '1001')
    assert.equal(first.offers.length, 1)
    assert.equal(first.offers[0]?.view.words.acceptLabel, 'Buy now – pay £14.00')
    assert.deepEqual(await issue(place, '1001'), first)
    const unknown = await place.askKeyed('/v1/offers', { ...asked, orderId: 'never sent' })
    assert.deepEqual([unknown.status, await problemCode(unknown)], [404, 'order-unknown'])
  }))

test('a shopper needs the token and no key, from the first look to the undo', () =>
  overHttp(async (place) => {
    await place.askKeyed('/v1/orders', paidOrderBody('1001'))
    const token = (await issue(place, '1001')).offers[0]?.token ?? ''
    const seen = await place.ask(`/v1/offers/${token}`, { method: 'GET' })
    assert.equal(seen.status, 200)
    assert.equal((await place.ask('/v1/exposures', { body: { token } })).status, 204)
    const bought = await place.click(token)
    assert.deepEqual([bought.status, bought.view.state], [200, 'added'])
    const undone = await place.click(token, 'undo')
    assert.deepEqual([undone.status, undone.view.state], [200, 'undone'])
    // Near the shopper's paths, and none of them.
    for (const path of ['/v1/offers', '/v1/offers/', `/v1/offers/${token}/accept/`, '/v1/exposures/x']) {
      assert.equal((await place.ask(path)).status, 401, path)
    }
  }))

test('amounts, quantities and currencies that a page sends change nothing: charged is what was shown', () =>
  overHttp(async ({ desk, ask }) => {
    const bodies: unknown[] = [
      { amount: 1, quantity: -1, currency: 'JPY' },
      { totalMinor: 1, amountMinor: 1, amount_minor: 1, unitPriceMinor: 0, product: 'gold' },
      { quote: { totalMinor: 1, quantity: 100 }, offer: { totalMinor: 1 }, __proto__: { totalMinor: 1 } },
      '{"__proto__":{"totalMinor":1},"constructor":{"prototype":{"totalMinor":1}}}',
      ...['[]', 'null', '"1"', '-1', '{not json', '', '['.repeat(100_000)],
    ]
    desk.shop.stock = bodies.length
    for (const [at, body] of bodies.entries()) {
      const { token } = await desk.offer()
      const query = '?amount=1&quantity=-1&currency=JPY&totalMinor=1&locale=en'
      const response = await ask(`/v1/offers/${token}/accept${query}`, { body, address: `192.0.2.${at}` })
      assert.equal(response.status, 200, JSON.stringify(body).slice(0, 80))
    }
    const charged = [...desk.bank.intents.values()]
    assert.equal(charged.length, bodies.length)
    for (const { amount, captured, currency } of charged) {
      assert.deepEqual([amount, captured, currency], [1400, 1400, 'gbp'])
    }
  }))

test('what a click is answered with says what became of it', () =>
  overHttp(async ({ desk, click }) => {
    const { shop, clock } = desk
    const outcome = async (token: string, does?: string) => {
      const { status, view } = await click(token, does)
      return `${status} ${view.state}`
    }
    const good = await desk.offer()
    assert.equal(await outcome(good.token), '200 added')
    assert.equal(await outcome(good.token), '200 added')
    assert.equal(await outcome((await desk.offer()).token, 'decline'), '200 dismissed')
    assert.equal(await outcome((await desk.offer('pm_card_3ds')).token), '202 action-required')
    assert.equal(await outcome((await desk.offer('pm_card_declined')).token), '402 declined')
    const [dearer, gone, closed] = [await desk.offer(), await desk.offer(), await desk.offer()]
    const [late, stuck] = [await desk.offer(), await desk.offer()]
    shop.priceMinor = 1500
    assert.equal(await outcome(dearer.token), '409 price-changed')
    shop.priceMinor = 1400
    shop.stock = 0
    assert.equal(await outcome(gone.token), '410 sold-out')
    shop.stock = 9
    shop.status = 'cancelled'
    assert.equal(await outcome(closed.token), '410 order-closed')
    shop.status = 'open'
    desk.fault = () => 'lost-request'
    assert.equal(await outcome(stuck.token), '202 pending')
    clock.advance(30 * MINUTE_MS)
    assert.equal(await outcome(late.token), '410 expired')
  }))

test('a token that names no offer of ours is 404 on every route, and nothing happens', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    const other = await desk.offer()
    const [head, , claims, mac] = token.split('.')
    const forged = [
      ...['x', 'null', '..%2f..', `${token}x`, token.slice(0, -1), token.toUpperCase(), '%00', '%ff'],
      `${head}.k1.${claims}.${mac}`,
      `${head}.k0.${claims}.${other.token.split('.')[3]}`,
      `${head}.k0.${claims}.`,
    ]
    // Rightly signed by this very installation, and its offer is in another one's store.
    const elsewhere = desk.effects.tokens.sign({ ...(await anOffer(desk)), id: '0'.repeat(26) })
    const sameId = desk.effects.tokens.sign({ ...(await anOffer(desk)), orderId: 'another order' })
    for (const [at, text] of [...forged, elsewhere, sameId].entries()) {
      const from = { address: `192.0.2.${at}` }
      const seen = await ask(`/v1/offers/${text}`, { method: 'GET', ...from })
      assert.deepEqual([seen.status, await problemCode(seen)], [404, 'offer-unknown'], text)
      for (const does of ['accept', 'decline', 'undo']) {
        const answered = await ask(`/v1/offers/${text}/${does}`, from)
        assert.deepEqual([answered.status, await problemCode(answered)], [404, 'offer-unknown'], text)
      }
      const exposed = await ask('/v1/exposures', { body: { token: text }, ...from })
      assert.equal(exposed.status, 404, text)
    }
    const long = await ask(`/v1/offers/${'A'.repeat(4001)}`, { method: 'GET' })
    assert.deepEqual([long.status, await problemCode(long)], [400, 'request-invalid'])
    assert.equal(desk.bank.intents.size, 0)
    const kinds = (await desk.effects.store.readLedger({ limit: 100 })).map(({ kind }) => kind)
    assert.deepEqual(new Set(kinds), new Set(['offer-issued']))
  }))

async function anOffer({ effects }: DeskOverHttp['desk']) {
  const [offer] = await effects.store.listOffers('order-1')
  assert.ok(offer)
  return offer
}

test('a form of another page buys nothing: only JSON is taken', () =>
  overHttp(async ({ desk, ask }) => {
    const { token } = await desk.offer()
    const types = [
      ...['application/x-www-form-urlencoded', 'text/plain', 'text/plain; application/json'],
      ...['multipart/form-data; boundary=x', 'text/json', 'application/jsonx', ' ', ''],
      ...['application/x-www-form-urlencoded; charset=application/json', 'text/plain,application/json'],
    ]
    for (const [at, type] of types.entries()) {
      for (const does of ['accept', 'undo', 'decline']) {
        // Browsers say where a form comes from, unless they are old.
        const headers = { 'content-type': type }
        const address = `192.0.2.${at}`
        const answered = await ask(`/v1/offers/${token}/${does}`, { headers, address, body: 'amount=1' })
        assert.deepEqual([answered.status, await problemCode(answered)], [400, 'request-invalid'], type)
      }
    }
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }
    assert.equal((await ask(`/v1/offers/${token}/accept`, { headers })).status, 403)
    assert.equal(desk.bank.intents.size, 0)
    const right = { 'content-type': 'application/json; charset=utf-8', origin: shopOrigin }
    assert.equal((await ask(`/v1/offers/${token}/accept`, { headers: right })).status, 200)
  }))

test('an accepted offer that cannot be bought with one click is 409 and stays open, and nothing is charged', () =>
  overHttp(async (place) => {
    await place.askKeyed('/v1/orders', paidOrderBody('1001', { consentVersion: null }))
    const { status, view } = await place.click((await issue(place, '1001')).offers[0]?.token ?? '')
    assert.deepEqual([status, view.state, view.oneClick.reason], [409, 'open', 'no-consent'])
    assert.equal((await place.desk.effects.store.listAcceptances('1001')).length, 0)
  }))

test("the shop's server may click without a body; a page that does so is refused", () =>
  overHttp(async (place) => {
    await place.askKeyed('/v1/orders', paidOrderBody('1001'))
    const token = (await issue(place, '1001')).offers[0]?.token ?? ''
    const bare = async (path: string, headers = {}) => place.app.request(path, { method: 'POST', headers })
    const page = await bare(`/v1/offers/${token}/accept`, { origin: shopOrigin })
    assert.deepEqual([page.status, await problemCode(page)], [400, 'request-invalid'])
    assert.equal((await bare(`/v1/offers/${token}/accept`)).status, 200)
    assert.equal((await bare('/v1/exposures')).status, 400)
  }))

test('without script, the offer at the new price stands where the old one stood, with its button', () =>
  overHttp(async ({ desk, ask, click }) => {
    const { token } = await desk.offer()
    desk.shop.priceMinor = 1500
    const { view } = await click(token)
    assert.equal(view.state, 'price-changed')
    const paths = 'accept=/a&decline=/d&undo=/u'
    const answer = await ask(`/v1/offers/${token}/fragment?${paths}`, { method: 'GET' })
    const markup = await answer.text()
    assert.match(markup, /Its price has changed since you saw it/)
    assert.match(markup, /Buy now – pay £15\.00/)
    assert.ok(!markup.includes(token), 'the forms name the new offer')
  }))

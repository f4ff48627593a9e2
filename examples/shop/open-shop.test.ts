// The example shop against a real HTTP app that answers Aftercart's API: no browser, no network, no mock of a module.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { Hono } from 'hono'
import type { Pick } from '../../src/domain/decision.ts'
import type { Placement } from '../../src/domain/placement.ts'
import { hostileTitles } from '../../test/hostile-titles.ts'
import { openTinyAftercart, type TinyAftercart, tinyPick } from '../../test/tiny-aftercart.ts'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import { openShop } from './open-shop.ts'
import { openShopClock } from './shop-clock.ts'

const products = [
  tinyCatalogProduct('teacup', 'ROSES TEACUP', 295),
  tinyCatalogProduct('green-teacup', 'GREEN TEACUP', 295),
  tinyCatalogProduct('lamp', 'BRASS LAMP', 4500),
  tinyCatalogProduct('gone', 'OLD KETTLE', 900, { status: 'archived' }),
  tinyCatalogProduct('postage', 'POSTAGE', 500, {
    goods: { kind: 'not-goods', reason: 'a fee', source: 'derived' },
  }),
  tinyCatalogProduct('euro', 'EURO CUP', 500, { currency: 'EUR' }),
]

const green = tinyPick('green-teacup', 'GREEN TEACUP')

type Bench = { readonly shop: Hono; readonly aftercart: TinyAftercart }

function openBench(
  picksOf: (placement: Placement) => readonly Pick[] = () => [green],
  more = products,
  historyEndsAtMs: number | null = null,
): Bench {
  const aftercart = openTinyAftercart(picksOf, ['lamp', 'teacup'])
  const { app: shop } = openShop({
    products: more,
    aftercart: { fetch: (url, init) => aftercart.app.request(url, init), apiKey: 'secret-key' },
    clock: openShopClock({ nowMs: () => Date.UTC(2026, 10, 23) }, historyEndsAtMs),
    basePath: '/shop',
    currency: 'GBP',
    patienceMs: 60,
  })
  return { shop, aftercart }
}

/** Keeps the cookie and follows redirects, as a browser does. */
function openVisitor(shop: Hono) {
  let cookie = ''
  const go = async (
    path: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; path: string; text: string }> => {
    const response = await shop.request(`http://shop.example${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie,
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const to = response.headers.get('location')
    if (to !== null) return go(to)
    return { status: response.status, path, text: await response.text() }
  }
  return { go }
}

const person = { name: 'Alex Morgan', email: 'alex@example.com', person: 'new' }

async function buyTeacups(shop: Hono, units = '2') {
  const visitor = openVisitor(shop)
  await visitor.go('/shop/cart/add', { product: 'teacup', units })
  const thanks = await visitor.go('/shop/checkout', person)
  return { ...visitor, thanks, order: thanks.path.replace('/thank-you', '') }
}

test('a shopper finds a product, buys it and is thanked with one pick and why', async () => {
  const { shop, aftercart } = openBench()
  const visitor = openVisitor(shop)
  assert.match((await visitor.go('/shop/search?q=TEACUP+roses')).text, /1 product<[\s\S]*Roses teacup/)
  const cart = await visitor.go('/shop/cart/add', { product: 'teacup', units: '2' })
  assert.equal(cart.path, '/shop/cart')
  assert.match(cart.text, /£5\.90/)
  assert.match((await visitor.go('/shop/checkout')).text, /Simulated payment/)
  const { path, text, status } = await visitor.go('/shop/checkout', person)
  assert.equal(status, 200)
  assert.match(path, /^\/shop\/orders\/[0-9A-Z]{5}-[0-9A-Z]{5}\/thank-you$/)
  for (const part of [
    'Thank you, Alex',
    'Green teacup',
    'Completes the set',
    'Why this?',
    '760, that is 72 %',
    'too dear beside this order',
  ]) {
    assert.ok(text.includes(part), part)
  }
  assert.equal(text.match(/class="offer"/g)?.length, 1)
  const [received] = aftercart.received.values()
  assert.equal(received?.body.placedAt, '2026-11-23T00:00:00.000Z')
  assert.deepEqual(received?.body.lines, [{ productId: 'teacup', quantity: 2, unitPriceMinor: 295 }])
  assert.deepEqual([...aftercart.keys], ['Bearer secret-key'])
})

test('why this: very large orders of nobody known are told apart, so that the figures agree', async () => {
  const { evidence } = green
  assert.ok(evidence !== null)
  const bulky = { ...green, evidence: { ...evidence, ordersBulk: 45 } }
  const words = /<dt>Of these very large ones, left out below<\/dt><dd>45<\/dd>/
  assert.match((await buyTeacups(openBench(() => [bulky]).shop)).thanks.text, words)
  assert.doesNotMatch((await buyTeacups(openBench(() => [green]).shop)).thanks.text, words)
})

test('the thank-you page shows one pick even if two were decided', async () => {
  const { shop } = openBench(() => [green, tinyPick('lamp', 'BRASS LAMP')])
  const { thanks } = await buyTeacups(shop)
  assert.equal(thanks.text.match(/Start a new order with it/g)?.length, 1)
  assert.equal(thanks.text.includes('Brass lamp'), false)
})

test('the button of a pick starts a fresh cart with that product alone and leaves the paid order', async () => {
  const { shop } = openBench()
  const { go, order } = await buyTeacups(shop)
  await go('/shop/cart/add', { product: 'lamp', units: '1' })
  const cart = await go('/shop/cart/start', { product: 'green-teacup' })
  assert.ok(cart.text.includes('Green teacup') && !cart.text.includes('Brass lamp'))
  assert.match((await go(`${order}/thank-you`)).text, /2 × £2\.95/)
})

for (const mood of ['down', 'nonsense', 'silent'] as const) {
  test(`when Aftercart is ${mood} the thank-you page comes without an offer, and so do the mails`, async () => {
    const { shop, aftercart } = openBench()
    aftercart.mood = mood
    const { go, thanks, order } = await buyTeacups(shop)
    assert.equal(thanks.status, 200)
    assert.ok(thanks.text.includes('How to get the most of it'))
    assert.equal(thanks.text.includes('class="offer"'), false)
    const mail = await go(`${order}/email/message`)
    assert.equal(mail.status, 200)
    assert.equal(mail.text.includes('Pairs well'), false)
    assert.match((await go(`${order}/follow-ups`)).text, /could not be reached/)
    assert.equal((await go('/shop')).status, 200)
    aftercart.mood = 'well'
    assert.ok(
      (await go(`${order}/thank-you`)).text.includes('class="offer"'),
      'and the offer is there once it is well',
    )
  })
}

test('an order without a pick gets a helpful page', async () => {
  const { shop } = openBench(() => [])
  const { go, thanks, order } = await buyTeacups(shop)
  assert.ok(thanks.text.includes('How to get the most of it'))
  assert.match((await go(`${order}/follow-ups`)).text, /no follow-up would be sent/)
})

test('follow-ups of one day travel together, in the order of their days', async () => {
  const later = tinyPick('lamp', 'BRASS LAMP', { relation: 'extend', afterDays: 12 })
  const { shop } = openBench((placement) =>
    placement === 'follow-up' ? [later, { ...green, afterDays: 3 }] : [],
  )
  const { go, order } = await buyTeacups(shop)
  const page = await go(`${order}/follow-ups`)
  assert.ok(page.text.indexOf('Day 3<') > 0 && page.text.indexOf('Day 3<') < page.text.indexOf('Day 12<'))
  assert.match(page.text, /Thu,? 26 Nov/)
  assert.match((await go(`${order}/follow-ups/1/message`)).text, /Green teacup[\s\S]*Unsubscribe/)
  assert.equal((await go(`${order}/follow-ups/3/message`)).status, 404)
})

test('where the shop turned upsells on, a follow-up with one is shown and says what it is', async () => {
  const lamp = tinyPick('lamp', 'BRASS LAMP', { relation: 'upsell', afterDays: 30 })
  const { shop } = openBench((placement) => (placement === 'follow-up' ? [lamp] : []))
  const { go, order } = await buyTeacups(shop)
  const page = (await go(`${order}/follow-ups`)).text
  assert.match(page, /Day 30<[\s\S]*Brass lamp[\s\S]*A step up is offered only at a moment of its own/)
})

test('what the confirmation showed is not shown again in a follow-up', async () => {
  const lamp = tinyPick('lamp', 'BRASS LAMP', { relation: 'extend', afterDays: 12 })
  const { shop } = openBench((placement) => (placement === 'follow-up' ? [green, lamp] : [green]))
  const { go, order } = await buyTeacups(shop)
  const { text } = await go(`${order}/follow-ups`)
  assert.ok(text.includes('Brass lamp'))
  assert.equal(text.includes('Green teacup'), false)
})

test('a follow-up claims no delivery, and says once what is true of every one of its kind', async () => {
  const lamp = tinyPick('lamp', 'BRASS LAMP', { afterDays: 5 })
  const { shop } = openBench((placement) =>
    placement === 'follow-up' ? [{ ...green, afterDays: 3 }, lamp] : [],
  )
  const { go, order } = await buyTeacups(shop)
  const page = (await go(`${order}/follow-ups`)).text
  assert.equal(page.match(/in a later order/g)?.length, 1)
  const mail = (await go(`${order}/follow-ups/1/message`)).text
  assert.match(mail, /You ordered “Roses teacup”/)
  assert.doesNotMatch(page + mail, /reached you|unpacked/)
})

test('the shop says so when its day is not today, and places orders on that day', async () => {
  const { shop, aftercart } = openBench(undefined, undefined, Date.UTC(2011, 11, 9, 12, 50))
  const { thanks } = await buyTeacups(shop)
  assert.match(thanks.text, /In this shop it is 10 December 2011/)
  const [received] = aftercart.received.values()
  assert.equal(received?.body.placedAt, '2011-12-10T00:00:00.000Z')
  const today = openBench()
  assert.doesNotMatch((await openVisitor(today.shop).go('/shop')).text, /In this shop it is/)
})

test('a second click on "Place order" lands on the order that the first one made', async () => {
  const { shop, aftercart } = openBench()
  const { go, thanks } = await buyTeacups(shop)
  const again = await go('/shop/checkout', person)
  assert.equal(again.path, thanks.path)
  assert.equal(aftercart.received.size, 1)
})

test('a returning customer is named to Aftercart by their own id, a new one by one that nobody has', async () => {
  const { shop, aftercart } = openBench()
  for (const key of ['tea', 'new']) {
    const { go } = openVisitor(shop)
    await go('/shop/cart/add', { product: 'teacup', units: '1' })
    await go('/shop/checkout', { ...person, person: key })
  }
  const [known, fresh] = [...aftercart.received.values()].map(({ body }) => body.customerId)
  assert.equal(known, '13865')
  assert.match(String(fresh), /^example-/)
})

test('what cannot be bought is not on the shelf, and unknown things get a friendly 404', async () => {
  const { shop } = openBench()
  const { go } = openVisitor(shop)
  const all = (await go('/shop/search')).text
  for (const title of ['Old kettle', 'Postage', 'Euro cup']) assert.equal(all.includes(title), false, title)
  assert.ok(all.indexOf('Brass lamp') < all.indexOf('Green teacup'), 'best sellers come first')
  for (const path of [
    '/shop/products/gone',
    '/shop/products/nope',
    '/shop/orders/X/thank-you',
    '/shop/orders/X/email',
    '/shop/nothing/here',
  ]) {
    const { status, text } = await go(path)
    assert.equal(status, 404, path)
    assert.ok(text.includes('Back to the shop'), path)
  }
  assert.equal(
    (await go('/shop/cart/add', { product: 'gone', units: '1' })).text.includes('Old kettle'),
    false,
  )
})

test('a checkout without name or address is asked again and makes no order', async () => {
  const { shop, aftercart } = openBench()
  const { go } = openVisitor(shop)
  await go('/shop/cart/add', { product: 'teacup', units: '1' })
  for (const wrong of [
    { ...person, name: ' ' },
    { ...person, email: 'nobody' },
  ]) {
    const { status, text } = await go('/shop/checkout', wrong)
    assert.equal(status, 422)
    assert.match(text, /role="alert"/)
  }
  assert.equal(aftercart.received.size, 0)
})

test('units stay between 1 and 99 whatever is sent', async () => {
  const { shop } = openBench()
  for (const [sent, expected] of [
    ['1e9', '1'],
    ['-5', '1'],
    ['500', '99'],
    ['two', '1'],
    ['3', '3'],
  ] as const) {
    const { go } = openVisitor(shop)
    const { text } = await go('/shop/cart/add', { product: 'teacup', units: sent })
    assert.match(text, new RegExp(`min="0" max="99" value="${expected}"`), sent)
  }
})

test('no hostile title, need, name or search word becomes markup on any page', async () => {
  for (const title of hostileTitles) {
    const evil = [
      tinyCatalogProduct('teacup', title, 295),
      tinyCatalogProduct(title, title, 295, { category: title }),
    ]
    const pick = tinyPick(title, title, { need: title, reason: title })
    const later = { ...pick, product: 'teacup' }
    const { shop } = openBench((placement) => [placement === 'follow-up' ? later : pick], evil)
    const visitor = openVisitor(shop)
    await visitor.go('/shop/cart/add', { product: 'teacup', units: '1' })
    const thanks = await visitor.go('/shop/checkout', { ...person, name: title, email: 'a@b.c' })
    const order = thanks.path.replace('/thank-you', '')
    const search = `/shop/search?q=${encodeURIComponent(title)}`
    const paths = [
      '/shop',
      search,
      '/shop/products/teacup',
      `${order}/email`,
      `${order}/email?as=text`,
      `${order}/follow-ups`,
    ]
    for (const { text, path } of [thanks, ...(await Promise.all(paths.map((path) => visitor.go(path))))]) {
      for (const [tag] of text.matchAll(/<[a-z][^>"]*(?:"[^"]*"[^>"]*)*>/gi)) {
        const names = tag.replace(/"[^"]*"/g, '')
        assert.doesNotMatch(names, /\son[a-z]+|srcdoc|'/i, `${title} on ${path}`)
        assert.doesNotMatch(tag, /(?:href|src|action)="\s*(?:javascript|data):/i)
      }
      assert.doesNotMatch(text, /<(?:object|base|math|animate|script>|iframe srcdoc)/i)
    }
  }
})

test('a tile is the same for the same product and holds nothing of its title', async () => {
  const { shop } = openBench(undefined, [tinyCatalogProduct('evil', '"/><script>pwned()</script> CUP', 100)])
  const one = await shop.request('/shop/tiles/evil.svg')
  const other = await shop.request('/shop/tiles/evil.svg')
  const svg = await one.text()
  assert.equal(svg, await other.text())
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  assert.doesNotMatch(svg, /script|pwned|CUP/i)
  assert.equal(one.headers.get('content-security-policy'), "default-src 'none'")
  assert.equal((await shop.request('/shop/tiles/unknown.svg')).status, 404)
})

test('pages allow no inline script or style, messages allow styles and nothing else', async () => {
  const { shop } = openBench()
  const { order } = await buyTeacups(shop)
  const page = (await shop.request('/shop')).headers.get('content-security-policy') ?? ''
  const mail = (await shop.request(`${order}/email/message`)).headers.get('content-security-policy') ?? ''
  assert.doesNotMatch(page, /unsafe/)
  assert.match(mail, /default-src 'none'; style-src 'unsafe-inline'/)
  assert.doesNotMatch(mail, /script-src/)
})

// The example shop in a real Chromium, over real sockets: on a wide screen and on a phone, by keyboard alone, and with
// hostile titles. Here a small app answers Aftercart's public API; shop-journey.test.ts goes the way with the real one.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { openShop } from '../examples/shop/open-shop.ts'
import type { Mailbox } from '../examples/shop/routes/mailbox-routes.ts'
import { openShopClock } from '../examples/shop/shop-clock.ts'
import type { CatalogProduct } from '../src/domain/product.ts'
import { hostileTitles } from './hostile-titles.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { viewOf } from './offer-stand-in.ts'
import { openTinyAftercart, tinyPick } from './tiny-aftercart.ts'
import { tinyCatalogProduct } from './tiny-catalog-product.ts'

let chromium: LaunchedBrowser
before(async () => {
  chromium = await launchChromium()
})
after(() => chromium.close())

async function serve(app: Hono): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

const catalog = [
  tinyCatalogProduct('teacup', 'ROSES REGENCY TEACUP AND SAUCER', 295),
  tinyCatalogProduct('green-teacup', 'GREEN REGENCY TEACUP AND SAUCER', 295),
  tinyCatalogProduct('cakestand', 'REGENCY CAKESTAND 3 TIER', 1275),
]
const green = tinyPick('green-teacup', 'GREEN REGENCY TEACUP AND SAUCER')
const stand = tinyPick('cakestand', 'REGENCY CAKESTAND 3 TIER', { relation: 'extend', afterDays: 3 })

/** Opens shop and API on two servers, a page of the size, runs the journey, and reports what the browser complained of. */
async function inShop(
  size: { readonly width: number; readonly height: number },
  products: readonly CatalogProduct[],
  picks: Parameters<typeof openTinyAftercart>[0],
  journey: (page: Page, url: string) => Promise<void>,
  offerToken: string | null = null,
  mailbox?: Mailbox,
): Promise<string[]> {
  const complaints: string[] = []
  const tiny = openTinyAftercart(picks, ['teacup'])
  tiny.offerToken = offerToken
  const aftercart = await serve(tiny.app)
  const shop = await serve(
    openShop({
      products,
      aftercart: { fetch, apiKey: 'key', baseUrl: aftercart.url },
      clock: openShopClock({ nowMs: () => Date.UTC(2026, 10, 23) }, null),
      basePath: '/shop',
      currency: 'GBP',
      mailbox,
    }).app,
  )
  const context = await chromium.browser.newContext({ viewport: size })
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await journey(page, shop.url)
  } finally {
    await context.close()
    await shop.close()
    await aftercart.close()
  }
  return complaints
}

async function buyTeacup(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/shop`)
  await page.getByRole('searchbox', { name: 'Search products' }).fill('regency teacup')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /Roses regency teacup/ }).click()
  await page.getByLabel('Quantity').fill('6')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Go to checkout' }).click()
  await page.getByRole('button', { name: /Place example order · £17\.70/ }).click()
}

for (const width of [320, 360, 390, 699])
  test(`on a phone ${width} wide the shop's name stands beside mailbox and cart, and the search below`, async () => {
    const mailbox: Mailbox = { list: async () => [] }
    const size = { width, height: 844 }
    const look = async (page: Page, url: string): Promise<void> => {
      await page.goto(`${url}/shop`)
      // A shopper's own fonts may be wider than those of the test.
      for (const spacing of ['normal', '0.06em']) {
        await page.evaluate(`document.querySelector('.header').style.letterSpacing = '${spacing}'`)
        const boxOf = async (selector: string) => {
          const box = await page.locator(selector).first().boundingBox()
          assert.ok(box !== null, selector)
          return { top: box.y, right: box.x + box.width, middle: box.y + box.height / 2, left: box.x }
        }
        const brand = await boxOf('.brand')
        const links = await boxOf('.header-links')
        const search = await boxOf('.search')
        assert.ok(Math.abs(brand.middle - links.middle) < 4, 'one line')
        assert.ok(brand.right <= links.left && links.right <= width, 'side by side, on the screen')
        assert.ok(search.top > links.middle, 'the search below')
      }
    }
    assert.deepEqual(await inShop(size, catalog, () => [green], look, null, mailbox), [])
  })

for (const size of [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`a shopper buys a teacup and understands the offer, on a screen ${size.width} wide`, async () => {
    const picks: Parameters<typeof openTinyAftercart>[0] = (placement) =>
      placement === 'follow-up' ? [stand] : [green]
    const complaints = await inShop(size, catalog, picks, async (page, url) => {
      const fits = async (): Promise<void> => {
        const [needed, there] = (await page.evaluate(
          '[document.documentElement.scrollWidth, innerWidth]',
        )) as [number, number]
        assert.ok(needed <= there, `${page.url()} fits its screen`)
      }
      await buyTeacup(page, url)
      await page.getByRole('heading', { level: 1, name: 'Thank you, Alex' }).waitFor()
      const offer = page.getByRole('region', { name: /Green regency teacup/ })
      await offer.getByText('Completes the set').waitFor()
      assert.equal(await offer.getByText('760, that is 72 %').isVisible(), false)
      await offer.getByText('Why this?').click()
      assert.equal(await offer.getByText('760, that is 72 %').isVisible(), true)
      await fits()
      const topOf = async (name: string | RegExp): Promise<number> =>
        (await page.getByRole('region', { name }).boundingBox())?.y ?? Number.NaN
      const orderFirst = (await topOf('Your order')) < (await topOf(/Green regency teacup/))
      assert.equal(orderFirst, size.width < 700, 'on a phone the order stands before the offer')
      const tile = await offer.locator('img').first().boundingBox()
      assert.equal(Math.round(tile?.width ?? 0), Math.round(tile?.height ?? 1), 'the picture is whole')

      await page.getByRole('link', { name: 'See the confirmation e-mail' }).last().click()
      const mail = page.frameLocator('iframe')
      await mail.getByRole('heading', { name: 'Pairs well with your order' }).waitFor()
      assert.equal(await mail.getByText('Total paid').isVisible(), true)
      await fits()
      await page.getByRole('link', { name: 'Plain text' }).click()
      await page.getByText(/Total paid: £17\.70/).waitFor()

      await page.getByRole('link', { name: 'Back to the order' }).click()
      await page.getByRole('link', { name: 'See the follow-ups this order would get' }).click()
      await page.getByText(/^Day 3/).waitFor()
      await page.getByText('Show the e-mail').click()
      await page.frameLocator('iframe').getByRole('link', { name: 'Unsubscribe' }).waitFor()
      await fits()

      await page.goBack()
      await page.getByRole('button', { name: /Start a new order with it/ }).click()
      await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor()
    })
    assert.deepEqual(complaints, [])
  })
}

test('where the widget has nothing to show, the page keeps no place and no reason for it, and has its own words', async () => {
  const build = fileURLToPath(new URL('../scripts/build-storefront.ts', import.meta.url))
  execFileSync(process.execPath, [build])
  const path = fileURLToPath(new URL('../dist/storefront/aftercart.js', import.meta.url))
  for (const state of ['open', 'expired', 'no script'] as const) {
    const journey = async (page: Page, url: string): Promise<void> => {
      await page.route('**/aftercart.js', (route) =>
        state === 'no script' ? route.fulfill({ body: '' }) : route.fulfill({ path }),
      )
      await page.route('**/v1/**', (route) =>
        route.fulfill({ json: viewOf(state === 'no script' ? 'open' : state) }),
      )
      await buyTeacup(page, url)
      const isShown = state === 'open'
      const offer = page.locator('aftercart-offer')
      const own = page.getByRole('heading', { name: 'How to get the most of it' })
      await (isShown ? offer.getByRole('button', { name: /^Buy now/ }) : own).waitFor()
      assert.equal(await own.isVisible(), !isShown, state)
      assert.equal(await page.getByText('Why this?').isVisible(), isShown, state)
      // Kept for the offer are 17.5rem; the shop's own words take what they need.
      const words = await page.locator('.helpful').boundingBox()
      const height = (await offer.boundingBox())?.height ?? 0
      assert.equal(Math.round(height), isShown ? 280 : Math.round(words?.height ?? 0), state)
    }
    const size = { width: 1280, height: 900 }
    assert.deepEqual(await inShop(size, catalog, () => [green], journey, 'token'), [], state)
  }
})

test('the whole purchase can be made with the keyboard alone', async () => {
  const complaints = await inShop(
    { width: 1280, height: 900 },
    catalog,
    () => [green],
    async (page, url) => {
      const tabTo = async (name: RegExp): Promise<void> => {
        for (let presses = 0; presses < 40; presses++) {
          await page.keyboard.press('Tab')
          const text = await page.evaluate('document.activeElement.textContent || document.activeElement.id')
          if (typeof text === 'string' && name.test(text)) return
        }
        assert.fail(`${name} was not reached with Tab on ${page.url()}`)
      }
      await page.goto(`${url}/shop/products/teacup`)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      // The first stop skips to the content; the address follows the key a moment later.
      await page.waitForURL(/#main$/)
      for (const name of [/^Add to cart$/, /^Go to checkout$/, /^Place example order/]) {
        await tabTo(name)
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
      }
      await tabTo(/^Why this/)
      await page.keyboard.press('Enter')
      await page.getByText('Orders with both').waitFor()
    },
  )
  assert.deepEqual(complaints, [])
})

test('no hostile title runs anything or loads anything, on any page of the shop or in its mails', async () => {
  const evil = hostileTitles.map((title, at) =>
    tinyCatalogProduct(`evil-${at}`, title, 295, { category: 'Evil' }),
  )
  const everything = hostileTitles.join(' ')
  const pick = tinyPick('evil-0', everything, {
    anchor: 'evil-1',
    need: everything,
    reason: everything,
    imageUrl: 'javascript:pwned()',
    url: 'javascript:pwned()',
  })
  const later = { ...pick, product: 'evil-2' }
  const elsewhere: string[] = []
  const complaints = await inShop(
    { width: 1280, height: 900 },
    evil,
    (placement) => [placement === 'follow-up' ? later : pick],
    async (page, url) => {
      await page.addInitScript('window.pwned = () => alert("pwned")')
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) elsewhere.push(request.url())
      })
      await page.goto(`${url}/shop/search?category=Evil`)
      assert.equal(await page.locator('.product').count(), 24)
      for (const { id } of evil) {
        await page.request.post(`${url}/shop/cart/add`, { form: { product: id, units: '1' } })
        await page.goto(`${url}/shop/products/${id}`)
      }
      await page.goto(`${url}/shop/cart`)
      assert.equal(await page.locator('.cart-line').count(), evil.length)
      await page.getByRole('link', { name: 'Go to checkout' }).click()
      await page.getByLabel('Name').fill(everything.slice(0, 80))
      await page.getByRole('button', { name: /Place example order/ }).click()
      await page.getByText('Why this?').click()
      const order = page.url().replace('/thank-you', '')
      for (const path of ['email', 'email?as=text', 'email/message', 'follow-ups', 'follow-ups/1/message']) {
        await page.goto(`${order}/${path}`)
      }
      assert.match(
        (await page.textContent('body')) ?? '',
        /<img src=x onerror=pwned\(\)>/,
        'it is there, as text',
      )
    },
  )
  assert.deepEqual(complaints, [])
  assert.deepEqual(elsewhere, [])
})

// A shopper's journey in a real browser: search, cart, checkout, one pick on the thank-you page, the e-mail, the
// follow-ups; then the same with Aftercart gone. The API behind it is the real one, over a small plan.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { serve } from '@hono/node-server'
import { openShop } from '../examples/shop/open-shop.ts'
import { openShopClock } from '../examples/shop/shop-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { readWidget } from '../src/http/routes/get-widget.ts'
import { launchChromium } from './launch-chromium.ts'
import { tinyCatalogProduct } from './tiny-catalog-product.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const HOSTILE = '<img src=x onerror="document.title=\'broken in\'">'
const NOW_MS = Date.UTC(2026, 0, 15)

async function startShop(folder: string) {
  const store = await openStore({ dataFolder: folder })
  const products = [tinyProduct('machine', 40_000), { ...tinyProduct('cleaner', 1400), title: HOSTILE }]
  const {
    version: _,
    publishedAtMs: __,
    ...draft
  } = tinyPlan(products, [tinyPairing('machine', 'cleaner', 0.4)])
  await store.publishPlan(draft, NOW_MS)
  await store.addApiKey({ name: 'shop', hash: hashApiKey('key'), createdAtMs: NOW_MS })
  const plan = holdCurrentPlan(store, defaultSettings)
  await plan.refresh()
  const clock = { nowMs: () => NOW_MS }
  const log = { error() {}, info() {} }
  await import('../scripts/build-storefront.ts')
  const widget = readWidget(new URL('../dist/storefront/aftercart.js', import.meta.url))
  const settings = untested()
  const kept = { secret: Buffer.alloc(32), dataFolder: folder, hashCustomer: (id: string) => id }
  const effects = openHttpEffects({ store, plan, clock, settings, log, ...kept })
  const app = createApp(effects, { ownerPage: new Map(), openReading: true, version: '0', widget })
  let gone = false
  const { app: shop } = openShop({
    products: [
      tinyCatalogProduct('machine', 'ESPRESSO MACHINE', 40_000),
      tinyCatalogProduct('cleaner', HOSTILE, 1400),
    ],
    aftercart: {
      fetch: (url, init) => (gone ? new Response('gone', { status: 503 }) : app.request(url, init)),
      apiKey: 'key',
    },
    clock: openShopClock(clock, null),
    basePath: '/shop',
    currency: 'GBP',
  })
  app.route('/', shop)
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  return {
    address: `http://127.0.0.1:${port}/shop`,
    leave() {
      gone = true
    },
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    },
  }
}

test('a shopper buys, sees one fitting product, and nothing breaks when Aftercart is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-journey-'))
  const shop = await startShop(folder)
  const { browser, close } = await launchChromium()
  try {
    const page = await browser.newPage()
    const buy = async (): Promise<string> => {
      await page.goto(`${shop.address}/products/machine`)
      await page.click('form[action="/shop/cart/add"] button')
      await page.goto(`${shop.address}/checkout`)
      await page.click('main form button[type="submit"]')
      await page.waitForURL('**/thank-you')
      return (await page.textContent('main')) ?? ''
    }
    await buy()
    const widgetText = () => page.locator('aftercart-offer section[aria-busy]').innerText()
    const offered = await widgetText()
    assert.ok(offered.includes('£14.00'), 'the pick stands there with its price')
    assert.ok(offered.includes(HOSTILE), 'a hostile title is text')
    assert.notEqual(await page.title(), 'broken in')
    const order = page.url().replace('/thank-you', '')
    await page.reload()
    assert.ok((await widgetText()).includes('£14.00'), 'a reload shows the same pick')
    for (const rest of ['email', 'follow-ups']) {
      const answer = await page.goto(`${order}/${rest}`)
      assert.equal(answer?.status(), 200)
    }
    assert.notEqual(await page.title(), 'broken in')
    shop.leave()
    const alone = await buy()
    assert.ok(!alone.includes('£14.00'))
    assert.ok(alone.length > 100, 'the page is there and helps')
    await page.close()
  } finally {
    await close()
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

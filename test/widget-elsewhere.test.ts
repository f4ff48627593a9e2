// The widget where pages differ: its script from another origin than the page, over the real app; a page from right to left;
// forced colours; and how long after the server's answer the offer stands on the screen.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { overHttp } from './desk-over-http.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { openStandIn, type StandIn, viewOf } from './offer-stand-in.ts'
import { startMs } from './one-click-desk.ts'
import { pageSays } from './page-says.ts'

const PAINTS = 20
let chromium: LaunchedBrowser
let shop: StandIn

before(async () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/build-storefront.ts', import.meta.url))])
  chromium = await launchChromium()
  shop = await openStandIn()
})
after(async () => {
  await chromium?.close()
  await shop?.close()
})

async function onPage(options: BrowserContextOptions, does: (page: Page) => Promise<void>): Promise<void> {
  const context = await chromium.browser.newContext({ viewport: { width: 390, height: 900 }, ...options })
  try {
    await does(await context.newPage())
  } finally {
    await context.close()
  }
}

async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

const drawn = (page: Page) => page.getByRole('region', { name: 'Goes with your order' })
const overflows = (page: Page) => drawn(page).evaluate((node) => node.scrollHeight > node.clientHeight)

test('with its script from another origin the offer is bought by keyboard, only where the settings name the page', async () => {
  const pages = { token: '', script: '' }
  const page = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html',
      'content-security-policy': `default-src 'none'; script-src ${pages.script}; connect-src ${pages.script}`,
    })
    response.end(`<!doctype html><html lang="en"><title>Thank you</title>
<script src="${pages.script}/aftercart.js" async></script><aftercart-offer token="${pages.token}"></aftercart-offer></html>`)
  })
  const origin = await listen(page)
  const visit = (named: string, does: (page: Page, charges: () => number) => Promise<void>) =>
    overHttp(
      async ({ desk, app }) => {
        // The page counts the minutes of taking back by its own clock.
        desk.clock.advance(Math.max(0, Date.now() - startMs))
        const aftercart = createAdaptorServer({ fetch: app.fetch }) as Server
        try {
          pages.script = await listen(aftercart)
          pages.token = (await desk.offer()).token
          await onPage({}, (opened) => does(opened, () => desk.bank.intents.size))
        } finally {
          await end(aftercart)
        }
      },
      { origins: [named] },
    )
  try {
    await visit(origin, async (opened, charges) => {
      await opened.goto(origin)
      const buy = opened.getByRole('button', { name: 'Buy now – pay £14.00' })
      await buy.waitFor()
      const focused = () =>
        opened.evaluate<string>(
          `document.querySelector('aftercart-offer').shadowRoot.activeElement?.textContent ?? ''`,
        )
      for (let presses = 0; (await focused()) !== 'Buy now – pay £14.00' && presses < 5; presses += 1)
        await opened.keyboard.press('Tab')
      await opened.keyboard.press('Enter')
      await opened.getByText('Added to your order and paid.').waitFor()
      assert.match(await focused(), /Added to your order/, 'the focus stays in the offer')
      await opened.keyboard.press('Tab')
      await opened.keyboard.press('Tab')
      assert.equal(await focused(), 'Take it back')
      await opened.keyboard.press('Enter')
      await opened.getByText('It is off your order').waitFor()
      assert.match(await focused(), /off your order/)
      assert.equal(charges(), 1)
    })
    await visit('https://another.example', async (opened, charges) => {
      await opened.addInitScript(
        `addEventListener('aftercart:nothing', ({ detail }) => { window.why = detail.reason })`,
      )
      await opened.goto(origin)
      await pageSays(opened, 'window.why !== undefined')
      assert.equal(await opened.evaluate('window.why'), 'unavailable')
      assert.equal(await opened.getByRole('button').count(), 0)
      assert.equal(charges(), 0)
    })
  } finally {
    await end(page)
  }
})

test('on a page from right to left the offer turns around and still fits its place', async () => {
  for (const width of [320, 390, 1280]) {
    for (const state of ['open', 'added'] as const) {
      shop.answers = { see: () => ({ body: viewOf(state) }), expose: () => ({ status: 204 }) }
      await onPage({ viewport: { width, height: 900 } }, async (page) => {
        await page.addInitScript(
          `new MutationObserver(() => { document.documentElement.dir = 'rtl' }).observe(document, { childList: true })`,
        )
        await page.goto(shop.address)
        await drawn(page).waitFor()
        const [picture, words] = await Promise.all(
          ['figure', '.words'].map((part) => page.locator(`aftercart-offer ${part}`).boundingBox()),
        )
        assert.ok(
          picture && words && picture.x >= words.x + words.width,
          `${state} ${width}: picture on the right`,
        )
        assert.equal(await overflows(page), false, `${state} ${width}`)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false)
      })
    }
  }
})

test('in forced colours every button has its edge and the tick is seen', async () => {
  type Look = { readonly color: string; readonly backgroundColor: string; readonly borderTopColor: string }
  const look = (page: Page, part: string, pseudo = '') =>
    page.evaluate<Look>(`(() => {
      const node = document.querySelector('aftercart-offer').shadowRoot.querySelector('${part}')
      const { color, backgroundColor, borderTopColor } = getComputedStyle(node, '${pseudo}')
      return { color, backgroundColor, borderTopColor }
    })()`)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const state of ['open', 'added'] as const) {
      shop.answers = { see: () => ({ body: viewOf(state) }), expose: () => ({ status: 204 }) }
      await onPage({ forcedColors: 'active', colorScheme }, async (page) => {
        await page.goto(shop.address)
        await drawn(page).waitFor()
        const text = await look(page, '.title')
        const parts = state === 'open' ? ['button.main', 'button.bare'] : ['button.side']
        for (const part of parts) {
          const { color, backgroundColor, borderTopColor } = await look(page, part)
          assert.notEqual(color, backgroundColor, `${colorScheme} ${part}`)
          assert.notEqual(borderTopColor, backgroundColor, `${colorScheme} ${part}`)
          assert.doesNotMatch(borderTopColor, /^rgba.*, 0\)$/, `${colorScheme} ${part}: no edge`)
        }
        if (state === 'added')
          assert.equal((await look(page, '.status', '::before')).backgroundColor, text.color)
      })
    }
  }
})

test('the first offer is painted, and how long after the answer is told', async (t) => {
  shop.answers = { see: () => ({ body: viewOf('open') }), expose: () => ({ status: 204 }) }
  const times: number[] = []
  for (let run = 0; run < PAINTS; run += 1) {
    await onPage({}, async (page) => {
      // A task behind the next frame runs after that frame was painted.
      await page.addInitScript(`addEventListener('aftercart:shown', () => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => { window.paintedAt = performance.now() }
        port2.postMessage(0)
      }))`)
      await page.goto(shop.address)
      await pageSays(page, 'window.paintedAt !== undefined')
      assert.ok(await page.getByRole('button', { name: 'Buy now – pay £14.00' }).isVisible())
      const answeredAt = `performance.getEntriesByType('resource').find(({ name }) => name.includes('/v1/offers/')).responseEnd`
      times.push(await page.evaluate<number>(`window.paintedAt - ${answeredAt}`))
    })
  }
  times.sort((one, other) => one - other)
  const [median, worst] = [times[PAINTS / 2] ?? Number.NaN, times.at(-1) ?? Number.NaN]
  assert.ok(median > 0)
  t.diagnostic(`${PAINTS} pages: median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`)
})

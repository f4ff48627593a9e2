// The widget in a real browser, on a page with a strict policy: every state, and everything that can go wrong before a click.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { locales, viewStates } from '../src/domain/offer-view.ts'
import { hostileTitles } from './hostile-titles.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { type Answer, openStandIn, type StandIn, viewOf } from './offer-stand-in.ts'
import { pageSays } from './page-says.ts'

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

type Opened = {
  readonly page: Page
  readonly context: BrowserContext
  readonly errors: string[]
  readonly foreign: string[]
}

async function open(see: (token: string) => Answer, width = 390): Promise<Opened> {
  shop.answers = { see, expose: () => ({ status: 204 }) }
  const context = await chromium.browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  const errors: string[] = []
  const foreign: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // The browser's own note of a request without success cannot be kept from any page; what a script says can.
    const isNote = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isNote) errors.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(shop.address)) foreign.push(request.url())
  })
  await page.goto(shop.address)
  return { page, context, errors, foreign }
}

type Recorded = { shifts: number[]; violations: string[]; events: { name: string; [key: string]: unknown }[] }
const recorded = (page: Page) => page.evaluate(() => (globalThis as unknown as { record: Recorded }).record)

async function settled(page: Page): Promise<Recorded> {
  await pageSays(page, 'record.events.length > 0')
  // Two frames later a shift would have been noted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return await recorded(page)
}

function assertUntouched({ shifts, violations }: Recorded, { errors, foreign }: Opened, where: string): void {
  assert.deepEqual(shifts, [], `${where}: something moved`)
  assert.deepEqual(violations, [], where)
  assert.deepEqual(errors, [], where)
  assert.deepEqual(foreign, [], where)
}

test('the widget weighs at most 8 kB gzipped', () => {
  const bytes = readFileSync(new URL('../dist/storefront/aftercart.js', import.meta.url))
  assert.ok(gzipSync(bytes, { level: 9 }).length <= 8192, `${gzipSync(bytes).length} bytes`)
  assert.doesNotMatch(bytes.toString(), /localStorage|sessionStorage|indexedDB|\.cookie|innerHTML|\beval\b/)
})

test('every state is drawn under a strict policy; nothing moves, nothing is stored and no one else is asked', async () => {
  for (const width of [390, 1280]) {
    for (const state of viewStates) {
      const isNothing = state === 'expired' || state === 'dismissed'
      const opened = await open(() => ({ body: viewOf(state) }), width)
      const { page, context } = opened
      const record = await settled(page)
      const where = `${state} at ${width}`
      assert.equal(record.events[0]?.name, isNothing ? 'nothing' : 'shown', where)
      if (!isNothing) {
        const { words } = viewOf(state)
        const region = page.getByRole('region', { name: words.regionLabel })
        assert.ok(await region.isVisible(), where)
        assert.ok((await region.innerText()).includes(words.message), where)
        // Everything fits into the reserved place: nobody has to scroll inside of it.
        assert.equal(await region.evaluate((node) => node.scrollHeight > node.clientHeight), false, where)
        assert.equal(
          await page.getByRole('button', { name: 'Buy now – pay £14.00' }).count(),
          state === 'open' ? 1 : 0,
        )
      }
      assertUntouched(await recorded(page), opened, where)
      assert.deepEqual(await context.cookies(), [], where)
      assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0, where)
      assert.equal(await page.evaluate('indexedDB.databases().then((all) => all.length)'), 0, where)
      await context.close()
    }
  }
})

test('in every language the open offer fits its place and its targets are large enough', async () => {
  for (const locale of locales) {
    for (const width of [320, 390, 1280]) {
      const { page, context } = await open(() => ({ body: viewOf('open', {}, locale) }), width)
      await settled(page)
      const section = page.locator('aftercart-offer section')
      assert.equal(
        await section.evaluate((node) => node.scrollHeight > node.clientHeight),
        false,
        `${locale} ${width}`,
      )
      for (const button of await page.getByRole('button').all()) {
        const box = await button.boundingBox()
        assert.ok(box !== null && box.height >= 24 && box.width >= 24, `${locale} ${width}`)
      }
      await context.close()
    }
  }
})

test('a server that is slow, wrong or down leaves the page as if the element were not there', async () => {
  shop.element = { attributes: 'token="t1"', content: '<p>How to care for your teacups</p>' }
  const failures: Readonly<Record<string, Answer>> = {
    slow: { delayMs: 3000, body: viewOf('open') },
    'error 500': { status: 500, body: { type: 'about:blank' } },
    'no JSON': { body: '<html>' },
    'other JSON': { body: { offer: [] } },
    'a title that is no text': { body: { ...viewOf('open'), offer: { title: {} } } },
    'a proxy page': { status: 404, body: 'not here' },
    down: { isLost: true },
  }
  for (const [name, answer] of Object.entries(failures)) {
    const opened = await open(() => answer)
    const record = await settled(opened.page)
    assert.equal(record.events[0]?.name, 'nothing', name)
    assert.ok(await opened.page.getByText('How to care for your teacups').isVisible(), name)
    if (name === 'slow') await opened.page.waitForTimeout(2200)
    assert.equal(await opened.page.getByRole('button').count(), 0, name)
    assertUntouched(await recorded(opened.page), opened, name)
    await opened.context.close()
  }
  shop.element = { attributes: 'token="t1"', content: '' }
})

test('where one click is not possible the reason fits above the cart link, in every language', async () => {
  const noOneClick = { allowed: false, reason: 'method-not-chargeable', paidWith: 'gift-card' } as const
  for (const locale of locales) {
    for (const width of [320, 390, 1280]) {
      const view = viewOf('open', { noOneClick, cartUrl: 'https://shop.example/cart' }, locale)
      const { page, context } = await open(() => ({ body: view }), width)
      await settled(page)
      const section = page.locator('aftercart-offer section')
      assert.ok((await section.innerText()).includes(view.words.message), `${locale} ${width}`)
      assert.equal(
        await section.evaluate((node) => node.scrollHeight > node.clientHeight),
        false,
        `${locale} ${width}`,
      )
      assert.equal(await page.getByRole('link', { name: view.words.cartLabel ?? '' }).count(), 1)
      await context.close()
    }
  }
})

test('of 500 hostile titles none runs, and each is shown as the text that it is', async () => {
  const wraps = [
    (text: string) => text,
    (text: string) => `Teacup ${text}`,
    (text: string) => `${text}${text}`,
    (text: string) => `\u0000${text}\u202e`,
    (text: string) => text.toUpperCase(),
    (text: string) => `]]>${text}`,
    (text: string) => `\\u003c${text}`,
    (text: string) => `--!>${text}`,
    (text: string) => encodeURIComponent(text),
    (text: string) => `javascript:${text}`,
    (text: string) => `data:text/html,${text}`,
    (text: string) => `vbscript:${text}`,
    (text: string) => `//evil.example/${text}`,
    (text: string) => `\`'"${text}`,
    (text: string) => `${text}\n${text}`,
    (text: string) => `</p></section></template>${text}`,
    (text: string) => `${'x'.repeat(2000)}${text}`,
    (text: string) => text.replaceAll(' ', '/'),
    (text: string) => text.replaceAll('<', '＜'),
    (text: string) => `&#x3c;${text}`,
    (text: string) => `<slot>${text}`,
  ]
  const hostile = wraps.flatMap((wrap) => hostileTitles.map(wrap))
  assert.ok(hostile.length >= 500, `${hostile.length}`)
  const notSaved = { allowed: false, reason: 'no-saved-method' } as const
  const opened = await open((token) => {
    const text = hostile[Number(token)] ?? 'Regency saucer'
    // As an image only where it names no other host: loading one is what a catalog is for.
    const imageUrl = /^(javascript|data|vbscript):/.test(text) ? text : null
    const offer = { title: text, need: text, url: text, imageUrl }
    const changes = { offer, cartUrl: text, ...(Number(token) % 2 === 0 ? {} : { noOneClick: notSaved }) }
    return { body: viewOf('open', changes) }
  })
  const { page } = opened
  await settled(page)
  for (const [index, text] of hostile.entries()) {
    const seen = await page.evaluate<{ title: string; links: string[]; names: string[] }>(`drawn("${index}")`)
    assert.equal(seen.title, text)
    assert.deepEqual(
      seen.links.filter((protocol) => protocol !== 'https:' && protocol !== 'http:'),
      [],
      text,
    )
    const drawn = ['a', 'button', 'div', 'figure', 'img', 'p', 'section']
    assert.deepEqual(
      seen.names.filter((name) => !drawn.includes(name)),
      [],
      text,
    )
  }
  assert.equal(await page.evaluate('window.wasPwned ?? false'), false)
  assertUntouched(await recorded(page), opened, 'hostile titles')
  await opened.context.close()
})

// Takes every picture of README and guide in one go, as somebody sees them who buys six teacups and tea. Goes in: the
// address and key of a demo that was just started, and those of a server over a planted shop, for the page Results:
//   npm run demo -- --data ./pictures-demo            (prints its key)
//   npx aftercart simulate --live --data ./planted && npx aftercart key --data ./planted
//   npx aftercart serve --no-worker --port 4601 --data ./planted
//   node scripts/take-screenshots.ts http://127.0.0.1:4600 <key> http://127.0.0.1:4601 <key>
// Comes out: docs/pictures/*.png, whose names are told. What does not come within half a minute stops it.

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchChromium } from '../test/launch-chromium.ts'

const [demo = '', demoKey = '', planted = '', plantedKey = ''] = process.argv.slice(2)
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

const teacups = { product: '22697', units: 6 }
const tea = { product: 'EARLGREY', units: 1 }
/** What may happen to an add-on, as the checkout of the example names it. */
const scenes = ['ok', '3ds', 'declined', 'silent', 'sold-out', 'dearer', 'packed', 'gift-card']
const SETTLED_MS = 700

type Look = { readonly width: number; readonly height: number; readonly colorScheme?: 'light' | 'dark' }

async function onPage(browser: Browser, look: Look, act: (page: Page) => Promise<void>): Promise<void> {
  const { width, height, colorScheme = 'light' } = look
  const context = await browser.newContext({ viewport: { width, height }, colorScheme })
  try {
    await act(await context.newPage())
  } finally {
    await context.close()
  }
}

async function take(what: Page | Locator, name: string): Promise<void> {
  // No button looks as if the mouse were over it.
  await ('mouse' in what ? what : what.page()).mouse.move(0, 0)
  await what.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' })
  process.stdout.write(`${name}.png\n`)
}

async function buy(
  page: Page,
  lines: readonly (typeof teacups)[],
  { scene, messages }: { readonly scene: string; readonly messages: boolean },
): Promise<void> {
  for (const { product, units } of lines) {
    await page.goto(`${demo}/shop/products/${product}`)
    await page.locator('input[name="units"]').first().fill(String(units))
    await page.locator('form[action="/shop/cart/add"] button').first().click()
  }
  await page.goto(`${demo}/shop/checkout`)
  if (messages) await page.locator('input[name="messages"]').check()
  await page.locator('details.scenes summary').click()
  await page.locator(`input[name="scene"][value="${scene}"]`).check()
  await page.getByRole('button', { name: /Place example order/ }).click()
  await offerOf(page)
}

/** The offer on the thank-you page, when it has come to rest. */
async function offerOf(page: Page): Promise<Locator> {
  await page.waitForURL('**/thank-you*')
  const offer = page.locator('aftercart-offer')
  await offer.locator('section[aria-busy="false"]').waitFor()
  await page.waitForTimeout(SETTLED_MS)
  return offer
}

async function click(page: Page, name: RegExp): Promise<Locator> {
  const offer = page.locator('aftercart-offer')
  await offer.getByRole('button', { name }).click()
  await page.waitForTimeout(SETTLED_MS)
  return await offerOf(page)
}

async function takeScene(page: Page, scene: string, size: string): Promise<void> {
  await buy(page, [teacups], { scene, messages: false })
  if (scene === 'ok') await take(await offerOf(page), `offer-open-${size}`)
  if (scene === 'gift-card') return await take(await offerOf(page), `offer-gift-card-${size}`)
  const bought = await click(page, /Buy now/)
  if (scene !== 'packed') await take(bought, `offer-${scene}-${size}`)
  if (scene === 'ok' || scene === 'packed')
    await take(await click(page, /Take it back/), `offer-${scene}-undo-${size}`)
  if (scene !== '3ds') return
  await page.locator('aftercart-offer').getByRole('link', { name: /bank/ }).click()
  await page.getByRole('button', { name: 'Refuse' }).click()
  await take(await offerOf(page), `offer-3ds-refused-${size}`)
}

async function takeOffers(browser: Browser): Promise<void> {
  await onPage(browser, { width: 1200, height: 860 }, async (page) => {
    await buy(page, [teacups], { scene: 'ok', messages: false })
    await take(page, 'thank-you')
  })
  const sizes = { phone: { width: 390, height: 900 }, wide: { width: 1280, height: 900 } }
  for (const [size, look] of Object.entries(sizes))
    for (const scene of scenes) await onPage(browser, look, (page) => takeScene(page, scene, size))
}

/** The one order of a demo that knows no other, and time that goes on until nothing more comes of it. */
async function order(browser: Browser): Promise<void> {
  let id = ''
  await onPage(browser, { width: 1200, height: 860 }, async (page) => {
    await buy(page, [teacups, tea], { scene: 'ok', messages: true })
    id = new URL(page.url()).pathname.split('/').at(-2) ?? ''
    await click(page, /Buy now/)
  })
  await onPage(browser, { width: 1200, height: 360 }, async (page) => {
    const answer = await fetch(`${demo}/v1/emails/confirmation/${id}`, {
      headers: { authorization: `Bearer ${demoKey}` },
    })
    const { images } = (await answer.json()) as { readonly images: readonly { readonly imageUrl: string }[] }
    await page.goto(new URL(images[0]?.imageUrl ?? 'none', demo).href)
    await take(page, 'mail-open-time')
  })
  for (let isNext = true; isNext; ) {
    const moved = await fetch(`${demo}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${demoKey}` },
      body: JSON.stringify({ to: 'next-message' }),
    })
    const { nextMessageAtMs } = (await moved.json()) as { readonly nextMessageAtMs: number | null }
    isNext = nextMessageAtMs !== null
  }
}

const mails = [
  { name: 'mail-confirmation', subject: /confirm|thank you/i, look: { width: 640, height: 800 } },
  { name: 'mail-add-on', subject: /^\s*added to your order/i, look: { width: 640, height: 800 } },
  { name: 'mail-refill', subject: /running low/i, look: { width: 390, height: 800 } },
  {
    name: 'mail-refill-dark',
    subject: /running low/i,
    look: { width: 390, height: 800, colorScheme: 'dark' },
  },
  { name: 'mail-next-step', subject: /^\s*after |next/i, look: { width: 390, height: 800 } },
] as const

async function takeMails(browser: Browser): Promise<void> {
  for (const { name, subject, look } of mails)
    await onPage(browser, look, async (page) => {
      await page.goto(`${demo}/shop/mailbox`)
      const path = await page.locator('a.mailbox-row', { hasText: subject }).first().getAttribute('href')
      await page.goto(`${demo}${path}/message`)
      const { height } = (await page.locator('html').boundingBox()) ?? look
      await page.setViewportSize({ width: look.width, height: Math.ceil(height) })
      await take(page, name)
    })
}

async function takeOwnerPages(browser: Browser): Promise<void> {
  await onPage(browser, { width: 1200, height: 860 }, async (page) => {
    await page.goto(`${demo}/#/product/${teacups.product}`)
    await page.locator('table').first().waitFor()
    await take(page, 'owner-page')
  })
  await onPage(browser, { width: 1180, height: 1180 }, async (page) => {
    await page.goto(`${demo}/#key=${demoKey}`)
    await page.goto(`${demo}/#/messages`)
    await page.getByRole('button', { name: 'Preview' }).first().click()
    await page.locator('iframe').first().waitFor()
    await page.waitForTimeout(SETTLED_MS)
    await take(page, 'messages')
  })
  await onPage(browser, { width: 1180, height: 1180 }, async (page) => {
    await page.goto(`${planted}/#key=${plantedKey}`)
    await page.goto(`${planted}/#/results`)
    await page.locator('table').first().waitFor()
    await page.waitForTimeout(SETTLED_MS)
    await take(page, 'results')
  })
}

if (plantedKey === '') throw new Error('The head of this file says which addresses and keys it takes.')
mkdirSync(folder, { recursive: true })
const { browser, close } = await launchChromium()
try {
  await order(browser)
  await takeMails(browser)
  await takeOwnerPages(browser)
  await takeOffers(browser)
} finally {
  await close()
}

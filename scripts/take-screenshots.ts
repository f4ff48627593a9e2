// Takes the pictures of README and guide from a running demo: buys six teacups and looks at what comes.
// Goes in: the demo's address (default http://127.0.0.1:4600). Comes out: docs/pictures/*.png.

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../test/launch-chromium.ts'

const address = process.argv[2] ?? 'http://127.0.0.1:4600'
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

const { browser, close } = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 860 } })
  const take = async (name: string, fullPage = false) => {
    await page.screenshot({ path: `${folder}${name}.png`, fullPage })
    process.stdout.write(`${name}.png\n`)
  }
  await page.goto(`${address}/shop`)
  await take('shop')
  await page.goto(`${address}/shop/products/22697`)
  await page.fill('input[name="units"]', '6')
  await page.click('form[action="/shop/cart/add"] button')
  await page.goto(`${address}/shop/checkout`)
  await page.click('main form button[type="submit"]')
  await page.waitForURL('**/thank-you')
  await take('thank-you')
  const order = page.url().replace('/thank-you', '')
  await page.goto(`${order}/email`)
  await page.waitForLoadState('networkidle')
  await take('confirmation-email', true)
  await page.goto(`${order}/follow-ups`)
  await take('follow-ups', true)
  await page.goto(`${address}/#/product/22697`)
  await page.waitForSelector('table')
  await take('owner-page')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${order}/thank-you`)
  await take('thank-you-phone')
} finally {
  await close()
}

// Mails as a reader sees them, in real Chromium: every mail in four languages, on a phone and in a window, light and dark.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addOnFlows, isAddOnFlow } from '../src/domain/add-on-news.ts'
import type { Pick } from '../src/domain/decision.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import type { Picks } from '../src/domain/placement.ts'
import { openRenderer } from '../src/emails/open-renderer.ts'
import type { RenderFacts } from '../src/ports/message-renderer.ts'
import { anAddOn } from './add-on-samples.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { tinyPick } from './tiny-aftercart.ts'

const render = openRenderer({
  settings: {
    ...defaultMessagingSettings,
    ...{ shopName: 'Teasel & Thyme', sender: { name: 'Teasel & Thyme', address: 'post@shop.example' } },
    ...{ supportEmail: 'hello@shop.example', postalAddress: ['1 Example Street', 'Bristol BS1 1AA'] },
    ...{
      legalEntity: 'Example Traders Ltd',
      homeUrl: 'https://shop.example',
      publicUrl: 'https://a.example',
    },
    ...{ productUrl: 'https://shop.example/p/{product}', orderUrl: 'https://shop.example/o/{order}' },
  },
  links: { click: (_, index) => `c${index}`, unsubscribe: () => 'u' },
})

const titles = new Map([
  ['teacup', 'ROSES REGENCY TEACUP AND SAUCER'],
  ['long', 'Kaffeevollautomatenreinigungstablettenvorratspackung mit dreißig Stück'],
])
const two: Picks<Pick> = [
  tinyPick('green', 'Green teacup', { imageUrl: 'https://shop.example/green.png' }),
  tinyPick('long', titles.get('long') ?? ''),
]

function mailOf(flow: string, locale: string): string {
  const facts: RenderFacts = {
    ...{ messageId: 'm1', flow, medium: 'email', titles, picks: two, atMs: 20 * DAY_MS },
    ...(isAddOnFlow(flow) && { picks: [], addOn: anAddOn(flow, 20 * DAY_MS) }),
    order: {
      ...{ id: '1042', customerId: null, placedAtMs: 0, currency: 'EUR' },
      lines: ['teacup', 'long', 'teacup', 'long'].map((productId) => ({
        ...{ productId, quantity: 6, unitPriceMinor: 129_900 },
      })),
    },
    recipient: {
      ...{ email: 'a@example.com', phone: null, emailHash: 'h', phoneHash: null, name: 'Alex Morgan' },
      ...{ country: null, region: null, timeZones: [], locale },
    },
  }
  const { content } = render(facts)
  assert.ok(content.kind === 'email')
  return content.html
}

type Seen = {
  readonly overflow: number
  readonly texts: readonly { readonly text: string; readonly contrast: number; readonly size: number }[]
  readonly imagesWithoutAlt: number
}

/** Runs in the page. Contrast after WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminances. */
const look = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((one) => {
      const part = one / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element) => {
    if (element === null) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return channels(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent.trim()
    if (text === '' || element.getClientRects().length === 0) continue
    const { color, fontSize } = getComputedStyle(element)
    const [one, other] = [luminance(color), luminance(groundOf(element))].sort((a, b) => b - a)
    texts.push({ text, contrast: (one + 0.05) / (other + 0.05), size: parseFloat(fontSize) })
  }
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    texts: texts.filter(({ size }) => size > 0),
    imagesWithoutAlt: document.querySelectorAll('img:not([alt]), img[alt=""]').length,
  }
})()`

let launched: LaunchedBrowser
before(async () => {
  launched = await launchChromium()
})
after(() => launched.close())

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 640]) {
    test(`every mail can be read at ${width} pixels in ${colorScheme} mode: contrast, size, no sideways scrolling, only product pictures fetched`, async () => {
      const context = await launched.browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      try {
        const page = await context.newPage()
        const requests: string[] = []
        await page.route('**/*', (route) => {
          requests.push(route.request().url())
          return route.abort()
        })
        for (const flow of [
          'confirmation',
          'refill',
          'complete-the-set',
          'next-step',
          'step-up',
          ...addOnFlows,
        ]) {
          for (const locale of ['en-GB', 'de-DE', 'fr-FR', 'es-ES']) {
            const name = `${flow} ${locale}`
            await page.setContent(mailOf(flow, locale))
            const seen = await page.evaluate<Seen>(look)
            assert.equal(seen.overflow, 0, name)
            assert.equal(seen.imagesWithoutAlt, 0, name)
            assert.ok(seen.texts.length > 10, name)
            for (const { text, contrast, size } of seen.texts) {
              assert.ok(contrast >= 4.5, `${name}: "${text}" has a contrast of ${contrast.toFixed(2)}`)
              assert.ok(size >= 14, `${name}: "${text}" is ${size} pixels high`)
            }
          }
        }
        assert.deepEqual([...new Set(requests)], ['https://shop.example/green.png'])
      } finally {
        await context.close()
      }
    })
  }
}

// What hosts do with the block: Liquid filled with its JSON, MJML compiled, titles that try to run something.

import assert from 'node:assert/strict'
import test from 'node:test'
import { Liquid } from 'liquidjs'
import mjml2html from 'mjml'
import { hostileTitles } from '../../test/hostile-titles.ts'
import type { EmailPick } from './email-shop.ts'
import { renderConfirmationBlock } from './render-confirmation-block.ts'

const shop = {
  locale: 'en-GB',
  productUrl: (id: string) => `https://shop.example/products/${encodeURIComponent(id)}`,
}

function pickOf(title: string, more: Partial<EmailPick> = {}): EmailPick {
  return {
    ...{ product: 'p1', title, price: { amountMinor: 295, currency: 'GBP' }, imageUrl: null, url: null },
    ...{ anchor: 'teacup', relation: 'complete', need: title, reason: '', afterDays: 0 },
    ...more,
  }
}

const templates = ['{{ 7 | times: 6 }}', '{% assign x = 1 %}', '{{order.email}}', '<%= 7*7 %>', '#{7*7}']
const titles = [...hostileTitles, ...templates]
const tagsOf = (html: string): string[] => html.match(/<\/?[a-z!][a-z0-9]*/gi) ?? []

/** Unknown filters are errors here. A metafield of type JSON stands under `.value`. */
async function fillLiquid(template: string, block: unknown): Promise<string> {
  const engine = new Liquid({ strictFilters: true })
  const metafields = { aftercart: { confirmation: { value: block } } }
  const [filled = '', ...others] = await Promise.all(
    [{ order: { metafields } }, { metafields }, { aftercart: block }].map((scope) =>
      engine.parseAndRender(template, scope),
    ),
  )
  assert.deepEqual(others, [filled, filled])
  return filled
}

test('the Liquid snippet, filled with the JSON of the block, says the same as its HTML', async () => {
  const picture = 'https://shop.example/p.png?a=1&b=2'
  const block = renderConfirmationBlock(
    { picks: [pickOf('Green teacup', { imageUrl: picture }), pickOf('Pink teacup', { url: 'ftp://x' })] },
    shop,
  )
  const filled = await fillLiquid(block.liquid, block.json)
  for (const part of [
    'Pairs well with your order',
    'Green teacup',
    'Pink teacup',
    '£2.95',
    'href="https://shop.example/products/p1"',
    'src="https://shop.example/p.png?a=1&amp;b=2"',
    'alt="Green teacup"',
  ]) {
    assert.ok(filled.includes(part), part)
    assert.ok(block.html.includes(part), part)
  }
  assert.doesNotMatch(filled, /[{}]/)
})

test('the Liquid snippet renders nothing for an order without a block', async () => {
  const { liquid } = renderConfirmationBlock({ picks: [pickOf('Green teacup')] }, shop)
  for (const nothing of [null, undefined, { heading: '', picks: [] }])
    assert.equal((await fillLiquid(liquid, nothing)).trim(), '')
})

test('hostile titles stay text when a host fills the Liquid snippet', async () => {
  const plain = renderConfirmationBlock({ picks: [pickOf('Green teacup')] }, shop)
  const tags = tagsOf(await fillLiquid(plain.liquid, plain.json))
  for (const title of titles) {
    const { liquid, json } = renderConfirmationBlock({ picks: [pickOf(title)] }, shop)
    assert.deepEqual(tagsOf(await fillLiquid(liquid, json)), tags, title)
  }
})

test('the MJML snippet compiles without a complaint and says the same as the HTML', async () => {
  const picks = [
    pickOf('Green teacup', { imageUrl: 'https://shop.example/p.png' }),
    pickOf('Pink teacup'),
  ] as const
  const block = renderConfirmationBlock({ picks }, shop)
  const compiled = await compile(block.mjml)
  for (const part of [
    'Pairs well with your order',
    'Green teacup',
    'Pink teacup',
    '£2.95',
    'https://shop.example/products/p1',
    'alt="Green teacup"',
    'See it',
  ])
    assert.ok(compiled.includes(part), part)
})

test('hostile titles stay text when a host compiles the MJML snippet', async () => {
  const of = (title: string) =>
    renderConfirmationBlock({ picks: [pickOf(title, { imageUrl: 'https://shop.example/p.png' })] }, shop).mjml
  const tags = tagsOf(await compile(of('Green teacup')))
  for (const title of titles) assert.deepEqual(tagsOf(await compile(of(title))), tags, title)
})

test('a host that runs a template language over HTML or MJML finds nothing of it in a title', async () => {
  for (const title of templates) {
    const { html, mjml } = renderConfirmationBlock({ picks: [pickOf(title)] }, shop)
    for (const form of [html, mjml]) {
      assert.doesNotMatch(form, /[{}]|<%/)
      assert.equal(await new Liquid().parseAndRender(form, { order: { email: 'a@example.com' } }), form)
    }
  }
})

test('links of a block lead where clicks are counted, and nowhere else, where that is set', () => {
  const linkTo = (_: string, index: number) => `https://aftercart.example/c/token${index}`
  const block = renderConfirmationBlock(
    { picks: [pickOf('A'), pickOf('B', { product: 'p2' })] },
    { ...shop, linkTo },
  )
  assert.deepEqual(
    block.json?.picks.map(({ url }) => url),
    ['https://aftercart.example/c/token0', 'https://aftercart.example/c/token1'],
  )
  for (const form of [block.html, block.text, block.mjml]) {
    assert.doesNotMatch(form, /shop\.example/)
    assert.match(form, /aftercart\.example\/c\/token1/)
  }
  const nowhere = renderConfirmationBlock(
    { picks: [pickOf('A')] },
    { ...shop, productUrl: () => null, linkTo },
  )
  assert.equal(nowhere.json?.picks[0]?.url, null)
})

async function compile(snippet: string): Promise<string> {
  const { html, errors } = await mjml2html(`<mjml><mj-body>${snippet}</mj-body></mjml>`, {
    validationLevel: 'strict',
  })
  assert.deepEqual(errors, [])
  return html
}

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { hostileTitles } from '../../test/hostile-titles.ts'
import type { EmailPick, EmailShop } from './email-shop.ts'
import { charactersOfText, OFFER_SHARE_MAX } from './message-class.ts'
import { type ConfirmationFacts, renderConfirmation } from './render-confirmation.ts'
import { renderConfirmationBlock } from './render-confirmation-block.ts'
import { visibleCharacters } from './to-markup.ts'

const shop: EmailShop = {
  name: 'Teasel & Thyme',
  locale: 'en-GB',
  homeUrl: 'https://shop.example/',
  supportEmail: 'hello@shop.example',
  legalEntity: 'Example Traders Ltd',
  postalAddress: ['1 Example Street', 'Bristol'],
  productUrl: (id) => `https://shop.example/products/${encodeURIComponent(id)}`,
  orderUrl: (id) => `https://shop.example/orders/${encodeURIComponent(id)}`,
}

function pickOf(product: string, more: Partial<EmailPick> = {}): EmailPick {
  return {
    product,
    title: product.toUpperCase(),
    price: { amountMinor: 295, currency: 'GBP' },
    imageUrl: null,
    url: null,
    anchor: 'teacup',
    relation: 'complete',
    need: 'Completes the set with your teacup.',
    reason: 'Bought together in 76 of 100 orders.',
    afterDays: 0,
    ...more,
  }
}

function factsOf(more: Partial<ConfirmationFacts> = {}): ConfirmationFacts {
  return {
    order: {
      id: '1001',
      customerId: null,
      placedAtMs: Date.UTC(2011, 11, 9),
      currency: 'GBP',
      lines: [{ productId: 'teacup', quantity: 6, unitPriceMinor: 295 }],
    },
    products: new Map([['teacup', { title: 'ROSES REGENCY TEACUP AND SAUCER' }]]),
    decision: { picks: [pickOf('green teacup'), pickOf('pink teacup')] },
    shop,
    recipient: { name: 'Alex Morgan', address: ['12 Harbour Lane', 'Bristol'] },
    deliveryMinor: 0,
    nextSteps: [
      'We pack your order, usually within one working day.',
      'You get a message when the parcel leaves us.',
    ],
    ...more,
  }
}

const heading = 'Pairs well with your order'

test('the whole order with its total, address and support stands before the first pick, in HTML and in text', () => {
  const email = renderConfirmation(factsOf())
  assert.deepEqual(email.shownPicks, ['green teacup', 'pink teacup'])
  for (const body of [email.html, email.text]) {
    const offer = body.indexOf(heading)
    assert.ok(offer > 0)
    for (const part of [
      'Roses regency teacup and saucer',
      '£17.70',
      'Total paid',
      '12 Harbour Lane',
      'hello@shop.example',
    ]) {
      const at = body.indexOf(part)
      assert.ok(at >= 0 && at < offer, `"${part}" stands before the offer`)
    }
  }
})

test('the subject of a confirmation is the same whatever is offered', () => {
  const none = renderConfirmation(factsOf({ decision: null })).subject
  assert.equal(none, 'Your Teasel & Thyme order 1001 is confirmed')
  assert.equal(renderConfirmation(factsOf()).subject, none)
})

test('without picks a confirmation has no block and not a trace of one', () => {
  for (const decision of [null, { picks: [] as const }]) {
    const { html, text, shownPicks } = renderConfirmation(factsOf({ decision }))
    assert.equal(html.includes(heading) || text.includes(heading), false)
    assert.equal(html.includes('class="offer"'), false)
    assert.deepEqual(shownPicks, [])
  }
})

test('picks never take more than 30 % of what a reader of a confirmation sees', () => {
  const text = fc.string({ minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(text, text, text, fc.boolean(), (title, need, ordered, two) => {
      const one = pickOf('a', { title, need })
      const facts = factsOf({
        products: new Map([['teacup', { title: ordered }]]),
        decision: { picks: two ? [one, pickOf('b', { title: need, need: title })] : [one] },
      })
      const email = renderConfirmation(facts)
      const picks = facts.decision?.picks.filter(({ product }) => email.shownPicks.includes(product)) ?? []
      const [first, second] = picks
      if (first === undefined) return
      const block = renderConfirmationBlock({ picks: second === undefined ? [first] : [first, second] }, shop)
      assert.ok(visibleCharacters(block.html) <= OFFER_SHARE_MAX * visibleCharacters(email.html))
      assert.ok(email.text.includes(block.text))
      assert.ok(charactersOfText(block.text) <= OFFER_SHARE_MAX * charactersOfText(email.text))
    }),
    { numRuns: 200 },
  )
})

test('hostile titles, needs and names stay text in a confirmation', () => {
  for (const title of hostileTitles) {
    const facts = factsOf({
      products: new Map([['teacup', { title }]]),
      decision: { picks: [pickOf(title, { title, need: title })] },
      recipient: { name: title, address: [title, title] },
    })
    const { html, text, subject } = renderConfirmation(facts)
    const markup = renderConfirmation(factsOf({ decision: { picks: [pickOf('green teacup')] } })).html
    assert.deepEqual(tagsOf(html), tagsOf(markup), `"${title}" adds no tag`)
    assert.doesNotMatch(subject, /[\r\n]/)
    assert.doesNotMatch(text, /\r|\u2028|\u202e/)
  }
})

test('only http and https addresses become links or pictures in a confirmation', () => {
  for (const address of [
    'javascript:pwned()',
    'data:text/html,x',
    'vbscript:x',
    '//example.com',
    'java\nscript:x',
  ]) {
    const picks = [pickOf('green teacup', { url: address, imageUrl: address })] as const
    const { html } = renderConfirmation(factsOf({ decision: { picks } }))
    const targets = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1] ?? '')
    assert.ok(targets.length > 0)
    for (const target of targets)
      assert.match(target, /^(https:\/\/shop\.example\/|mailto:hello@shop\.example$)/)
  }
})

test('a block on its own is empty in all its forms when nothing is offered, else says the same in each', () => {
  assert.deepEqual(renderConfirmationBlock({ picks: [] }, shop), {
    ...{ html: '', text: '', json: null, liquid: '', mjml: '' },
  })
  const block = renderConfirmationBlock({ picks: [pickOf('green teacup')] }, shop)
  for (const form of [block.html, block.text, JSON.stringify(block.json), block.mjml]) {
    for (const part of ['Green teacup', '£2.95', 'Completes the set with your teacup.', heading]) {
      assert.ok(form.includes(part), part)
    }
  }
})

/** Names of all tags, closing ones too, in order. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z!][a-z0-9]*)/gi)].map((match) => match[1] ?? '')
}

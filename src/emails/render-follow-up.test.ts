import assert from 'node:assert/strict'
import test from 'node:test'
import { hostileTitles } from '../../test/hostile-titles.ts'
import type { EmailPick, EmailShop } from './email-shop.ts'
import { type FollowUpFacts, renderFollowUp } from './render-follow-up.ts'

const shop: EmailShop = {
  name: 'Teasel & Thyme',
  locale: 'en-GB',
  homeUrl: null,
  supportEmail: 'hello@shop.example',
  postalAddress: ['1 Example Street', 'Bristol BS1 1AA'],
  productUrl: (id) => `https://shop.example/products/${encodeURIComponent(id)}`,
  orderUrl: () => null,
}

const beans: EmailPick = {
  product: 'beans',
  title: 'COFFEE BEANS',
  price: { amountMinor: 990, currency: 'GBP' },
  imageUrl: null,
  url: null,
  anchor: 'beans',
  relation: 'refill',
  need: 'Time for more: customers who reorder coffee beans do so after about 30 days.',
  reason: '121 customers bought it again.',
  afterDays: 23,
}

const facts: FollowUpFacts = {
  order: { id: '1001', customerId: null, placedAtMs: 0, currency: 'GBP', lines: [] },
  products: new Map([['beans', { title: 'COFFEE BEANS' }]]),
  picks: [beans],
  shop,
  recipient: { name: 'Alex' },
  unsubscribeUrl: 'https://shop.example/u/token',
}

test('a follow-up without picks is not written', () => {
  assert.equal(renderFollowUp({ ...facts, picks: [] }), null)
})

test('a follow-up says that it is advertising, who sends it from where, and how to leave, in HTML and in text', () => {
  const email = renderFollowUp(facts)
  assert.ok(email)
  for (const body of [email.html, email.text]) {
    for (const part of [
      'Advertisement from',
      '1 Example Street, Bristol BS1 1AA',
      'https://shop.example/u/token',
    ]) {
      assert.ok(body.includes(part), part)
    }
  }
  assert.equal(email.subject, 'Running low? Coffee beans')
  assert.deepEqual(email.shownPicks, ['beans'])
})

test('each relation has its own subject, and all are one line', () => {
  const subjects = (['complete', 'refill', 'extend'] as const).map(
    (relation) => renderFollowUp({ ...facts, picks: [{ ...beans, relation }] })?.subject ?? '',
  )
  assert.equal(new Set(subjects).size, 3)
  for (const subject of subjects) assert.match(subject, /^[^\r\n]+$/)
})

test('hostile titles stay text in a follow-up', () => {
  const tags = (html: string): string[] => html.match(/<\/?[a-z!][a-z0-9]*/gi) ?? []
  const plain = renderFollowUp(facts)
  for (const title of hostileTitles) {
    const email = renderFollowUp({
      ...facts,
      products: new Map([['beans', { title }]]),
      picks: [{ ...beans, title, need: title, url: title, imageUrl: title }],
      recipient: { name: title },
      unsubscribeUrl: 'https://shop.example/u/token',
    })
    assert.deepEqual(tags(email?.html ?? ''), tags(plain?.html ?? ''), title)
    assert.doesNotMatch(email?.subject ?? '', /[\r\n\u2028\u202e]/)
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { hostileTitles } from '../../test/hostile-titles.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { EmailPick, EmailShop } from './email-shop.ts'
import { type FollowUpFacts, renderFollowUp } from './render-follow-up.ts'
import { flowKinds } from './words/mail-words.ts'

const shop: EmailShop = {
  name: 'Teasel & Thyme',
  locale: 'en-GB',
  homeUrl: null,
  supportEmail: 'hello@shop.example',
  legalEntity: 'Example Traders Ltd',
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
  flow: 'refill',
  order: { id: '1001', customerId: null, placedAtMs: 0, currency: 'GBP', lines: [] },
  products: new Map([['beans', { title: 'COFFEE BEANS' }]]),
  picks: [beans],
  shop,
  recipient: { name: 'Alex Morgan' },
  atMs: 23 * DAY_MS,
  unsubscribeUrl: 'https://shop.example/u/token',
}

const locales = ['en-GB', 'de-DE', 'fr-FR', 'es-ES'] as const

function mailOf(more: Partial<FollowUpFacts> = {}) {
  const email = renderFollowUp({ ...facts, ...more })
  assert.ok(email)
  return email
}

/** What a reader sees, entities undone. */
function seen(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
}

test('a follow-up without picks is not written', () => {
  assert.equal(renderFollowUp({ ...facts, picks: [] }), null)
})

test('a follow-up says in every language that it is advertising, who sends it from where, and how to leave', () => {
  const advertising = {
    'en-GB': 'This is an advertisement from Teasel & Thyme.',
    'de-DE': 'Dies ist eine Werbe-E-Mail von Teasel & Thyme.',
    'fr-FR': 'Ceci est un message publicitaire de Teasel & Thyme.',
    'es-ES': 'Esto es publicidad de Teasel & Thyme.',
  }
  for (const locale of locales) {
    for (const flow of [...flowKinds, 'gift-wrap']) {
      const email = mailOf({ flow, shop: { ...shop, locale } })
      assert.equal(email.class, 'marketing_email')
      for (const body of [seen(email.html), email.text]) {
        for (const part of [
          advertising[locale],
          'Teasel & Thyme, Example Traders Ltd, 1 Example Street, Bristol BS1 1AA',
          '1001',
        ]) {
          assert.ok(body.includes(part), `${locale} ${flow}: ${part}`)
        }
      }
      assert.match(email.html, /<a [^>]*href="https:\/\/shop\.example\/u\/token"/)
      assert.ok(email.text.includes('https://shop.example/u/token'))
      assert.ok(email.html.includes(`<html lang="${locale.slice(0, 2)}" dir="ltr">`))
    }
  }
})

test('HTML and text of a follow-up hold the same product, need, price, greeting and lead, in every language', () => {
  for (const locale of locales) {
    for (const flow of flowKinds) {
      const email = mailOf({ flow, shop: { ...shop, locale } })
      const [greeting = '', lead = ''] = email.text.split('\n')
      assert.match(greeting, /Alex[,:]$/)
      assert.ok(lead.includes('Coffee beans') && lead.includes('23'), `${locale} ${flow}: ${lead}`)
      for (const part of [greeting, lead, beans.need, 'Coffee beans', email.subject])
        assert.ok(seen(email.html).includes(part), `${locale} ${flow}: ${part}`)
      assert.match(email.text, /9[.,]90/)
      assert.match(seen(email.html), /9[.,]90/)
      assert.doesNotMatch(`${email.subject}${seen(email.text)}`, /[{}]|undefined|null/)
    }
  }
})

test('each flow has its own subject in each language: one line, the product named, nothing said of a parcel, no shouting', () => {
  const subjects = locales.flatMap((locale) =>
    flowKinds.map((flow) => mailOf({ flow, shop: { ...shop, locale } }).subject),
  )
  assert.equal(new Set(subjects).size, locales.length * flowKinds.length)
  for (const subject of subjects) {
    assert.match(subject, /Coffee beans/)
    assert.doesNotMatch(subject, /[\r\n!]|arriv|angekommen|deliver|geliefert|llegad|livré|[A-Z]{3}/)
    assert.ok(subject.length <= 78, subject)
  }
  assert.equal(mailOf().subject, 'Running low on “Coffee beans”?')
})

test('a follow-up sooner than two days after the order counts no days, and one to nobody greets nobody', () => {
  for (const locale of locales) {
    const email = mailOf({ atMs: DAY_MS, recipient: undefined, shop: { ...shop, locale } })
    const [greeting = '', lead = ''] = email.text.split('\n')
    assert.doesNotMatch(lead, /\d/)
    assert.doesNotMatch(greeting, /Alex|undefined|\{/)
  }
})

test('the shop’s own words stand in place of ours where all they need is known', () => {
  const ownWords = {
    subject: '{shop}: more {anchor}, {name}?',
    lead: '{days} days on, {addOn} costs {price}. {{constructor}} <b>',
    button: 'More {anchor}',
  }
  const email = mailOf({ ownWords })
  assert.equal(email.subject, 'Teasel & Thyme: more “Coffee beans”, Alex?')
  assert.match(email.text, /^Hello Alex,\n23 days on, “Coffee beans” costs £9\.90\. \{\{constructor\}\} <b>/)
  assert.ok(
    email.html.includes('{{constructor}} &lt;b&gt;') && email.html.includes('>More “Coffee beans”</a>'),
  )
  const nobody = mailOf({ ownWords, recipient: undefined, atMs: 0 })
  assert.equal(nobody.subject, 'Running low on “Coffee beans”?')
  assert.match(nobody.text, /^Hello,\nYou ordered “Coffee beans” from us\./)
})

test('hostile titles, names and words stay text in a follow-up', () => {
  const tags = (html: string): string[] => html.match(/<\/?[a-z!][a-z0-9]*/gi) ?? []
  const ownWords = { subject: 'x', lead: 'x', button: 'x' }
  const plain = mailOf({ ownWords })
  for (const title of hostileTitles) {
    const email = mailOf({
      products: new Map([['beans', { title }]]),
      picks: [{ ...beans, title, need: title, url: title, imageUrl: title }],
      recipient: { name: title },
      ownWords: { subject: title, lead: title, button: title },
    })
    assert.deepEqual(tags(email.html), tags(plain.html), title)
    assert.doesNotMatch(email.subject, /[\r\n\u2028\u202e]/)
    assert.doesNotMatch(email.text, /\r|\u2028|\u202e/)
  }
})

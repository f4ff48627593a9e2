import assert from 'node:assert/strict'
import test from 'node:test'
import { anAddOn } from '../../test/add-on-samples.ts'
import { hostileTitles } from '../../test/hostile-titles.ts'
import { type AddOnFlow, addOnFlows } from '../domain/add-on-news.ts'
import type { AddOnFacts } from '../ports/message-renderer.ts'
import type { EmailShop } from './email-shop.ts'
import { soundsLikeOffer } from './message-class.ts'
import { renderAddOn } from './render-add-on.ts'

const boughtAtMs = Date.UTC(2026, 10, 26, 10)
const MINUTE_MS = 60_000

const shop: EmailShop = {
  ...{ name: 'Teasel & Thyme', locale: 'en-GB', homeUrl: null, supportEmail: 'hello@shop.example' },
  ...{ legalEntity: 'Example Traders Ltd', postalAddress: ['1 Example Street', 'Bristol'] },
  productUrl: () => null,
  orderUrl: (id) => `https://shop.example/orders/${id}`,
}

type More = {
  readonly locale?: string
  readonly addOn?: Partial<AddOnFacts>
  readonly timeZones?: readonly string[]
  readonly atMs?: number
}

const mailOf = (flow: AddOnFlow, { locale = 'en-GB', addOn = {}, timeZones = [], atMs }: More = {}) =>
  renderAddOn({
    ...{ flow, shop: { ...shop, locale }, addOn: { ...anAddOn(flow, boughtAtMs), ...addOn } },
    order: { id: '1001', customerId: null, placedAtMs: boughtAtMs, currency: 'GBP', lines: [] },
    recipient: { name: 'Alex Morgan', timeZones },
    atMs: atMs ?? boughtAtMs + MINUTE_MS,
  })

test('what was bought is confirmed with its price in full, its seller, its order, and until when and how it goes back', () => {
  const { subject, text, html } = mailOf('add-on-added')
  assert.equal(subject, 'Added to your order 1001')
  const said = [
    'Hello Alex,',
    'Added to your order and paid.',
    'Order 1001, 26 November 2026',
    'Cleaner',
    '2 × £14.00  £28.00',
    'Delivery: £3.95',
    'Tax included: £5.33',
    'Total paid: £31.95',
    'Sold by Shop & Söhne.',
    'You can take it back until 26 November at 10:15 UTC: choose “Take it back” on the page on which you bought it.',
    'Your order: https://shop.example/thank-you/1001',
    'Teasel & Thyme, Example Traders Ltd, 1 Example Street, Bristol',
  ]
  for (const part of said) assert.ok(text.includes(part), part)
  const inHtml = html.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  for (const part of [
    '2 × £14.00',
    '£28.00',
    '£3.95',
    '£5.33',
    '£31.95',
    'Shop & Söhne',
    'until 26 November',
  ])
    assert.ok(inHtml.includes(part), part)
  assert.ok(html.includes('href="https://shop.example/thank-you/1001"'))
})

test('the time to take it back is said in the one zone the reader is in, and not at all once it has passed', () => {
  assert.match(mailOf('add-on-added', { timeZones: ['Europe/Berlin'] }).text, /at 11:15 (CET|GMT\+1):/)
  assert.match(mailOf('add-on-added', { timeZones: ['Europe/Berlin', 'Europe/London'] }).text, /10:15 UTC:/)
  const late = mailOf('add-on-added', { atMs: boughtAtMs + 15 * MINUTE_MS })
  assert.doesNotMatch(late.text + late.html, /take it back/i)
  assert.match(late.text, /Your order: https:\/\/shop\.example\/orders\/1001\n/)
  const { acceptance } = anAddOn('add-on-added', boughtAtMs)
  const packed = { acceptance: { ...acceptance, reason: 'order-closed' as const }, undoUntilMs: null }
  assert.match(
    mailOf('add-on-added', { addOn: packed }).text,
    /It is packed already, so it stays on your order/,
  )
})

test('what came to nothing says that nothing was charged, or how much goes back', () => {
  const none = mailOf('add-on-not-added')
  assert.match(none.text, /You were not charged, and your order stays as it was/)
  assert.doesNotMatch(none.text, /Goes back to you|Total paid|take it back/)
  const { acceptance } = anAddOn('add-on-not-added', boughtAtMs)
  const refunded = { ...acceptance, state: 'refunded' as const, capturedMinor: 3195, refundedMinor: 3195 }
  const taken = mailOf('add-on-not-added', { addOn: { acceptance: refunded } })
  assert.doesNotMatch(taken.text, /not charged/)
  assert.match(taken.text, /Goes back to you: £31\.95/)
})

test('what was taken back, or refunded by the shop, says how much goes back', () => {
  const undone = mailOf('add-on-returned').text
  assert.match(undone, /It is off your order, and your money goes back to you\./)
  assert.match(undone, /Goes back to you: £31\.95/)
  const { acceptance } = anAddOn('add-on-returned', boughtAtMs)
  const reversed = { ...acceptance, state: 'reversed' as const }
  const byShop = mailOf('add-on-returned', { addOn: { acceptance: reversed } }).text
  // Whether the goods stay is the shop's matter, and not known here.
  assert.match(byShop, /We have given your money back\./)
  assert.doesNotMatch(byShop, /off your order/)
})

test('in every language each mail is transactional, complete, and no subject sounds like an offer', () => {
  const subjects = new Set<string>()
  for (const locale of ['en-GB', 'de-DE', 'fr-FR', 'es-ES']) {
    for (const flow of addOnFlows) {
      const mail = mailOf(flow, { locale })
      assert.equal(mail.class, 'transactional', `${locale} ${flow}`)
      assert.deepEqual(mail.shownPicks, [])
      assert.equal(soundsLikeOffer(mail.subject), false, mail.subject)
      assert.doesNotMatch(mail.subject + mail.text, /[{}]|undefined|null/, `${locale} ${flow}`)
      for (const part of ['Cleaner', '1001', 'Example Traders Ltd'])
        assert.ok(mail.text.includes(part) && mail.html.includes(part), `${locale} ${flow}: ${part}`)
      subjects.add(mail.subject)
    }
  }
  assert.equal(subjects.size, 12)
})

test('a hostile title, seller or name is text, and never reaches the subject', () => {
  for (const title of hostileTitles) {
    const { offer } = anAddOn('add-on-added', boughtAtMs)
    const mail = mailOf('add-on-added', { addOn: { offer: { ...offer, title, merchantOfRecord: title } } })
    assert.equal(mail.subject, 'Added to your order 1001')
    assert.doesNotMatch(mail.html, /<script|<img|<svg|<iframe|onerror=[^&]*>/i, title)
    assert.equal(mail.class, 'transactional')
  }
})

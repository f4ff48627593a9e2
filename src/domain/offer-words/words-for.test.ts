import assert from 'node:assert/strict'
import test from 'node:test'
import type { Quote } from '../offer.ts'
import { type Locale, locales, viewStates } from '../offer-view.ts'
import { type MethodKind, methodKinds } from '../saved-method.ts'
import { isAllowedLabel, localeTag, type WordedTerms, wordsFor } from './words-for.ts'

const quote: Quote = {
  currency: 'GBP',
  unitPriceMinor: 1400,
  quantity: 1,
  taxMinor: 233,
  taxIncluded: true,
  deliveryMinor: 0,
  totalMinor: 1400,
}
const oneClick = { allowed: true, expiresAtMs: 0, maxAmountMinor: null } as const
const terms: WordedTerms = { quote, oneClick, cartUrl: null, undoMinutes: 15 }

test('every state has its sentence in every language, and only an open offer can be bought', () => {
  for (const locale of locales) {
    const sentences = new Set<string>()
    for (const state of viewStates) {
      const words = wordsFor(state, terms, locale)
      assert.equal(words.message === '', state === 'open', `${locale} ${state}`)
      assert.equal(words.acceptLabel !== null, state === 'open', `${locale} ${state}`)
      assert.equal(words.declineLabel !== null, state === 'open', `${locale} ${state}`)
      assert.equal(words.undoLabel !== null, state === 'added', `${locale} ${state}`)
      assert.equal(words.actionLabel !== null, state === 'action-required', `${locale} ${state}`)
      assert.equal(words.waitMessage !== null, state === 'open' || state === 'added', `${locale} ${state}`)
      assert.ok(words.priceLine !== '' && words.regionLabel !== '', `${locale} ${state}`)
      assert.doesNotMatch(Object.values(words).join(' '), /[{}]|undefined|null/, `${locale} ${state}`)
      sentences.add(words.message)
    }
    assert.equal(sentences.size, viewStates.length, `${locale}: two states say the same`)
  }
})

test('every button to buy is on the list of its language and holds exactly the total that is charged', () => {
  // Digits after ISO 4217: JPY and KRW 0, KWD and TND 3, the rest 2.
  const amounts = [
    ['GBP', 123_456, '1234.56'],
    ['EUR', 123_456, '1234.56'],
    ['USD', 123_456, '1234.56'],
    ['CHF', 123_456, '1234.56'],
    ['JPY', 123_456, '123456'],
    ['KRW', 123_456, '123456'],
    ['KWD', 123_456, '123.456'],
    ['TND', 123_456, '123.456'],
  ] as const
  for (const locale of locales) {
    for (const [currency, totalMinor, decimal] of amounts) {
      const priced = { ...quote, currency, totalMinor, unitPriceMinor: totalMinor - 500, deliveryMinor: 500 }
      const { acceptLabel, priceLine } = wordsFor('open', { ...terms, quote: priced }, locale)
      const shown = acceptLabel ?? ''
      assert.ok(isAllowedLabel(shown, locale), `${locale} ${currency}: "${shown}"`)
      assert.equal(readAmount(shown, locale), decimal, `${locale} ${currency}: "${shown}"`)
      assert.equal(readAmount(priceLine.split(/Total|Gesamt/)[1] ?? '', locale), decimal, priceLine)
    }
  }
})

test('a button that hides the duty to pay is on no list', () => {
  const refused = ['Add', 'Yes please', 'Yes please – £14.00', 'Buy now – pay', 'Buy now – pay nothing 0']
  const german = [
    'Jetzt kaufen',
    'Bestellung abschließen – 14,00 € zahlen',
    'Jetzt kaufen – später 14,00 € zahlen',
  ]
  for (const label of [...refused, ...german]) {
    for (const locale of locales) assert.equal(isAllowedLabel(label, locale), false, `${locale}: "${label}"`)
  }
  // The examples of the rule itself.
  assert.ok(isAllowedLabel('Buy now – pay €19.00', 'en'))
  assert.ok(isAllowedLabel('Jetzt kaufen – 19,00 € zahlen', 'de'))
})

test('the line above the button says price, tax, delivery and total', () => {
  const parcel = {
    ...quote,
    quantity: 2,
    taxIncluded: false,
    taxMinor: 560,
    deliveryMinor: 395,
    totalMinor: 3755,
  }
  const { priceLine, acceptLabel } = wordsFor('open', { ...terms, quote: parcel }, 'en')
  assert.equal(priceLine, '2 × £14.00. Plus tax £5.60. Delivery £3.95. Total £37.55.')
  assert.equal(acceptLabel, 'Buy now – pay £37.55')
  const free = wordsFor('open', terms, 'de').priceLine
  assert.equal(free.replace(/\s/g, ' '), '14,00 £. Inkl. MwSt. (2,33 £). Versand kostenlos. Gesamt 14,00 £.')
})

test('where one click may not charge there is the price, the cart link and no button to buy', () => {
  const refused = { allowed: false, reason: 'no-consent' } as const
  const inCart = { ...terms, oneClick: refused, cartUrl: 'https://shop.example/cart/add?teacup' }
  const words = wordsFor('open', inCart, 'en')
  assert.equal(words.acceptLabel, null)
  assert.equal(words.waitMessage, null)
  assert.equal(words.cartLabel, 'See it in the shop')
  assert.equal(words.message, '')
  assert.equal(words.priceLine, '£14.00')
  assert.equal(wordsFor('open', { ...inCart, cartUrl: null }, 'en').cartLabel, null)
})

test('where what paid cannot pay again half a sentence says so, in every language and for each way of paying', () => {
  const cartUrl = 'https://shop.example/cart/add?teacup'
  const said = (paidWith: MethodKind, locale: Locale, url: string | null = cartUrl) => {
    const refused = { allowed: false, reason: 'method-not-chargeable', paidWith } as const
    return wordsFor('open', { ...terms, oneClick: refused, cartUrl: url }, locale).message
  }
  for (const locale of locales) {
    const sentences = new Set(methodKinds.map((kind) => said(kind, locale)))
    // A card or a bank account that this provider cannot charge is "the way you paid".
    assert.equal(sentences.size, methodKinds.length - 2, locale)
    assert.equal(said('card', locale), said('other', locale))
    for (const sentence of sentences) assert.match(sentence, /cart|Warenkorb|panier|carrito/)
    assert.equal(said('gift-card', locale, null), '', 'no cart, no word of it')
  }
  assert.equal(
    said('gift-card', 'en'),
    'Your gift card cannot be charged again here, so this one goes through the cart.',
  )
})

test('that it goes with the order stands over no state in which it does not', () => {
  const goes = new Set(['open', 'accepting', 'action-required', 'added'])
  for (const locale of locales) {
    const over = wordsFor('open', terms, locale).regionLabel
    for (const state of viewStates)
      assert.equal(wordsFor(state, terms, locale).regionLabel === over, goes.has(state), `${locale} ${state}`)
  }
})

test('no sentence promises a message, which only some shops send', () => {
  for (const locale of locales)
    for (const state of viewStates)
      assert.doesNotMatch(wordsFor(state, terms, locale).message, /mail|schreiben|écrir|correo|escrib/i)
})

test('taking back is offered in whole minutes, and not at all once it is over', () => {
  const of = (undoMinutes: number | null) => wordsFor('added', { ...terms, undoMinutes }, 'en')
  assert.match(of(15).message, /for 15 minutes\.$/)
  assert.match(of(1).message, /for another minute\.$/)
  assert.equal(of(null).undoLabel, null)
  assert.doesNotMatch(of(null).message, /back/)
})

test('every outcome without a charge says so, and no sentence raises its voice', () => {
  const uncharged = [
    'declined',
    'not-confirmed',
    'sold-out',
    'price-changed',
    'expired',
    'order-closed',
    'not-charged',
  ] as const
  const notCharged = { en: /charged/, de: /nichts abgebucht/, fr: /débité/, es: /cobrado/ }
  for (const locale of locales) {
    for (const state of uncharged) assert.match(wordsFor(state, terms, locale).message, notCharged[locale])
    for (const state of viewStates)
      assert.doesNotMatch(wordsFor(state, terms, locale).message, /!|error|oops/i)
  }
})

/** The number in a text, read back by the separators of the language: "1.234,56 €" in German is 1234.56. */
function readAmount(text: string, locale: (typeof locales)[number]): string {
  const parts = new Intl.NumberFormat(localeTag(locale)).formatToParts(1_234_567.5)
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const digits = text.replace(/[^\d.,]/g, '').replace(/\.$/, '')
  const [whole = '', fraction] = digits.split(decimal)
  return fraction === undefined ? whole.replace(/\D/g, '') : `${whole.replace(/\D/g, '')}.${fraction}`
}

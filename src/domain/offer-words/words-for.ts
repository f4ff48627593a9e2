// The words that go with the state of an offer. Comes in: the state, the terms, the language. Goes out: every sentence and
// every button that a page shows. A button to buy exists only while the offer is open, and says what it costs.

import { formatMoney } from '../money.ts'
import type { OneClick, Quote } from '../offer.ts'
import type { Locale, ViewState, ViewWords } from '../offer-view.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { spanish } from './spanish.ts'
import type { LocaleWords } from './words-of-locale.ts'

/** As Intl writes amounts in the language. */
export function localeTag(locale: Locale): string {
  return languages[locale].tag
}

const languages: Readonly<Record<Locale, LocaleWords>> = { en: english, de: german, fr: french, es: spanish }

export type WordedTerms = {
  readonly quote: Quote
  readonly oneClick: OneClick
  readonly cartUrl: string | null
  /** How long it can still be taken back; `null` where it cannot. */
  readonly undoMinutes: number | null
  /** It was to be taken back and was packed already. */
  readonly isPacked?: boolean
  /** How it ends will be said by e-mail. */
  readonly willMail?: boolean
}

/** It goes onto the order, as far as is known, or is on it. */
const onOrder: ReadonlySet<ViewState> = new Set(['open', 'accepting', 'action-required', 'added'])

export function wordsFor(state: ViewState, terms: WordedTerms, locale: Locale): ViewWords {
  const words = languages[locale]
  const total = amount(terms.quote.totalMinor, terms.quote.currency, words)
  const isOpen = state === 'open'
  const isBuyable = isOpen && terms.oneClick.allowed
  return {
    message: state === 'open' ? whyCart(terms, words) : messageOf(state, terms, words),
    waitMessage: waitMessage(state, terms, words),
    priceLine: terms.oneClick.allowed ? priceLine(terms.quote, words) : shelfPrice(terms.quote, words),
    acceptLabel: isBuyable ? words.accept.replace('{total}', () => total) : null,
    cartLabel: isOpen && !terms.oneClick.allowed && terms.cartUrl !== null ? words.cart : null,
    declineLabel: isOpen ? words.decline : null,
    undoLabel: state === 'added' && terms.undoMinutes !== null ? words.undo : null,
    actionLabel: state === 'action-required' ? words.action : null,
    regionLabel: onOrder.has(state) ? words.region : words.regionOver,
  }
}

/** True for the button's words that are allowed in this language, whatever the total. */
export function isAllowedLabel(label: string, locale: Locale): boolean {
  const [before = '', after = ''] = languages[locale].accept.split('{total}')
  if (!label.startsWith(before) || !label.endsWith(after)) return false
  return amountShape.test(label.slice(before.length, label.length - after.length))
}

/** Digits with a sign or a code on one side: no room for words between the duty and the amount. */
const amountShape = /^(?:[\p{L}\p{Sc}]{1,5}\s?)?\d[\d.,'’\s]*(?:\s?[\p{L}\p{Sc}]{1,5})?$/u

/** Said from the click until the server has said what came of it. */
function waitMessage(state: ViewState, terms: WordedTerms, words: LocaleWords): string | null {
  if (state === 'open') return terms.oneClick.allowed ? words.messages.accepting : null
  return state === 'added' && terms.undoMinutes !== null ? words.messages.undoing : null
}

/** Said where what paid the order cannot pay again; the other reasons are the shop's matter. */
function whyCart({ oneClick, cartUrl }: WordedTerms, { cartBecause }: LocaleWords): string {
  if (oneClick.allowed || oneClick.reason !== 'method-not-chargeable' || cartUrl === null) return ''
  const { paidWith = 'other' } = oneClick
  return cartBecause[paidWith === 'card' || paidWith === 'bank' ? 'other' : paidWith]
}

function messageOf(
  state: Exclude<ViewState, 'open'>,
  { undoMinutes, isPacked, willMail }: WordedTerms,
  words: LocaleWords,
): string {
  const message = state === 'pending' && willMail === true ? words.pendingMailed : words.messages[state]
  if (state === 'added' && isPacked === true) return `${message} ${words.packed}`
  if (state !== 'added' || undoMinutes === null) return message
  const until = undoMinutes === 1 ? words.undoUntilOne : words.undoUntil
  return `${message} ${until.replace('{minutes}', () => String(undoMinutes))}`
}

function priceLine(quote: Quote, { price, ...words }: LocaleWords): string {
  const money = (minor: number) => amount(minor, quote.currency, words)
  const taxWords = quote.taxIncluded ? price.taxIncluded : price.taxAdded
  const tax = quote.taxMinor === 0 ? price.taxNone : taxWords.replace('{tax}', () => money(quote.taxMinor))
  const delivery =
    quote.deliveryMinor === 0
      ? price.deliveryFree
      : price.delivery.replace('{delivery}', () => money(quote.deliveryMinor))
  return `${shelfPrice(quote, words)}. ${tax} ${delivery} ${price.total.replace('{total}', () => money(quote.totalMinor))}`
}

/** As it stands on the shop's pages: all that is said where the shop's own cart says the rest. */
function shelfPrice({ quantity, unitPriceMinor, currency }: Quote, words: Pick<LocaleWords, 'tag'>): string {
  const price = amount(unitPriceMinor, currency, words)
  return quantity === 1 ? price : `${quantity} × ${price}`
}

function amount(amountMinor: number, currency: string, { tag }: Pick<LocaleWords, 'tag'>): string {
  return formatMoney({ amountMinor, currency }, tag)
}

// The words that go with the state of an offer. Comes in: the state, the terms, the language. Goes out: every sentence and
// every button that a page shows. A button to buy exists only while the offer is open, and says what it costs.

import { formatMoney } from '../money.ts'
import type { Quote } from '../offer.ts'
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
  readonly oneClickAllowed: boolean
  readonly cartUrl: string | null
  /** How long it can still be taken back; `null` where it cannot. */
  readonly undoMinutes: number | null
}

export function wordsFor(state: ViewState, terms: WordedTerms, locale: Locale): ViewWords {
  const words = languages[locale]
  const total = amount(terms.quote.totalMinor, terms.quote.currency, words)
  const isOpen = state === 'open'
  const isBuyable = isOpen && terms.oneClickAllowed
  return {
    message: state === 'open' ? '' : messageOf(state, terms, words),
    priceLine: terms.oneClickAllowed ? priceLine(terms.quote, words) : `${total}.`,
    acceptLabel: isBuyable ? words.accept.replace('{total}', total) : null,
    cartLabel: isOpen && !terms.oneClickAllowed && terms.cartUrl !== null ? words.cart : null,
    declineLabel: isOpen ? words.decline : null,
    undoLabel: state === 'added' && terms.undoMinutes !== null ? words.undo : null,
    actionLabel: state === 'action-required' ? words.action : null,
    regionLabel: words.region,
  }
}

/** True for the button's words that are allowed in this language, whatever the total. */
export function isAllowedLabel(label: string, locale: Locale): boolean {
  const [before = '', after = ''] = languages[locale].accept.split('{total}')
  const isFramed = label.startsWith(before) && label.endsWith(after)
  const total = label.slice(before.length, label.length - after.length)
  return isFramed && /\d/.test(total)
}

function messageOf(
  state: Exclude<ViewState, 'open'>,
  { undoMinutes }: WordedTerms,
  words: LocaleWords,
): string {
  const message = words.messages[state]
  if (state !== 'added' || undoMinutes === null) return message
  return `${message} ${words.undoUntil.replace('{minutes}', String(undoMinutes))}`
}

function priceLine(quote: Quote, { price, ...words }: LocaleWords): string {
  const money = (minor: number) => amount(minor, quote.currency, words)
  const taxWords = quote.taxIncluded ? price.taxIncluded : price.taxAdded
  const tax = quote.taxMinor === 0 ? price.taxNone : taxWords.replace('{tax}', money(quote.taxMinor))
  const delivery =
    quote.deliveryMinor === 0
      ? price.deliveryFree
      : price.delivery.replace('{delivery}', money(quote.deliveryMinor))
  const unit =
    quote.quantity === 1 ? money(quote.unitPriceMinor) : `${quote.quantity} × ${money(quote.unitPriceMinor)}`
  return `${unit}. ${tax} ${delivery} ${price.total.replace('{total}', money(quote.totalMinor))}`
}

function amount(amountMinor: number, currency: string, { tag }: Pick<LocaleWords, 'tag'>): string {
  return formatMoney({ amountMinor, currency }, tag)
}

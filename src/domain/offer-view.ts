// What a shopper sees of an offer: one state, the terms, and the words for it in their language. The words come from the
// server, so that the widget, the fragment without script and the example shop say the same.

import type { NoOneClick } from './offer.ts'

/** One at a time; each has its sentence in src/domain/offer-words/. */
export const viewStates = [
  /** The offer with its button (or, where one click is not possible, with its cart link). */
  'open',
  /** Clicked; the answer is on its way. */
  'accepting',
  /** Taking longer: the page may be closed, and says how it ended when it is opened again. */
  'pending',
  /** The bank wants to hear from the shopper. */
  'action-required',
  /** On the order, charged, with undo until `undoUntilMs`. */
  'added',
  'undoing',
  'undone',
  /** The shopper said no. */
  'dismissed',
  /** The bank said no. Nothing was added. */
  'declined',
  /** The bank asked, and the shopper refused or failed to confirm. Nothing was added. */
  'not-confirmed',
  'sold-out',
  /** Another price than shown; `replacement` is the offer at the new one. */
  'price-changed',
  'expired',
  /** The order can take no more: cancelled, packed. */
  'order-closed',
  /** It did not come about, nothing was charged, what was reserved is given back. */
  'not-charged',
] as const
export type ViewState = (typeof viewStates)[number]

export const locales = ['en', 'de', 'fr', 'es'] as const
export type Locale = (typeof locales)[number]

/** All that is read out or clicked in this state; a button that is `null` is not drawn. */
export type ViewWords = {
  /** The sentence of the state. While the offer is open: why it has no button, or empty. */
  readonly message: string
  /** Where a click may take a while: what is said until its answer is there. */
  readonly waitMessage: string | null
  /** Above the button, in full: "£14.00 with tax, delivery free. Total £14.00". */
  readonly priceLine: string
  /** From the allow-list: the duty to pay and the total ("Buy now – pay £14.00"). */
  readonly acceptLabel: string | null
  /** Where one click is not possible: the words of the cart link. */
  readonly cartLabel: string | null
  readonly declineLabel: string | null
  readonly undoLabel: string | null
  readonly actionLabel: string | null
  /** Stands over it, and names the region for a screen reader. */
  readonly regionLabel: string
}

export type OfferView = {
  readonly state: ViewState
  readonly locale: Locale
  readonly offer: {
    readonly product: string
    readonly title: string
    readonly imageUrl: string | null
    readonly url: string | null
    readonly anchorTitle: string
    readonly need: string
    readonly quantity: number
    readonly unitPriceMinor: number
    readonly taxMinor: number
    readonly taxIncluded: boolean
    readonly deliveryMinor: number
    readonly totalMinor: number
    readonly currency: string
    /** As people of the locale write it: `£14.00`. */
    readonly total: string
    readonly merchant: string
  }
  readonly oneClick: {
    readonly allowed: boolean
    readonly reason: NoOneClick | null
    readonly expiresAt: string | null
    /** Minor units. */
    readonly maxAmount: number | null
  }
  readonly cartUrl: string | null
  readonly expiresAtMs: number
  readonly undoUntilMs: number | null
  readonly action: { readonly url: string | null; readonly clientSecret: string | null } | null
  /** The token of the offer that takes its place. */
  readonly replacement: string | null
  readonly words: ViewWords
}

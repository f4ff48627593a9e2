// What one language has to say about an offer; each of its files holds all of it.

import type { ViewState } from '../offer-view.ts'

export type LocaleWords = {
  /** For Intl: how amounts and times are written. */
  readonly tag: string
  /** The duty to pay and the total, in words that a court has read: see `isAllowedLabel`. `{total}` is filled in. */
  readonly accept: string
  readonly cart: string
  readonly decline: string
  readonly undo: string
  readonly action: string
  readonly region: string
  /** `{total}`, `{tax}`, `{delivery}`. */
  readonly price: {
    readonly taxIncluded: string
    readonly taxAdded: string
    readonly taxNone: string
    readonly deliveryFree: string
    readonly delivery: string
    readonly total: string
  }
  readonly messages: Readonly<Record<Exclude<ViewState, 'open'>, string>>
  /** Taken back too late: why it stays. */
  readonly packed: string
  /** `{minutes}`: a page says no time of day, since it does not know the shopper's. */
  readonly undoUntil: string
  readonly undoUntilOne: string
}

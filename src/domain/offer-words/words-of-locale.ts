// What one language has to say about an offer; each of its files holds all of it.

import type { ViewState } from '../offer-view.ts'
import type { MethodKind } from '../saved-method.ts'

/** What paid the order and cannot be charged again, as far as a sentence tells them apart. */
export type NotAgain = Exclude<MethodKind, 'card' | 'bank'>

export type LocaleWords = {
  /** For Intl: how amounts and times are written. */
  readonly tag: string
  /** The duty to pay and the total, in words that a court has read: see `isAllowedLabel`. `{total}` is filled in. */
  readonly accept: string
  readonly cart: string
  readonly decline: string
  readonly undo: string
  readonly action: string
  /** Stands over it while it is on its way onto the order, or on it. */
  readonly region: string
  /** Stands over it where it is not on the order, or nobody knows yet. */
  readonly regionOver: string
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
  /** `pending`, where the shopper will be written to. */
  readonly pendingMailed: string
  /** Why there is a way into the cart and no button. */
  readonly cartBecause: Readonly<Record<NotAgain, string>>
  /** Taken back too late: why it stays. */
  readonly packed: string
  /** `{minutes}`: a page says no time of day, since it does not know the shopper's. */
  readonly undoUntil: string
  readonly undoUntilOne: string
}

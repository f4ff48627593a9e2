// An offer is a pick that was issued to one order: stored before it is shown, with all that it costs. From then on its
// terms never change; another price is another offer. The shopper holds a signed token that names it and nothing else
// counts from their side: amount, currency and quantity are never read from a request.

import type { OfferedRelation } from './pairing.ts'
import type { Placement } from './placement.ts'
import type { MethodKind } from './saved-method.ts'

/** Whether one click may charge the method that paid the order; said before the button is drawn. */
export type OneClick =
  | {
      readonly allowed: true
      /** After this instant a click is answered with "expired". */
      readonly expiresAtMs: number
      /** The most that the saved method takes in one click, minor units of the order's currency; `null` for no bound. */
      readonly maxAmountMinor: number | null
    }
  | {
      readonly allowed: false
      readonly reason: NoOneClick
      /** What paid the order, where it is the reason. */
      readonly paidWith?: MethodKind
    }

export const noOneClickReasons = [
  /** No payment provider is set up, or the order came without a saved method. */
  'no-saved-method',
  /** A wallet, a gift card, an instalment plan: it cannot be charged again. */
  'method-not-chargeable',
  /** The provider cannot charge just this sum in this currency. */
  'amount-not-chargeable',
  /** The terms that the shopper agreed to when the card was saved do not cover this. */
  'no-consent',
  /** More than the method takes in one click. */
  'over-maximum',
  /** Sold by another merchant than the order. */
  'other-merchant',
  /** Card testing: too many declines on this order. */
  'too-many-declines',
] as const
export type NoOneClick = (typeof noOneClickReasons)[number]

/** What one piece costs in full, as the shop says it. Minor units of the order's currency. */
export type Quote = {
  readonly currency: string
  /** As it stands on the shop's pages. */
  readonly unitPriceMinor: number
  readonly quantity: number
  /** Of the total; contained in the unit price where `taxIncluded`, added to it where not. */
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly deliveryMinor: number
  /** unitPriceMinor × quantity + deliveryMinor, and taxMinor where it is not included. What is charged. */
  readonly totalMinor: number
}

export type Offer = {
  /** 128 random bits, base32. */
  readonly id: string
  readonly orderId: string
  readonly placement: Placement
  readonly product: string
  readonly title: string
  readonly imageUrl: string | null
  readonly url: string | null
  readonly anchor: string
  readonly anchorTitle: string
  readonly relation: OfferedRelation
  readonly need: string
  readonly quote: Quote
  /** Percent off that the shop was asked for; whether it gave them is in the quote. */
  readonly discountPercent?: number | undefined
  readonly merchantOfRecord: string
  /** Version of the terms under which the method was saved; `null` where there is none. */
  readonly consentVersion: string | null
  readonly oneClick: OneClick
  /** Where one click is not allowed: a prefilled cart in the shop; `null` where the shop has none. */
  readonly cartUrl: string | null
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** The offer that this one replaces at another price. */
  readonly replaces: string | null
}

/** True where the parts add up: a quote that does not is refused, since the shopper would be shown one sum and charged another. */
export function addsUp(quote: Quote): boolean {
  const { unitPriceMinor, quantity, deliveryMinor, taxMinor, taxIncluded, totalMinor } = quote
  const parts = [unitPriceMinor, quantity, deliveryMinor, taxMinor, totalMinor]
  if (!parts.every((part) => Number.isSafeInteger(part) && part >= 0)) return false
  if (quantity < 1 || unitPriceMinor < 1 || taxMinor > totalMinor) return false
  return totalMinor === unitPriceMinor * quantity + deliveryMinor + (taxIncluded ? 0 : taxMinor)
}

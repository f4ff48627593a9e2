// The signature under an offer. A token holds the offer's id and terms, signed with one fixed algorithm; a key is named by
// its id, and only keys of this installation count. A token that was altered, cut off or signed otherwise reads as `null`.
// Whether it is still in time is not asked here: after the end an add-on may still be taken back.

import type { Offer } from '../domain/offer.ts'

export type OfferClaims = {
  readonly offerId: string
  readonly orderId: string
  readonly product: string
  readonly totalMinor: number
  readonly currency: string
  readonly expiresAtMs: number
}

export type OfferTokens = {
  sign(offer: Offer): string
  read(token: string): OfferClaims | null
}

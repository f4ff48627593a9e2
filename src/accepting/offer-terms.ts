// What the steps after a click need of the offer.

import type { Offer } from '../domain/offer.ts'

export type OfferTerms = Pick<
  Offer,
  'id' | 'orderId' | 'product' | 'placement' | 'anchor' | 'relation' | 'quote' | 'discountPercent'
>

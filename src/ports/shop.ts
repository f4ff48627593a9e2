// The shop's own back end: what an add-on costs now, and the order that it is added to. Each call may be repeated; the
// line's reference (the offer's id) makes it the same line. No answer, a timeout or a 5xx rejects with AppError
// `shop-unavailable`: the outcome is unknown. Every adapter passes the battery in `shop.contract.ts`.

import type { Quote } from '../domain/offer.ts'

export type QuoteRequest = {
  readonly orderId: string
  readonly product: string
  readonly quantity: number
  readonly currency: string
  /** Where an experiment asks what a discount does: percent off, in (0, 50]. A shop that does not give it quotes in full. */
  readonly discountPercent?: number | undefined
}

export type QuoteAnswer =
  /** In the currency and quantity that were asked for, and its parts add up; an adapter refuses any other. */
  | {
      readonly kind: 'quoted'
      readonly quote: Quote
      readonly merchantOfRecord: string
    }
  | { readonly kind: 'sold-out' }
  /** Cancelled, refunded, packed: nothing can be added to it any more. */
  | { readonly kind: 'order-closed' }
  /** This order or product is not known, or may not be sold there. */
  | { readonly kind: 'refused'; readonly detail: string }

export type LineRequest = {
  readonly orderId: string
  /** The offer's id: the same reference is the same line. */
  readonly reference: string
  readonly product: string
  readonly quote: Quote
}

export type AddLineAnswer =
  /** Added now, or there already. */
  | { readonly kind: 'added' }
  | { readonly kind: 'sold-out' }
  | { readonly kind: 'order-closed' }
  | { readonly kind: 'refused'; readonly detail: string }

export type RemoveLineAnswer =
  /** Taken out now with whatever delivery it brought, or not there. */
  | { readonly kind: 'absent' }
  /** Packed or sent: it stays. */
  | { readonly kind: 'shipped' }

export type ShopOrder = {
  readonly status: 'open' | 'fulfilled' | 'cancelled'
  /** The lines that Aftercart added, by reference. */
  readonly references: readonly string[]
}

export type ShopBackEnd = {
  readonly name: string
  quote(request: QuoteRequest): Promise<QuoteAnswer>
  addLine(request: LineRequest): Promise<AddLineAnswer>
  removeLine(request: { readonly orderId: string; readonly reference: string }): Promise<RemoveLineAnswer>
  /** `null` where the order is not known. */
  readOrder(orderId: string): Promise<ShopOrder | null>
}

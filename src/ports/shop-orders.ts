// A shop system tells of its orders by itself: paid, changed, cancelled, given back, arrived. A reader checks the signature over
// the raw bytes and says what the order is now, under the ids that an import of the same shop's export uses. All of it
// may be told again, late, and out of turn. Absent where no secret is set up.

import type { OrderLine } from '../domain/order.ts'
import type { OrderFate } from './message-store.ts'

/** In plain, as the shop writes it; what is not well formed is left out by whoever receives it. */
export type ToldContact = {
  readonly email: string | null
  readonly phone: string | null
  readonly name: string | null
  readonly country: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly locale: string | null
}

export type ToldOrder = {
  readonly id: string
  readonly customerId: string | null
  readonly placedAt: string
  readonly currency: string
  readonly lines: readonly OrderLine[]
  readonly contact: ToldContact
}

export type ShopOrderReading =
  | {
      readonly kind: 'order'
      readonly orderId: string
      /** `null` where it is not paid, or came to an end. */
      readonly paid: ToldOrder | null
      readonly fate: Partial<OrderFate>
    }
  /** The shop system tries whether somebody answers; it asks for exactly 200. */
  | { readonly kind: 'trial' }
  /** Rightly signed, and nothing of ours. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'forged' }

export type ShopOrderReader = (
  body: string,
  headers: { get(name: string): string | undefined },
  nowMs: number,
) => ShopOrderReading

/** By the last part of the address: `shopify`, `woocommerce`. */
export type ShopOrderReaders = ReadonlyMap<string, ShopOrderReader>

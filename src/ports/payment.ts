// A payment provider: where the shop's money is. The acceptance drives it in small steps, and each step may be asked
// again: the answer is then the state as it is, and nothing happens twice. An implementation may be relied on for this:
// - `create` moves no money. With the same key it gives the same payment for at least 24 hours.
// - `confirm`, `capture`, `cancel` work on an existing payment. Where it has gone further already, or can go no further,
//   the answer is the payment as it stands, never an error.
// - An answer is returned only when the provider gave one. Anything else (no answer, a timeout, a 5xx, a 429) rejects with
//   AppError `provider-unavailable`: the outcome is unknown, and the caller asks again or reads.
// Every adapter passes the battery in `payment.contract.ts`.

import type { SavedMethod } from '../domain/saved-method.ts'

/** The payment as the provider has it. */
export type PaymentState =
  /** Nothing was asked of the bank. */
  | { readonly kind: 'unconfirmed'; readonly id: string }
  /** The shopper has to answer the bank: at `url`, or in the page with `clientSecret`. */
  | {
      readonly kind: 'action-required'
      readonly id: string
      readonly url: string | null
      readonly clientSecret: string | null
    }
  /** The bank has not answered yet. */
  | { readonly kind: 'processing'; readonly id: string }
  /** Money is reserved, not taken. */
  | {
      readonly kind: 'authorised'
      readonly id: string
      readonly amountMinor: number
      readonly currency: string
    }
  /** Money is taken; `refundedMinor` of it went back. */
  | {
      readonly kind: 'captured'
      readonly id: string
      readonly amountMinor: number
      readonly currency: string
      readonly refundedMinor: number
    }
  /** The bank said no, or the shopper failed to authenticate. Nothing is reserved. */
  | {
      readonly kind: 'declined'
      readonly id: string
      readonly because: 'bank' | 'authentication'
      /** For the log, never for the shopper. */
      readonly detail: string
    }
  /** Given back; can never be confirmed again. */
  | { readonly kind: 'cancelled'; readonly id: string }

/** The provider refuses the request as such (a currency it does not take, an amount too small, a method it does not know). */
export type PaymentRefusal = { readonly kind: 'refused'; readonly detail: string }

export type PaymentRequest = {
  /** `c-<offer id>`. */
  readonly key: string
  readonly offerId: string
  readonly orderId: string
  readonly amountMinor: number
  readonly currency: string
  readonly method: SavedMethod
}

export type ConfirmRequest = {
  readonly paymentId: string
  /** Where the bank sends the shopper back to; `null` where nobody is there to answer. */
  readonly returnUrl: string | null
}

/** Whether one click can charge it. */
export type Chargeable =
  | { readonly allowed: true; readonly maxAmountMinor: number | null }
  /** The method as such, or only this sum of money. */
  | { readonly allowed: false; readonly because: 'method' | 'amount' }

export type Charge = Pick<PaymentRequest, 'method' | 'amountMinor' | 'currency'>

export type PaymentProvider = {
  readonly name: string
  /** Whether this method can be charged this much with one click, without asking anybody: cheap, no network. */
  canCharge(charge: Charge): Chargeable
  create(request: PaymentRequest): Promise<PaymentState | PaymentRefusal>
  confirm(request: ConfirmRequest): Promise<PaymentState>
  read(paymentId: string): Promise<PaymentState>
  /** Takes the whole of what is reserved. */
  capture(paymentId: string): Promise<PaymentState>
  cancel(paymentId: string): Promise<PaymentState>
  /** Gives the whole back; with the same key once. The answer is `captured` with `refundedMinor`. */
  refund(paymentId: string, key: string): Promise<PaymentState>
}

// The method that paid the order, as far as a later charge needs it: the provider's own ids, never a card number.

export const methodKinds = ['card', 'bank', 'wallet', 'gift-card', 'instalments', 'other'] as const
export type MethodKind = (typeof methodKinds)[number]

export type SavedMethod = {
  /** The payment adapter that can charge it: `stripe`, `manual`. */
  readonly provider: string
  readonly kind: MethodKind
  /** The provider's id of the customer. */
  readonly customerRef: string
  /** The provider's id of the saved method. */
  readonly methodRef: string
  /** Version of the terms under which it was saved; `null` where the shopper agreed to none. */
  readonly consentVersion: string | null
  /** Who sold the order. */
  readonly merchantOfRecord: string
}

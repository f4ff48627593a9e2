// What a shop sets for one click. Without a back end of the shop and a payment provider nothing can be accepted, and an
// offer leads to a prefilled cart.

export type AcceptingSettings = {
  /** Minutes after which an offer on the thank-you page can no longer be accepted. */
  readonly offerMinutes: number
  /** Minutes in which the shopper may take an accepted add-on back. */
  readonly undoMinutes: number
  /** Versions of the terms under which a saved card may be charged for an add-on; an order with another has no button. */
  readonly consentVersions: readonly string[]
  /** A prefilled cart for where one click is not possible; holds `{product}`. */
  readonly cartLink: string | null
  /** Where the bank sends the shopper back to; holds `{order}`. `null`: nobody is asked, the bank may only refuse. */
  readonly returnUrl: string | null
  /** Exact origins of the pages that hold the widget. */
  readonly origins: readonly string[]
  /** How many proxies stand before this server: so many entries of X-Forwarded-For are believed, from the right. */
  readonly trustedProxies: number
  /** The provider that a shop uses; its secrets come from the environment. */
  readonly payment: 'none' | 'stripe' | 'manual'
  /** Signed requests of the manual provider go here. */
  readonly paymentUrl: string | null
  /** Signed requests to the shop's back end go here. */
  readonly shopUrl: string | null
}

export const defaultAcceptingSettings: AcceptingSettings = {
  offerMinutes: 30,
  undoMinutes: 15,
  consentVersions: [],
  cartLink: null,
  returnUrl: null,
  origins: [],
  trustedProxies: 0,
  payment: 'none',
  paymentUrl: null,
  shopUrl: null,
}

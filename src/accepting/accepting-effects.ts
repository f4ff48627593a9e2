// Everything that one click can touch. The shop and the provider are absent where none is set up: then no offer has a
// button, and nothing can be accepted.

import type { AcceptingSettings } from '../domain/accepting-settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { OfferTokens } from '../ports/offer-tokens.ts'
import type { Pause } from '../ports/pause.ts'
import type { PaymentProvider } from '../ports/payment.ts'
import type { ShopBackEnd } from '../ports/shop.ts'
import type { Store } from '../ports/store.ts'

export type AcceptingEffects = {
  readonly store: Store
  readonly shop: ShopBackEnd | null
  /** By the name that a saved method carries. */
  readonly providers: ReadonlyMap<string, PaymentProvider>
  readonly tokens: OfferTokens
  readonly clock: Clock
  readonly pause: Pause
  /** An id that nobody can guess: at least 128 random bits. */
  readonly newId: () => string
  readonly settings: AcceptingSettings
  /** Whether Aftercart sends e-mail by itself, so that a shopper can be told how it ended. */
  readonly sendsMail: boolean
}

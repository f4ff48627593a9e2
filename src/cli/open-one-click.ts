// What one click stands on, from the settings and the environment: the shop's back end, the payment provider, the keys under
// offers. Comes in: the store, the settings, the secret of the installation. Goes out: the effects of accepting and the
// readers of webhooks. Rejects with `settings-invalid` where a setting needs another, or a secret is missing.

import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { systemPause } from '../adapters/clock/system-pause.ts'
import { newId } from '../adapters/secret/new-id.ts'
import { openOfferTokens, readOfferKeys } from '../adapters/secret/offer-tokens.ts'
import type { PaymentProvider } from '../ports/payment.ts'
import type { ShopBackEnd } from '../ports/shop.ts'
import type { WebhookReaders } from '../ports/webhooks.ts'
import type { Installation } from './installation.ts'

export type OneClickEffects = {
  readonly accepting: AcceptingEffects
  readonly webhooks: WebhookReaders
}

/** In the place of what the settings name: the demo brings a shop and a bank of its own, and tests theirs. */
export type OneClickParts = {
  readonly shop?: ShopBackEnd
  readonly providers?: readonly PaymentProvider[]
  readonly webhooks?: WebhookReaders
}

type Place = Pick<Installation, 'store' | 'clock' | 'settings' | 'secret'>

export function openOneClick(place: Place, parts: OneClickParts = {}): OneClickEffects {
  const { store, clock, settings, secret } = place
  return {
    accepting: {
      ...{ store, clock, newId },
      pause: systemPause,
      settings: settings.accepting,
      tokens: openOfferTokens(readOfferKeys(process.env.AFTERCART_OFFER_KEYS, secret)),
      shop: parts.shop ?? null,
      providers: new Map((parts.providers ?? []).map((provider) => [provider.name, provider])),
    },
    webhooks: parts.webhooks ?? new Map(),
  }
}

// What one click stands on, from the settings and the environment: the shop's back end, the payment provider, the keys under
// offers. Comes in: the store, the settings, the secret of the installation. Goes out: the effects of accepting and the
// readers of webhooks. Rejects with `settings-invalid` where a setting needs another, or a secret is missing.

import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { systemPause } from '../adapters/clock/system-pause.ts'
import { openStripe } from '../adapters/payments/stripe.ts'
import { readStripeWebhook } from '../adapters/payments/stripe-webhook.ts'
import { newId } from '../adapters/secret/new-id.ts'
import { openOfferTokens, readOfferKeys } from '../adapters/secret/offer-tokens.ts'
import type { AcceptingSettings } from '../domain/accepting-settings.ts'
import { AppError } from '../domain/errors.ts'
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
      providers: new Map(
        (parts.providers ?? openProviders(settings.accepting)).map((one) => [one.name, one]),
      ),
    },
    webhooks: parts.webhooks ?? openWebhooks(),
  }
}

function openProviders({ payment }: AcceptingSettings): readonly PaymentProvider[] {
  if (payment === 'none') return []
  const secretKey = process.env.STRIPE_SECRET_KEY ?? ''
  if (secretKey !== '') return [openStripe({ secretKey })]
  throw new AppError(
    'settings-invalid',
    'The settings say "payment": "stripe", but STRIPE_SECRET_KEY is not set: put the secret key into the environment.',
  )
}

/** Two secrets while one is rotated, with a comma between them. */
function openWebhooks(): WebhookReaders {
  const secrets = (process.env.STRIPE_WEBHOOK_SECRET ?? '').split(',').filter((secret) => secret !== '')
  return new Map(secrets.length === 0 ? [] : [['stripe', readStripeWebhook(secrets)]])
}

// What one click stands on, from the settings and the environment: the shop's back end, the payment provider, the keys under
// offers. Comes in: the store, the settings, the secret of the installation. Goes out: the effects of accepting and the
// readers of webhooks. Rejects with `settings-invalid` where a setting needs another, or a secret is missing.

import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { systemPause } from '../adapters/clock/system-pause.ts'
import { openManualPayment } from '../adapters/payments/manual.ts'
import { openStripe } from '../adapters/payments/stripe.ts'
import { openStripeWebhooks } from '../adapters/payments/stripe-webhook.ts'
import { newId } from '../adapters/secret/new-id.ts'
import { openOfferTokens, readOfferKeys } from '../adapters/secret/offer-tokens.ts'
import { openHttpShop } from '../adapters/shops/http.ts'
import { openShopWebhooks } from '../adapters/shops/shop-webhook.ts'
import { AppError } from '../domain/errors.ts'
import type { Settings } from '../domain/settings.ts'
import type { PaymentProvider } from '../ports/payment.ts'
import type { ShopBackEnd } from '../ports/shop.ts'
import type { WebhookReaders } from '../ports/webhooks.ts'
import type { Installation } from './installation.ts'
import { secretsOf } from './secrets-of.ts'

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
      store,
      clock,
      newId,
      pause: systemPause,
      settings: settings.accepting,
      sendsMail: sendsAddOnMail(settings.messaging),
      tokens: openOfferTokens(readOfferKeys(process.env.AFTERCART_OFFER_KEYS, secret)),
      shop: parts.shop ?? openShop(place),
      providers: new Map((parts.providers ?? openProviders(place)).map((one) => [one.name, one])),
    },
    webhooks: parts.webhooks ?? openWebhooks(),
  }
}

/** Klaviyo is told of picks alone, and writes what the shop has set up there. */
function sendsAddOnMail({ emailChannel, addOns }: Settings['messaging']): boolean {
  return addOns && emailChannel !== 'none' && emailChannel !== 'klaviyo'
}

function openProviders({ settings, clock }: Place): readonly PaymentProvider[] {
  const { payment, paymentUrl } = settings.accepting
  if (payment === 'none') return []
  if (payment === 'stripe')
    return [openStripe({ secretKey: secretOf('STRIPE_SECRET_KEY', '"payment": "stripe"') })]
  if (paymentUrl === null) {
    throw new AppError(
      'settings-invalid',
      'The settings say "payment": "manual", which needs "paymentUrl" beside it.',
    )
  }
  const secret = secretOf('AFTERCART_SHOP_SECRET', '"payment": "manual"')
  return [openManualPayment({ url: paymentUrl, secret, clock })]
}

function openShop({ settings, clock }: Place): ShopBackEnd | null {
  const url = settings.accepting.shopUrl
  return url === null
    ? null
    : openHttpShop({ url, secret: secretOf('AFTERCART_SHOP_SECRET', '"shopUrl"'), clock })
}

/** Messages are taken where there is a secret to check them with. */
function openWebhooks(): WebhookReaders {
  const stripe = secretsOf(process.env, 'STRIPE_WEBHOOK_SECRET')
  const shop = secretsOf(process.env, 'AFTERCART_SHOP_SECRET')
  return new Map([
    ...(stripe === null ? [] : [['stripe', openStripeWebhooks(stripe)] as const]),
    ...(shop === null ? [] : [['shop', openShopWebhooks(shop)] as const]),
  ])
}

function secretOf(name: string, setting: string): string {
  const secret = secretsOf(process.env, name)?.[0]
  if (secret !== undefined) return secret
  throw new AppError(
    'settings-invalid',
    `The settings hold ${setting}, but ${name} is not set: put the secret into the environment.`,
  )
}

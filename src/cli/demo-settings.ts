// What the shop of the demo has set: its terms, its bank, and messages that stay in a folder.

import { CONSENT_VERSION, MERCHANT } from '../../examples/shop/add-on-scenes.ts'
import type { AcceptingSettings } from '../domain/accepting-settings.ts'
import type { MeasuringSettings } from '../domain/measuring-settings.ts'
import { defaultMessagingSettings, type MessagingSettings } from '../domain/messaging-settings.ts'
import type { Settings } from '../domain/settings.ts'

/** `origin`: where the demo is served. */
export function demoSettings(settings: Settings, origin: string): Settings {
  const accepting: AcceptingSettings = {
    ...settings.accepting,
    consentVersions: [CONSENT_VERSION],
    returnUrl: `${origin}/shop/orders/{order}/thank-you`,
    cartLink: `${origin}/shop/products/{product}`,
  }
  const flows = Object.entries(defaultMessagingSettings.flows).map(
    ([name, flow]) => [name, { ...flow, on: true }] as const,
  )
  const messaging: MessagingSettings = {
    ...settings.messaging,
    emailChannel: 'outbox',
    confirmations: true,
    flows: Object.fromEntries(flows),
    shopName: MERCHANT,
    legalEntity: MERCHANT,
    supportEmail: 'hello@teasel-thyme.example',
    sender: { name: MERCHANT, address: 'hello@teasel-thyme.example' },
    postalAddress: ['1 Example Street', 'Bristol BS1 1AA', 'United Kingdom'],
    homeUrl: `${origin}/shop`,
    productUrl: `${origin}/shop/products/{product}`,
    orderUrl: `${origin}/shop/orders/{order}/thank-you`,
    publicUrl: origin,
  }
  // Whoever tries the demo is to see an offer, and the one that the guide shows.
  const measuring: MeasuringSettings = { ...settings.measuring, holdOutShare: 0, choice: 'off' }
  return { ...settings, accepting, messaging, measuring }
}

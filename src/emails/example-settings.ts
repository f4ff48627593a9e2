// What a mail needs of the shop, for a preview in a shop that has not said it yet. Comes in: the settings. Goes out: the same
// with examples for what is not set, and the names of these.

import type { MessagingSettings } from '../domain/messaging-settings.ts'

export function withExamples(settings: MessagingSettings): {
  readonly messaging: MessagingSettings
  readonly missing: readonly string[]
} {
  const examples = {
    shopName: 'Your shop',
    sender: { name: 'Your shop', address: 'post@shop.example' },
    supportEmail: 'hello@shop.example',
    postalAddress: ['1 Example Street', 'Example Town'],
    legalEntity: 'Your Company Ltd',
    productUrl: 'https://shop.example/products/{product}',
    orderUrl: 'https://shop.example/orders/{order}',
    publicUrl: 'https://aftercart.example',
  } as const satisfies Partial<MessagingSettings>
  const names = Object.keys(examples) as (keyof typeof examples)[]
  const missing = names.filter((name) => isUnset(settings[name]))
  const filled = Object.fromEntries(missing.map((name) => [name, examples[name]]))
  return { messaging: { ...settings, ...filled }, missing }
}

function isUnset(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

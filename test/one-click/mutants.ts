// Two designs that are known to fail, each made of the real code and one change at its edge. A simulator that does not
// find what they do wrong would prove nothing about the rest.

import type { ModelProvider } from './model-provider.ts'
import type { ModelShop } from './model-shop.ts'

type Mutate = {
  readonly provider: (provider: ModelProvider) => ModelProvider
  readonly shop: (shop: ModelShop) => ModelShop
}

export type MutantName = 'none' | 'one-call' | 'no-audit'

export const mutants: Readonly<Record<MutantName, Mutate>> = {
  none: { provider: (provider) => provider, shop: (shop) => shop },
  /** The payment is made and confirmed in one call with a stable key, and the call is repeated until it is answered. */
  'one-call': {
    shop: (shop) => shop,
    provider: (provider) => ({
      ...provider,
      create(request) {
        const made = provider.create(request)
        return made.kind === 'unconfirmed' ? provider.confirm(made.id) : made
      },
    }),
  },
  /** Nobody looks again after the end: the order is read by the audit alone, and here it never shows a line. */
  'no-audit': {
    provider: (provider) => provider,
    shop: (shop) => ({ ...shop, readOrder: () => ({ ...shop.readOrder(), references: [] }) }),
  },
}

// Two designs that are known to fail, each made of the real code and one change at its edge. A simulator that does not
// find what they do wrong would prove nothing about the rest.

import type { Store } from '../../src/ports/store.ts'
import type { ModelProvider } from './model-provider.ts'

type Mutate = {
  readonly provider: (provider: ModelProvider) => ModelProvider
  readonly store: (store: Store) => Store
}

export type MutantName = 'none' | 'one-call' | 'no-audit'

export const mutants: Readonly<Record<MutantName, Mutate>> = {
  none: { provider: (provider) => provider, store: (store) => store },
  /** The payment is made and confirmed in one call with a stable key, and the call is repeated until it is answered. */
  'one-call': {
    store: (store) => store,
    provider: (provider) => ({
      ...provider,
      create(request) {
        const made = provider.create(request)
        return made.kind === 'unconfirmed' ? provider.confirm(made.id) : made
      },
    }),
  },
  /** Nobody looks again after the end. */
  'no-audit': {
    provider: (provider) => provider,
    store: (store) => ({
      ...store,
      saveAcceptance: (next, entries) =>
        store.saveAcceptance(next.auditsLeft > 0 ? { ...next, auditsLeft: 0, dueAtMs: null } : next, entries),
    }),
  },
}

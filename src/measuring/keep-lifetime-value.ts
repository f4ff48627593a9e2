// Measures what customers are worth once for each history and hold-out, since it takes seconds. Comes in: the margin share,
// and how the history is opened. Goes out: a function to ask. Who asks while it is measured waits for the same answer; what
// failed is measured again when it is next asked.

import type { MeasuringSettings } from '../domain/measuring-settings.ts'
import type { History } from '../ports/history.ts'
import type { Parallel } from '../ports/parallel.ts'
import type { Store } from '../ports/store.ts'
import type { LifetimeValue } from './lifetime-value.ts'
import { measureLifetimeValue } from './measure-lifetime-value.ts'

export type KeepEffects = {
  readonly openHistory: () => Promise<History>
  readonly store: Pick<Store, 'listProducts' | 'listTrialCustomers' | 'holdOutTerms'>
  readonly parallel: Pick<Parallel, 'run' | 'rest'>
}

export function keepLifetimeValue(
  { marginShare }: Pick<MeasuringSettings, 'marginShare'>,
  { openHistory, store, parallel }: KeepEffects,
): () => Promise<LifetimeValue> {
  let kept: { readonly fingerprint: string; readonly value: LifetimeValue } | null = null
  let underway: Promise<LifetimeValue> | null = null

  async function ask(): Promise<LifetimeValue> {
    const products = await store.listProducts()
    const notGoods = products.filter(({ goods }) => goods.kind === 'not-goods').map(({ id }) => id)
    const history = await openHistory()
    try {
      const terms = await store.holdOutTerms()
      const fingerprint = JSON.stringify([await history.appends(), notGoods, marginShare, terms])
      if (kept?.fingerprint === fingerprint) return kept.value
      const value = await measureLifetimeValue({ notGoods, marginShare }, { history, parallel, store })
      kept = { fingerprint, value }
      return value
    } finally {
      await history.close()
      await parallel.rest()
    }
  }

  return () => {
    underway ??= ask().finally(() => {
      underway = null
    })
    return underway
  }
}

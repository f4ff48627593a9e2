// Who can charge the method that paid an order, and that method. Either is null: an order without a saved method, a provider
// that is not (or no longer) set up.

import type { SavedMethod } from '../domain/saved-method.ts'
import type { PaymentProvider } from '../ports/payment.ts'
import type { AcceptingEffects } from './accepting-effects.ts'

export type Paying = { readonly method: SavedMethod; readonly provider: PaymentProvider }

export async function providerOf(
  orderId: string,
  effects: Pick<AcceptingEffects, 'store' | 'providers'>,
): Promise<Paying | null> {
  return payingWith(await effects.store.getSavedMethod(orderId), effects)
}

export function payingWith(
  method: SavedMethod | null,
  { providers }: Pick<AcceptingEffects, 'providers'>,
): Paying | null {
  const provider = method === null ? undefined : providers.get(method.provider)
  return method === null || provider === undefined ? null : { method, provider }
}

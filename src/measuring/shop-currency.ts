// The currency that a shop's figures are in: that of most of its products. Comes in: the plan in hand. Goes out: the code, or
// `null` where no product has a price.

import type { PlanProduct } from '../domain/plan.ts'

type Priced = { readonly products: ReadonlyMap<string, Pick<PlanProduct, 'currency' | 'priceMinor'>> }

export function shopCurrency({ products }: Priced): string | null {
  const counts = new Map<string, number>()
  for (const { currency, priceMinor } of products.values())
    if (priceMinor !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  const [most = null] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? []
  return most
}

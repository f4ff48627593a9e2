// A product of the catalog, as small as it can be: active, priced in pounds, goods. Tests say what they change.

import type { CatalogProduct } from '../src/domain/product.ts'

export function tinyCatalogProduct(
  id: string,
  title: string,
  priceMinor: number,
  more: Partial<CatalogProduct> = {},
): CatalogProduct {
  return {
    id,
    title,
    category: null,
    categoryIsGuess: true,
    brand: null,
    tags: [],
    priceMinor,
    currency: 'GBP',
    imageUrl: null,
    url: null,
    status: 'active',
    stock: null,
    variantGroup: null,
    goods: { kind: 'goods', source: 'derived' },
    firstSoldAtMs: null,
    lastSoldAtMs: null,
    lastsDays: null,
    crossSellIds: [],
    source: 'derived',
    ...more,
  }
}

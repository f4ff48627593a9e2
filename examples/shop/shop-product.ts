// A product as the shop shows it: one that a shopper can buy now, with its title made readable.

import { type CatalogProduct, isBuyable, readableTitle } from '../../src/domain/product.ts'

export type ShopProduct = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number
}

/** Products of another currency are left out: a cart has one. */
export function toShopProducts(products: readonly CatalogProduct[], currency: string): ShopProduct[] {
  return products.flatMap((product) => {
    const { id, title, category, priceMinor, goods } = product
    if (goods.kind !== 'goods' || !isBuyable(product) || priceMinor === null) return []
    if (product.currency !== currency) return []
    return [{ id, title: readableTitle(title), category, priceMinor }]
  })
}

// The shelf: finds products by id, words and category. Order is by how often a product was sold where that is known,
// else by title. Everything is in memory; a few thousand products need no index.

import type { ShopProduct } from './shop-product.ts'

export type Shelf = {
  readonly count: number
  readonly categories: readonly { readonly name: string; readonly count: number }[]
  get(id: string): ShopProduct | undefined
  /** Products that hold every word, in title, category or id. */
  find(wish: { readonly words: string; readonly category: string | null }): readonly ShopProduct[]
  /** What sells best, best first; replaces what was known before. */
  rank(bestIds: readonly string[]): void
}

/** A category with fewer products is still found by search, but has no button of its own. */
const CATEGORY_LEAST = 8

export function fillShelf(products: readonly ShopProduct[]): Shelf {
  const byId = new Map(products.map((product) => [product.id, product]))
  const texts = new Map(
    products.map((product) => [
      product.id,
      `${product.title} ${product.category ?? ''} ${product.id}`.toLowerCase(),
    ]),
  )
  let sorted = [...products].sort(byTitle)
  const counts = new Map<string, number>()
  for (const { category } of products) {
    if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  const categories = [...counts]
    .filter(([, count]) => count >= CATEGORY_LEAST)
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
  return {
    count: products.length,
    categories,
    get: (id) => byId.get(id),
    find({ words, category }) {
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
      return sorted.filter((product) => {
        if (category !== null && product.category !== category) return false
        const text = texts.get(product.id) ?? ''
        return wanted.every((word) => text.includes(word))
      })
    },
    rank(bestIds) {
      const places = new Map(bestIds.map((id, place) => [id, place]))
      const place = (product: ShopProduct): number => places.get(product.id) ?? Number.MAX_SAFE_INTEGER
      sorted = [...products].sort((one, other) => place(one) - place(other) || byTitle(one, other))
    },
  }
}

function byTitle(one: ShopProduct, other: ShopProduct): number {
  return one.title < other.title ? -1 : one.title > other.title ? 1 : 0
}

// What the catalog says of the products that were sold, as numbers on memory that all threads share, so that the counting
// kernel can pass over pairs that say nothing (src/next/label-relation.ts). Goes in: the catalog. Comes out: columns by rank.

import type { CatalogProduct } from '../domain/product.ts'
import type { Kinship } from '../next/label-relation.ts'
import { isServicePlan } from '../next/step-up.ts'
import type { HistoryColumns } from './history-columns.ts'

/** By rank: products with the same number are of one kind; 0 where the catalog names none. */
export type KinColumns = {
  readonly variantGroup: Uint32Array
  readonly category: Uint32Array
  readonly isServicePlan: Uint8Array
}

/** `products` by product number. */
export function kinColumns(
  { productOf, productCount }: HistoryColumns,
  products: readonly Pick<CatalogProduct, 'title' | 'category' | 'variantGroup'>[],
): KinColumns {
  const ranked = Array.from(productOf, (product) => products[product])
  const columns = {
    variantGroup: new Uint32Array(new SharedArrayBuffer(productCount * 4)),
    category: new Uint32Array(new SharedArrayBuffer(productCount * 4)),
    isServicePlan: new Uint8Array(new SharedArrayBuffer(productCount)),
  }
  columns.variantGroup.set(numbered(ranked.map((product) => product?.variantGroup ?? null)))
  columns.category.set(numbered(ranked.map((product) => product?.category ?? null)))
  columns.isServicePlan.set(ranked.map((product) => (product && isServicePlan(product) ? 1 : 0)))
  return columns
}

export function kinshipIn(
  { variantGroup, category, isServicePlan }: KinColumns,
  anchor: number,
  addOn: number,
): Kinship {
  return {
    areForms:
      anchor === addOn || (variantGroup[anchor] !== 0 && variantGroup[anchor] === variantGroup[addOn]),
    areOfOneCategory: category[anchor] !== 0 && category[anchor] === category[addOn],
    addOnIsServicePlan: isServicePlan[addOn] === 1,
  }
}

/** The same text, the same number, from 1 on. */
function numbered(texts: readonly (string | null)[]): readonly number[] {
  const numbers = new Map<string, number>()
  return texts.map((text) => {
    if (text === null) return 0
    const number = numbers.get(text) ?? numbers.size + 1
    numbers.set(text, number)
    return number
  })
}

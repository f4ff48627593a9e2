// The catalog as the orders tell it. Goes in: the order history, and what the catalog holds so far. Comes out: every
// product that was ever sold. What a catalog file or the owner said stays as it is; first and last sale are always those
// of the orders, and a product that no file names gets title, price, category, variants and verdict from its lines.

import type { CatalogProduct, GoodsVerdict } from '../domain/product.ts'
import type { History } from '../ports/history.ts'
import type { Progress } from '../ports/progress.ts'
import { type ProductFacts, productFacts, productTitles } from './catalog-queries.ts'
import { chooseTitle, type UsedTitle } from './choose-title.ts'
import { groupVariants } from './group-variants.ts'
import { guessCategories } from './guess-category.ts'
import { judgeGoods } from './judge-goods.ts'

/**
 * The current price: where the nine latest lines agree, theirs (the price was changed); else the usual one of the last
 * months. A shop with two price lists (Online Retail sells a teacup at 2.95 to most and at 5.79 to some) keeps the one
 * that most lines pay, and one-off prices move nothing. Where no price is usual, the median of the latest.
 */
const PRICE_SETTINGS = { recent_lines: 9, half_life_days: 30, usual_share: 0.25 }

export type CatalogEffects = {
  readonly history: Pick<History, 'rows'>
  readonly known: readonly CatalogProduct[]
  readonly progress: Progress
}

export async function deriveCatalog({ history, known, progress }: CatalogEffects): Promise<CatalogProduct[]> {
  const facts = await history.rows(productFacts, PRICE_SETTINGS)
  progress.fraction(0.6)
  const titles = await readTitles(history)
  progress.fraction(0.8)
  const knownById = new Map(known.map((product) => [product.id, product]))
  const named = facts.map((fact) => ({ ...fact, title: titleOf(fact.id, titles, knownById) }))
  const verdicts = judgeGoods(named)
  const goods = named.filter(({ id }) => verdicts.get(id)?.kind === 'goods')
  const groups = groupVariants(goods)
  const categories = guessCategories(goods)
  return named.map((fact) => {
    const verdict = verdicts.get(fact.id) ?? { kind: 'goods', source: 'derived' }
    const guessed = { group: groups.get(fact.id) ?? null, category: categories.get(fact.id) ?? null }
    return joinKnown(derive(fact, verdict, guessed), knownById.get(fact.id))
  })
}

async function readTitles(
  history: Pick<History, 'rows'>,
): Promise<ReadonlyMap<string, readonly UsedTitle[]>> {
  const byProduct = new Map<string, UsedTitle[]>()
  for (const { productId, ...used } of await history.rows(productTitles, {})) {
    const titles = byProduct.get(productId)
    if (titles === undefined) byProduct.set(productId, [used])
    else titles.push(used)
  }
  return byProduct
}

function titleOf(
  id: string,
  titles: ReadonlyMap<string, readonly UsedTitle[]>,
  known: ReadonlyMap<string, CatalogProduct>,
): string {
  const product = known.get(id)
  if (product?.source === 'catalog-file') return product.title
  return chooseTitle(titles.get(id) ?? []) ?? id
}

type Guessed = { readonly group: string | null; readonly category: string | null }

function derive(
  fact: ProductFacts & { readonly title: string },
  goods: GoodsVerdict,
  guessed: Guessed,
): CatalogProduct {
  const price = fact.priceNowMinor === null ? null : Math.round(fact.priceNowMinor)
  return {
    id: fact.id,
    title: fact.title,
    category: guessed.category,
    categoryIsGuess: guessed.category !== null,
    brand: null,
    tags: [],
    priceMinor: price === 0 ? null : price,
    currency: fact.currency,
    imageUrl: null,
    url: null,
    status: 'active',
    stock: null,
    variantGroup: guessed.group,
    goods,
    firstSoldAtMs: fact.firstSoldAtMs,
    lastSoldAtMs: fact.lastSoldAtMs,
    lastsDays: null,
    crossSellIds: [],
    source: 'derived',
  }
}

/** What was known before, with a new catalog file over it: the owner's verdicts and the sales stay. */
export function mergeCatalogFile(
  known: readonly CatalogProduct[],
  fromFile: readonly CatalogProduct[],
): CatalogProduct[] {
  const merged = new Map(known.map((product) => [product.id, product]))
  for (const product of fromFile) {
    const before = merged.get(product.id)
    const goods = before?.goods.source === 'owner' ? before.goods : product.goods
    const { firstSoldAtMs = null, lastSoldAtMs = null } = before ?? {}
    merged.set(product.id, { ...product, goods, firstSoldAtMs, lastSoldAtMs })
  }
  return [...merged.values()]
}

/** A catalog file knows better than a guess, where it says something; an owner's verdict better than both. */
function joinKnown(derived: CatalogProduct, known: CatalogProduct | undefined): CatalogProduct {
  if (known === undefined) return derived
  const { firstSoldAtMs, lastSoldAtMs } = derived
  if (known.source === 'catalog-file') {
    const goods = known.goods.source === 'derived' ? derived.goods : known.goods
    const { category, categoryIsGuess } = known.category === null || known.categoryIsGuess ? derived : known
    const variantGroup = known.variantGroup ?? derived.variantGroup
    return { ...known, goods, category, categoryIsGuess, variantGroup, firstSoldAtMs, lastSoldAtMs }
  }
  return known.goods.source === 'owner' ? { ...derived, goods: known.goods } : derived
}

// A plan with its products as the catalog has them today: what was sold out, discontinued or repriced since the plan was
// made is so in the next decision, not after the next mining. Comes in: a plan and the catalog. Goes out: a plan that
// shares all else. A product that is new since stands in it without counts, so that a curated or approved pairing may
// name it. Titles in need sentences stay those of the plan.

import type { Plan, PlanProduct } from '../domain/plan.ts'
import { type CatalogProduct, whyOffSale } from '../domain/product.ts'
import { attributesOf } from '../domain/product-attributes.ts'

export function withCatalog(plan: Plan, catalog: readonly CatalogProduct[]): Plan {
  const products = new Map(plan.products)
  const attributes = attributesThatMatter(plan)
  for (const product of catalog) {
    const planned = inCatalog(product, products.get(product.id))
    const own =
      attributes.size === 0
        ? []
        : attributesOf(product)
            .map((one) => attributes.get(one))
            .filter((one) => one !== undefined)
    products.set(product.id, own.length === 0 ? planned : { ...planned, attributes: own })
  }
  return { ...plan, products }
}

/** Each is one string in the whole plan, not one for every product that has it. */
function attributesThatMatter({ categoryPairings }: Plan): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const list of categoryPairings.values())
    for (const { shared } of list) for (const [attribute] of shared ?? []) named.set(attribute, attribute)
  return named
}

/** What the catalog says of a product, beside what was counted of it. */
export function inCatalog(product: CatalogProduct, counted: PlanProduct = unknownProduct): PlanProduct {
  const offSale = whyOffSale(product)
  const { offSale: _, attributes: __, ...counts } = counted
  return {
    ...counts,
    id: product.id,
    title: product.title,
    category: product.category,
    priceMinor: product.priceMinor,
    currency: product.currency,
    imageUrl: product.imageUrl,
    url: product.url,
    buyable: offSale === null,
    goods: product.goods.kind === 'goods',
    variantGroup: product.variantGroup,
    ...(offSale === null ? {} : { offSale }),
  }
}

/** Of which neither the catalog nor the counts say anything. */
export const unknownProduct: PlanProduct = {
  id: '',
  title: '',
  category: null,
  priceMinor: null,
  currency: '',
  imageUrl: null,
  url: null,
  buyable: false,
  goods: false,
  variantGroup: null,
  orders: 0,
  ordersWeight: 0,
  customers: 0,
  durable: false,
  refill: null,
  takenUp: 0,
}

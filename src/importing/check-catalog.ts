// Is the catalog fit to make offers from? Comes in: the products, and the plan where there is one. Goes out: problems,
// each with what to do. What concerns half of the goods or more is one problem of the whole catalog, said once with
// examples: four thousand rows that say "no image" tell a shopkeeper nothing. Nor do many small ones of a kind.

import type { Plan } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { type CatalogView, catalogChecks, type Finding } from './catalog-checks.ts'

export type CatalogProblem = {
  readonly problem: string
  readonly title: string
  /** `null` where the problem is one of the whole catalog. */
  readonly product: string | null
  readonly productTitle: string | null
  readonly detail: string
  readonly fix: string
  /** How many products this row speaks of. */
  readonly products: number
}

/** From this share of all goods on, it is a trait of the catalog and no list. */
const WHOLE_CATALOG = 0.5
/** Up to this many are named one by one in any case. */
const FEW = 20
const EXAMPLES = 3

export function checkCatalog(
  products: readonly CatalogProduct[],
  plan: Plan | null,
): readonly CatalogProblem[] {
  const view = viewOf(products, plan)
  return catalogChecks.flatMap(({ problem, title, fix, minorAre, find }): CatalogProblem[] => {
    const found = find(view)
    const row = ({ product, detail }: Finding): CatalogProblem => {
      const productTitle = view.byId.get(product)?.title ?? null
      return { problem, title, product, productTitle, detail, fix, products: 1 }
    }
    const once = (some: readonly Finding[], are = ''): CatalogProblem => {
      const detail = sayOnce(some, are, view)
      return { problem, title, product: null, productTitle: null, detail, fix, products: some.length }
    }
    const minor = found.filter((one) => one.minor === true)
    const listed = minor.length > FEW ? found.filter((one) => one.minor !== true) : found
    const rest = minor.length > FEW ? [once(minor, minorAre)] : []
    const whole = listed.length > FEW && listed.length >= view.goods.length * WHOLE_CATALOG
    return [...(whole ? [once(listed)] : listed.map(row)), ...rest]
  })
}

const count = (value: number): string => value.toLocaleString('en')

function sayOnce(found: readonly Finding[], are: string, { goods, byId }: CatalogView): string {
  const alike = found.every(({ detail }) => detail === found[0]?.detail)
  const examples = found.slice(0, EXAMPLES).map(({ product, detail }) => {
    const name = `${product} "${byId.get(product)?.title ?? ''}"`
    return alike ? name : `${name} (${detail})`
  })
  const share =
    found.length === goods.length
      ? `all ${count(goods.length)}`
      : `${count(found.length)} of ${count(goods.length)}`
  return `${share} products${are === '' ? '' : ` ${are}`}, such as ${examples.join('; ')}`
}

function viewOf(products: readonly CatalogProduct[], plan: Plan | null): CatalogView {
  const soldOf = (id: string): number => plan?.products.get(id)?.orders ?? 0
  const byId = new Map(products.map((product) => [product.id, product]))
  const live = [...(plan?.pairings.values() ?? [])].flat().filter(({ verdict }) => verdict.status === 'live')
  const anchorsOf = new Map<string, number>()
  for (const { addOn } of live) anchorsOf.set(addOn, (anchorsOf.get(addOn) ?? 0) + 1)
  return {
    goods: products
      .filter(({ goods }) => goods.kind === 'goods')
      .sort((one, other) => soldOf(other.id) - soldOf(one.id) || (one.id < other.id ? -1 : 1)),
    byId,
    live: live.sort((one, other) => soldOf(other.anchor) - soldOf(one.anchor)),
    anchorsOf,
  }
}

// New products get a chance: what hardly anybody has bought yet stands behind the add-ons of a category that orders
// show, chosen by title and category (kindred.ts), and by a brand or tag that they share with the anchor where the shop's
// completions show that this matters (learn-sharing.ts). Comes in: the catalog, the products of the plan, what
// category pairings are made of, the days that the history covers. Goes out: per anchor category a few newcomers, best
// first, and those that stand only for anchors with an attribute of theirs (order-newcomers.ts).
// Never one of the category's own kind, nor one whose kind has not been bought with it in enough orders. Categories that
// were guessed from titles seat nobody. What can go wrong: a product that sold well elsewhere before counts as new.

import { DAY_MS } from '../domain/instant.ts'
import type { CategoryPairing, PlanProduct } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { attributesOf } from '../domain/product-attributes.ts'
import { type CategoryCounts, openKindred } from './kindred.ts'
import { ORDERS_TOGETHER_MIN } from './label-relation.ts'
import { learnSharing } from './learn-sharing.ts'
import { isServicePlan } from './step-up.ts'

/** From as many orders on a product is judged by them like all others. */
const NEWCOMER_ORDERS_MAX = ORDERS_TOGETHER_MIN
/** Sold for the first time within these days, by a history that reaches back as long again. */
const NEWCOMER_DAYS = 90
const NEWCOMERS_PER_CATEGORY = 3
/** Beside these, for anchors of the category that share an attribute. */
const WAITING_PER_CATEGORY = 30
/** Of more newcomers the last to arrive are looked at: a whole catalog that never sold is not news. */
const NEWCOMERS_MAX = 1000
/** Titles of a category that speak for it, most ordered first. */
const TITLES_PER_CATEGORY = 20

export type Span = { readonly historyFromAtMs: number; readonly historyToAtMs: number }
/** Live add-ons by anchor, with the orders that hold both. */
type Completions = ReadonlyMap<string, readonly { readonly addOn: string; readonly orders: number }[]>
type Newcomer = CatalogProduct & { readonly category: string }
type Seat = Omit<CategoryPairing, 'score'>

/** Per anchor category; `ordersTogether` are those of the newcomer's category, the score is for the caller to set. */
export function seatNewcomers(
  catalog: readonly CatalogProduct[],
  products: ReadonlyMap<string, PlanProduct>,
  completions: Completions,
  span: Span,
): ReadonlyMap<string, readonly Seat[]> {
  const newcomers = catalog
    .filter((product) => isNewcomer(product, products.get(product.id), span))
    .sort((one, other) => arrival(other) - arrival(one) || (one.id < other.id ? -1 : 1))
    .slice(0, NEWCOMERS_MAX)
  if (newcomers.length === 0) return new Map()
  const counts = countCategories(products, completions)
  const scoresFor = openKindred(
    newcomers,
    counts,
    [...products.values()].map(({ title }) => title),
  )
  const titles = titlesOf(products, counts)
  const sharedBy = openShared(newcomers, catalog, completions)
  return new Map(
    [...counts].flatMap(([category, others]) => {
      const fitting = [...newcomers.entries()].filter(
        ([, { category: own }]) => own !== category && (others.get(own) ?? 0) >= ORDERS_TOGETHER_MIN,
      )
      if (fitting.length === 0) return []
      const scores = scoresFor({ title: (titles.get(category) ?? []).join(' '), category })
      const ranked = fitting
        .map(
          ([place, newcomer]): Ranked => ({
            addOn: newcomer.id,
            ordersTogether: others.get(newcomer.category) ?? 0,
            kindred: scores[place] ?? 0,
            shared: sharedBy(category, newcomer),
          }),
        )
        .sort((one, other) => other.kindred - one.kindred || (one.addOn < other.addOn ? -1 : 1))
      return [[category, seat(ranked).map((one): Seat => ({ category, ...one }))] as const]
    }),
  )
}

type Ranked = Omit<Seat, 'category'> & Required<Pick<CategoryPairing, 'kindred' | 'shared'>>

/** The best for all anchors, and behind them those that may come before these where an attribute is shared. */
function seat(ranked: readonly Ranked[]): readonly Omit<Seat, 'category'>[] {
  const seated = ranked.slice(0, NEWCOMERS_PER_CATEGORY)
  const last = seated.at(-1)?.kindred ?? 0
  const byAttribute = new Map<string, { readonly one: Ranked; readonly speaks: number }[]>()
  for (const one of ranked.slice(NEWCOMERS_PER_CATEGORY)) {
    for (const [attribute, lnOdds] of one.shared) {
      const speaks = one.kindred + lnOdds
      const list = byAttribute.get(attribute) ?? []
      if (speaks > last) list.push({ one, speaks })
      byAttribute.set(attribute, list)
    }
  }
  const best = [...byAttribute.values()].flatMap((list) =>
    list.sort((one, other) => other.speaks - one.speaks).slice(0, NEWCOMERS_PER_CATEGORY),
  )
  const waiting = new Set(
    best
      .sort((one, other) => other.speaks - one.speaks || (one.one.addOn < other.one.addOn ? -1 : 1))
      .map(({ one }) => one),
  )
  const all = [...seated, ...[...waiting].slice(0, WAITING_PER_CATEGORY)]
  // Where no attribute matters nothing is said of any.
  if (all.every(({ shared }) => shared.length === 0))
    return seated.map(({ addOn, ordersTogether }) => ({ addOn, ordersTogether, newcomer: true }))
  return all.map(({ addOn, ordersTogether, kindred, shared }, place) => ({
    ...{ addOn, ordersTogether, newcomer: true as const, kindred: rounded(kindred) },
    ...(shared.length === 0 ? {} : { shared }),
    ...(place < seated.length ? {} : { waits: true as const }),
  }))
}

/** No order hangs on more, and a plan with many categories and brands is read sooner. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** What anchors of a category have as well as a newcomer, and what that says. */
function openShared(
  newcomers: readonly Newcomer[],
  catalog: readonly CatalogProduct[],
  completions: Completions,
): (category: string, newcomer: Newcomer) => Ranked['shared'] {
  const attributes = new Map(newcomers.map((one) => [one.id, attributesOf(one)]))
  const lnOddsOf = learnSharing(catalog, completions, new Set([...attributes.values()].flat()))
  if (lnOddsOf === null) return () => []
  const ofCategory = attributesByCategory(catalog)
  return (category, { id, category: own }) =>
    (attributes.get(id) ?? [])
      .filter((attribute) => ofCategory.get(category)?.has(attribute))
      .map((attribute) => [attribute, rounded(lnOddsOf(category, own, attribute))] as const)
      .filter(([, lnOdds]) => lnOdds > 0)
}

function attributesByCategory(catalog: readonly CatalogProduct[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const product of catalog) {
    if (product.category === null) continue
    const known = found.get(product.category) ?? new Set<string>()
    found.set(product.category, known)
    for (const attribute of attributesOf(product)) known.add(attribute)
  }
  return found
}

function isNewcomer(
  product: CatalogProduct,
  planned: PlanProduct | undefined,
  { historyFromAtMs, historyToAtMs }: Span,
): product is Newcomer {
  if (!planned?.goods || !planned.buyable || planned.orders >= NEWCOMER_ORDERS_MAX) return false
  if (product.category === null || product.categoryIsGuess || isServicePlan(planned)) return false
  const { firstSoldAtMs } = product
  if (firstSoldAtMs === null) return product.source === 'catalog-file'
  const sinceMs = historyToAtMs - NEWCOMER_DAYS * DAY_MS
  const isKnown = historyFromAtMs <= sinceMs - NEWCOMER_DAYS * DAY_MS
  return isKnown && firstSoldAtMs >= sinceMs && firstSoldAtMs <= historyToAtMs
}

/** What never sold has no date: it stands behind those that were sold lately. */
const arrival = ({ firstSoldAtMs }: CatalogProduct): number => firstSoldAtMs ?? 0

function titlesOf(
  products: ReadonlyMap<string, PlanProduct>,
  counts: CategoryCounts,
): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, string[]>()
  for (const { category, title } of [...products.values()].sort((one, other) => other.orders - one.orders)) {
    if (category === null || !counts.has(category)) continue
    const list = titles.get(category)
    if (list === undefined) titles.set(category, [title])
    else if (list.length < TITLES_PER_CATEGORY) list.push(title)
  }
  return titles
}

/** Orders of live completions between two categories, summed over their products. */
function countCategories(
  products: ReadonlyMap<string, Pick<PlanProduct, 'category'>>,
  completions: Completions,
): CategoryCounts {
  const counts = new Map<string, Map<string, number>>()
  for (const [anchor, addOns] of completions) {
    const category = products.get(anchor)?.category ?? null
    if (category === null) continue
    const others = counts.get(category) ?? new Map<string, number>()
    counts.set(category, others)
    for (const { addOn, orders } of addOns) {
      const other = products.get(addOn)?.category ?? null
      if (other !== null) others.set(other, (others.get(other) ?? 0) + orders)
    }
  }
  return counts
}

/** Each newcomer stands behind all that orders show: it is offered where nothing proven may be. */
export function withNewcomers(
  proven: ReadonlyMap<string, readonly CategoryPairing[]>,
  newcomers: ReadonlyMap<string, readonly Seat[]>,
): ReadonlyMap<string, readonly CategoryPairing[]> {
  if (newcomers.size === 0) return proven
  return new Map(
    [...proven].map(([category, list]) => {
      const known = new Set(list.map(({ addOn }) => addOn))
      const added = (newcomers.get(category) ?? []).filter(({ addOn }) => !known.has(addOn))
      const least = list.at(-1)?.score ?? 0
      return [
        category,
        [
          ...list,
          ...added.map((one, place) => ({ ...one, score: one.waits ? 0 : least / 2 ** (place + 1) })),
        ],
      ] as const
    }),
  )
}

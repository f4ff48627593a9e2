// What may be wrong with a catalog and the pairings over it, one pure check each. Comes in: the goods of the catalog, most
// sold first, and how the plan uses them. Goes out: the products concerned, each with a sentence. Products that are no
// goods (postage, fees) are passed over: they are offered to nobody.

import { DAY_MS, isoDate } from '../domain/instant.ts'
import { formatMoney } from '../domain/money.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { wordsOf } from '../domain/title-words.ts'
import { capitalsAreUsual, findNote } from './internal-note.ts'

export type CatalogView = {
  /** Goods, most sold first. */
  readonly goods: readonly CatalogProduct[]
  readonly byId: ReadonlyMap<string, CatalogProduct>
  /** Live pairings, best of each anchor first. */
  readonly live: readonly Pairing[]
  /** Of how many anchors a product is a live add-on. */
  readonly anchorsOf: ReadonlyMap<string, number>
}

export type Finding = {
  readonly product: string
  readonly detail: string
  /** Worth a look where there are few; of many, one sentence is enough. */
  readonly minor?: boolean
}

export type CatalogCheck = {
  readonly problem: string
  /** As a heading over its list. */
  readonly title: string
  readonly fix: string
  /** What is true of its minor findings, where it has such. */
  readonly minorAre?: string
  readonly find: (view: CatalogView) => readonly Finding[]
}

/** A product that was not sold for this long is taken for gone where the catalog does not say. */
const GONE_DAYS = 365

const each =
  (why: (product: CatalogProduct, view: CatalogView) => string | null): CatalogCheck['find'] =>
  (view) =>
    view.goods.flatMap((product) => {
      const detail = why(product, view)
      return detail === null ? [] : [{ product: product.id, detail }]
    })

export const catalogChecks: readonly CatalogCheck[] = [
  {
    problem: 'missing-price',
    title: 'No price',
    fix: 'Give it a price in the catalog file; until then it is never offered.',
    find: each(({ priceMinor }) => (priceMinor === null || priceMinor <= 0 ? 'no price' : null)),
  },
  {
    problem: 'missing-title',
    title: 'No title',
    fix: 'Give it the name that customers know; an offer shows it.',
    find: each(({ id, title }) => (title.trim() === '' || title.trim() === id ? 'no title' : null)),
  },
  {
    problem: 'internal-note',
    title: 'Title reads as an internal note',
    fix: 'Write the name that customers know; if it is not for sale: aftercart products --mark-not-goods <id>.',
    find: (view) => {
      const capitals = capitalsAreUsual(view.goods.map(({ title }) => title))
      return each(({ id, title }) => {
        return title.trim() === id ? null : findNote(title, id, capitals)
      })(view)
    },
  },
  {
    problem: 'duplicate-id',
    title: 'Ids that differ only in capitals or spaces',
    fix: 'They are most likely one product: write its id in one way in the shop, so that its orders count together.',
    find: ({ goods }) =>
      findDoubles(
        goods,
        ({ id }) => foldId(id),
        () => false,
      ),
  },
  {
    problem: 'duplicate',
    title: 'Several products with one title',
    fix: 'If they are one product, give them one id; if they are forms of one, say so in their titles or group them as variants.',
    find: ({ goods }) => findDoubles(goods, titleKey, toldApart),
  },
  {
    problem: 'sold-out',
    title: 'Sold out, but in live pairings',
    fix: 'Restock it, or leave it: it is not offered while it is out, and the next best takes its place.',
    find: each(({ id, status, stock }, view) =>
      status === 'active' && stock === 0 ? inPairings(id, view, 'none in stock') : null,
    ),
  },
  {
    problem: 'discontinued',
    title: 'No longer on sale, but in live pairings',
    fix: 'Nothing if it is gone for good: it is not offered, and mining drops it as its orders grow old. Else set it active again.',
    find: each(({ id, status }, view) =>
      status === 'active' ? null : inPairings(id, view, `its status is "${status}"`),
    ),
  },
  {
    problem: 'not-sold-lately',
    title: 'Not sold for a year, but in live pairings',
    fix: 'If it has left the shop, import a catalog file that says so; the catalog that orders tell cannot know.',
    find: (view) => {
      const newestMs = Math.max(...view.goods.map(({ lastSoldAtMs }) => lastSoldAtMs ?? 0))
      return each(({ id, status, stock, lastSoldAtMs, source }) =>
        source === 'derived' &&
        status === 'active' &&
        stock === null &&
        lastSoldAtMs !== null &&
        newestMs - lastSoldAtMs > GONE_DAYS * DAY_MS
          ? inPairings(id, view, `last sold ${isoDate(lastSoldAtMs)}`)
          : null,
      )(view)
    },
  },
  {
    problem: 'chosen-price-inversion',
    title: 'Chosen by hand, but dearer than its anchor',
    fix: 'Choose a cheaper add-on; this one passes the price ceiling in large orders only.',
    find: (view) => findInversions(view, ({ source }) => source !== 'mined'),
  },
  {
    problem: 'price-inversion',
    title: 'Add-on dearer than its anchor',
    fix: 'Check the two prices. If they are right, add a cheaper pairing (aftercart pairings add); the price ceiling keeps the dear one out of small orders.',
    minorAre: 'have a dearer add-on and cheaper ones too',
    find: (view) => findInversions(view, ({ source }) => source === 'mined'),
  },
  {
    problem: 'unknown-sku',
    title: 'In orders, but not in the catalog file',
    fix: 'Add it to the catalog file, or check how the shop writes its ids; title and price are guessed from orders until then.',
    find: (view) =>
      view.goods.some(({ source }) => source === 'catalog-file')
        ? each(({ source, lastSoldAtMs }) => {
            const last = lastSoldAtMs === null ? '' : `, last ${isoDate(lastSoldAtMs)}`
            return source === 'derived' ? `orders hold it${last}; the catalog file does not` : null
          })(view)
        : [],
  },
  {
    problem: 'missing-image',
    title: 'No image',
    fix: 'Add an image address to the catalog file; an offer with a picture is seen.',
    find: each(({ imageUrl }) => (imageUrl === null ? 'no image' : null)),
  },
]

/** A problem only for products that pairings would offer. */
function inPairings(id: string, { anchorsOf }: CatalogView, why: string): string | null {
  const anchors = anchorsOf.get(id) ?? 0
  return anchors === 0 ? null : `${why}; an add-on of ${anchors} ${anchors === 1 ? 'product' : 'products'}`
}

const titleKey = ({ id, title }: CatalogProduct): string => (title === id ? '' : wordsOf(title).join(' '))

const foldId = (id: string): string => id.toLowerCase().replace(/[\s_-]+/g, '')

/**
 * Forms that the shop's own catalog groups may share a title; a group that was guessed from titles proves nothing.
 * Ids that differ in capitals only are a problem of their own.
 */
function toldApart(products: readonly CatalogProduct[]): boolean {
  const [first] = products
  const forms = products.every(
    ({ source, variantGroup }) =>
      source === 'catalog-file' && variantGroup !== null && variantGroup === first?.variantGroup,
  )
  return forms || products.every(({ id }) => foldId(id) === foldId(first?.id ?? ''))
}

/** One finding per key that several products have, at the most sold of them. */
function findDoubles(
  goods: readonly CatalogProduct[],
  keyOf: (product: CatalogProduct) => string,
  allowed: (products: readonly CatalogProduct[]) => boolean,
): readonly Finding[] {
  return [...Map.groupBy(goods, keyOf)].flatMap(([key, products]) => {
    const [first, ...others] = products
    if (key === '' || first === undefined || others.length === 0 || allowed(products)) return []
    const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : ''
    return [{ product: first.id, detail: `also ${others.slice(0, SHOWN).map(describe).join(', ')}${more}` }]
  })
}

const SHOWN = 4

function describe({ id, priceMinor, currency, lastSoldAtMs }: CatalogProduct): string {
  const facts = [
    priceMinor === null ? 'no price' : formatMoney({ amountMinor: priceMinor, currency }),
    lastSoldAtMs === null ? 'never sold' : `last sold ${isoDate(lastSoldAtMs)}`,
  ]
  return `${id} (${facts.join(', ')})`
}

/** At most one per anchor, its strongest; minor where the anchor has a cheaper add-on too. Refills cost the same. */
function findInversions(
  { live, byId }: CatalogView,
  concerns: (pairing: Pairing) => boolean,
): readonly Finding[] {
  const perAnchor = Map.groupBy(
    live.filter((pairing) => pairing.anchor !== pairing.addOn && pairing.priceRatio !== null),
    ({ anchor }) => anchor,
  )
  return [...perAnchor].flatMap(([anchor, pairings]) => {
    const dearer = pairings.filter(({ priceRatio }) => (priceRatio ?? 0) > 1)
    const strongest = dearer.find(concerns)
    if (strongest === undefined) return []
    const minor = strongest.source === 'mined' && dearer.length < pairings.length
    const addOn = byId.get(strongest.addOn)
    const times = (strongest.priceRatio ?? 0).toFixed(1)
    const detail = `${strongest.addOn} "${addOn?.title ?? ''}" costs ${times} times as much`
    const others = minor
      ? ''
      : pairings.length === 1
        ? ', and it has no other add-on'
        : ', and all of its other add-ons are dearer too'
    return [{ product: anchor, detail: strongest.source === 'mined' ? `${detail}${others}` : detail, minor }]
  })
}

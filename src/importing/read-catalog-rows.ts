// The rows of a catalog file as products. Goes in: rows of text, field by field. Comes out: one product per id, and the
// rows that are none, with a reason. A row without a readable price is kept, since its title and category still count;
// it is never offered; nor is one whose price is in another currency than the orders. Rows that only carry a further picture, and parents of variations, are no products and say so.

import { parseAmount } from '../domain/money.ts'
import { ID_LENGTH_MAX } from '../domain/order.ts'
import type { CatalogProduct, ProductStatus } from '../domain/product.ts'
import type { RejectedRows } from '../ports/order-files.ts'
import type { CatalogField, KnownCatalog } from './known-catalogs.ts'
import { categoriesOf, readAttributes, type TagField } from './tag-columns.ts'

export type CatalogRow = Readonly<Record<CatalogField, string | null>> & {
  readonly tagFields: readonly TagField[]
}

export type ReadCatalog = {
  readonly products: readonly CatalogProduct[]
  readonly rejected: readonly RejectedRows[]
  /** Products that name more tags, or longer ones, than are kept. */
  readonly tagsCut: readonly string[]
}

export function readCatalogRows(
  rows: readonly CatalogRow[],
  knownCatalog: KnownCatalog,
  currency: string,
): ReadCatalog {
  const filled = knownCatalog.fillsDownByGroup ? fillDown(rows) : rows
  const forms = countForms(filled)
  const idByOther = new Map(filled.map((row) => [`id:${row.otherId}`, row.id ?? '']))
  const parents = parentsOf(filled)
  const tagsCut: string[] = []
  const products = new Map<string, CatalogProduct>()
  const rejected = new Map<string, RejectedRows>()
  for (const row of filled) {
    const id = idOf(row, knownCatalog, forms)
    const reason = reasonAgainst(row, id, products)
    if (reason === null && id !== null) {
      const parent = parents.get(row.parent ?? '') ?? null
      const product = productOf(row, id, { currency, forms, idByOther, parent })
      const attributes = readAttributes(row, parent, product.category, knownCatalog.listsBrands)
      if (attributes.cut) tagsCut.push(id)
      products.set(id, { ...product, brand: attributes.brand, tags: attributes.tags })
      continue
    }
    const known = rejected.get(reason ?? '')
    const example = [row.group, row.id, row.title].filter(Boolean).join(', ').slice(0, 200)
    rejected.set(reason ?? '', {
      reason: reason ?? '',
      rows: (known?.rows ?? 0) + 1,
      example: known?.example ?? example,
    })
  }
  return { products: [...products.values()], rejected: [...rejected.values()], tagsCut }
}

/** Variations name the row above them by its SKU or as "id:10"; category, brand and tags stand there. */
function parentsOf(rows: readonly CatalogRow[]): ReadonlyMap<string, CatalogRow> {
  const named = new Set(rows.map(({ parent }) => parent))
  return new Map(
    rows.flatMap((row) =>
      [row.id ?? '', `id:${row.otherId}`]
        .filter((name) => named.has(name))
        .map((name) => [name, row] as const),
    ),
  )
}

/** Title, category, brand, tags, picture and status stand on the first row of a handle. */
function fillDown(rows: readonly CatalogRow[]): CatalogRow[] {
  const firsts = new Map<string, CatalogRow>()
  return rows.map((row) => {
    const first = firsts.get(row.group ?? '')
    if (first === undefined) {
      firsts.set(row.group ?? '', row)
      return row
    }
    const { title, category, status, published } = first
    return {
      ...row,
      title: row.title ?? title,
      category: row.category ?? category,
      brand: row.brand ?? first.brand,
      tagFields: row.tagFields.some(({ text }) => text !== null) ? row.tagFields : first.tagFields,
      status: row.status ?? status,
      published: row.published ?? published,
      image: row.image ?? first.image,
    }
  })
}

/** A row that only adds a picture has neither an id nor a price of its own. */
function isForm(row: CatalogRow): boolean {
  return row.id !== null || row.price !== null
}

function countForms(rows: readonly CatalogRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const group = row.group ?? row.parent
    if (group !== null && isForm(row)) counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  return counts
}

function idOf(
  row: CatalogRow,
  knownCatalog: KnownCatalog,
  forms: ReadonlyMap<string, number>,
): string | null {
  if (row.id !== null) return row.id
  if (!knownCatalog.joinsTitleAndForm || row.title === null || row.price === null) return null
  const several = (forms.get(row.group ?? '') ?? 1) > 1
  return several && row.formName !== null ? `${row.title} - ${row.formName}` : row.title
}

function reasonAgainst(
  row: CatalogRow,
  id: string | null,
  products: ReadonlyMap<string, CatalogProduct>,
): string | null {
  if (row.kind !== null && /^variable\b/.test(row.kind))
    return 'the row is the parent of variations, not a product'
  if (!isForm(row)) return 'the row only adds a picture'
  if (id === null) return 'the row has no SKU or id'
  if ([...id].length > ID_LENGTH_MAX) return `the id is longer than ${ID_LENGTH_MAX} characters`
  if (row.title === null) return 'the row has no title'
  return products.has(id) ? 'the row names a SKU for the second time' : null
}

/** Characters; the longest titles that shops allow have 255. */
const TITLE_MAX = 300
/** Characters; no rule can name a longer one. */
const CATEGORY_MAX = 200

type Context = {
  readonly currency: string
  readonly forms: ReadonlyMap<string, number>
  readonly idByOther: ReadonlyMap<string, string>
  /** The row of which this one is a variation. */
  readonly parent: CatalogRow | null
}

function productOf(
  row: CatalogRow,
  id: string,
  { currency, forms, idByOther, parent }: Context,
): Omit<CatalogProduct, 'brand' | 'tags'> {
  const group = row.group ?? row.parent
  const title = [...(row.title ?? id).replace(/\s+/g, ' ')].slice(0, TITLE_MAX).join('')
  const formed = forms.get(group ?? '') ?? 1
  const named = formed > 1 && row.formName !== null && !title.includes(row.formName)
  const category = lastOfPath(row.category ?? parent?.category ?? null)
  const stock = row.stock === null ? Number.NaN : Number(row.stock)
  return {
    id,
    title: named ? `${title} - ${row.formName}` : title,
    category,
    categoryIsGuess: false,
    priceMinor: readPrice(row, currency),
    currency,
    imageUrl: webAddress(row.image?.split(/,\s*/)[0] ?? null),
    url: webAddress(row.url),
    status: readStatus(row),
    stock: Number.isFinite(stock) ? Math.max(0, Math.trunc(stock)) : null,
    variantGroup: group !== null && formed > 1 ? idByOther.get(group) || group : null,
    goods: /^\s*gift cards?\s*$/i.test(category ?? '')
      ? { kind: 'not-goods', reason: 'The catalog calls it a gift card.', source: 'catalog' }
      : { kind: 'goods', source: 'derived' },
    firstSoldAtMs: null,
    lastSoldAtMs: null,
    lastsDays: readDays(row.lastsDays),
    crossSellIds: (row.crossSells ?? '')
      .split(/[,;|]\s*/)
      .map((name) => idByOther.get(name.trim()) || name.trim())
      .filter((name) => name !== '' && name !== id),
    source: 'catalog-file',
  }
}

/** "Clothing > Shirts, Sale" is a shirt. */
function lastOfPath(category: string | null): string | null {
  const [first = ''] = categoriesOf(category)
  return [...first].slice(0, CATEGORY_MAX).join('').trim() || null
}

/** Signs of one currency alone; a dollar, a pound, a yen stand for several, but not for these. */
const signs: Readonly<Record<string, (currency: string) => boolean>> = {
  '€': (currency) => currency === 'EUR',
  $: (currency) => !['EUR', 'GBP'].includes(currency),
  '£': (currency) => !['EUR', 'USD'].includes(currency),
  '¥': (currency) => ['JPY', 'CNY'].includes(currency),
}

/** "15.00 USD" is no price in euros: better none than a wrong one. */
function isOther(text: string, currency: string): boolean {
  const named = /^\s*([A-Z]{3})(?![A-Z])|(?<![A-Z])([A-Z]{3})\s*$/i.exec(text)
  const code = (named?.[1] ?? named?.[2] ?? currency).toUpperCase()
  return (
    code !== currency || Object.entries(signs).some(([sign, fits]) => text.includes(sign) && !fits(currency))
  )
}

function readPrice({ price: text, currency: column }: CatalogRow, currency: string): number | null {
  if (text === null || isOther(text, currency) || (column !== null && isOther(column, currency))) return null
  const plain = text.replace(/[\s\u00a0£$€¥]|[A-Z]{3}$|^[A-Z]{3}/g, '')
  const pointed = /,\d{1,2}$/.test(plain)
    ? plain.replaceAll('.', '').replace(',', '.')
    : plain.replaceAll(',', '')
  const amount = parseAmount(pointed, currency)
  return amount === null || amount <= 0 ? null : amount
}

/** "30", "30 days", "4 weeks": more than a day, less than three years. */
function readDays(text: string | null): number | null {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(d|days?|w|weeks?|months?)?\s*$/i.exec(text ?? '')
  if (found === null) return null
  const unit = found[2]?.[0]?.toLowerCase() ?? 'd'
  const days = Number(found[1]?.replace(',', '.')) * (unit === 'w' ? 7 : unit === 'm' ? 30 : 1)
  return days >= 1 && days <= 1095 ? days : null
}

/** Only whole web addresses are kept: a bare file name shows nothing to a shopper. */
function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\/\S+$/.test(text) ? text : null
}

const activeWords = new Set([
  'active',
  'published',
  'publish',
  'in stock',
  'in_stock',
  'instock',
  'available',
])
const archivedWords = new Set(['archived', 'deleted', 'discontinued', 'rejected'])

function readStatus(row: CatalogRow): ProductStatus {
  const status = row.status?.toLowerCase() ?? null
  if (status !== null && archivedWords.has(status)) return 'archived'
  if (status !== null && !activeWords.has(status)) return 'draft'
  const published = row.published?.toLowerCase() ?? 'true'
  return published === 'false' || published === '0' || published === '-1' ? 'draft' : 'active'
}

// Which column of a catalog file means what. Goes in: the column names and the shop's currency where it is known. Comes
// out: the kind of catalog, the sources of each field, and the currency of its prices. A file that fits nothing is
// `columns-not-recognised`; one whose prices have no currency asks for it (`invalid-argument`).

import { AppError } from '../domain/errors.ts'
import { findSources, foldName } from './find-sources.ts'
import { type CatalogField, catalogFields, type KnownCatalog, knownCatalogs } from './known-catalogs.ts'
import { findTagColumns, type TagColumn } from './tag-columns.ts'

export type RecognisedCatalog = {
  readonly knownCatalog: KnownCatalog
  readonly sources: Readonly<Record<CatalogField, readonly string[]>>
  readonly tagColumns: readonly TagColumn[]
  readonly currency: string
}

export function recogniseCatalog(
  fileName: string,
  columns: readonly string[],
  shopCurrency: string | null,
): RecognisedCatalog {
  for (const knownCatalog of knownCatalogs) {
    const sources = findSources(catalogFields, knownCatalog.columns, columns)
    if (!knownCatalog.needed.every((field) => sources[field].length > 0)) continue
    const tagColumns = findTagColumns(knownCatalog, sources.category, columns)
    const priced =
      knownCatalog.pricePrefixes.length > 0 ? pricedIn(knownCatalog, columns, shopCurrency) : null
    if (priced !== null) {
      const { currency, column } = priced
      return { knownCatalog, sources: { ...sources, price: [column] }, tagColumns, currency }
    }
    if (shopCurrency !== null) return { knownCatalog, sources, tagColumns, currency: shopCurrency }
    throw new AppError(
      'invalid-argument',
      `${fileName} does not say which currency its prices are in; say it with --currency, for example --currency EUR.`,
    )
  }
  throw new AppError(
    'columns-not-recognised',
    `The columns of the catalog ${fileName} are those of no known product export; it needs at least "sku" and "title", and has ${columns
      .slice(0, 12)
      .map((column) => `"${column.slice(0, 40)}"`)
      .join(', ')}.`,
  )
}

type Priced = { readonly column: string; readonly currency: string }

/** The column of the shop's currency, else the first one that names a currency; regions count only if nothing else is. */
function pricedIn(
  knownCatalog: KnownCatalog,
  columns: readonly string[],
  shopCurrency: string | null,
): Priced | null {
  const priced = columns.flatMap((column): Priced[] => {
    const prefix = knownCatalog.pricePrefixes.find((start) => foldName(column).startsWith(start))
    const currency = /\b([A-Z]{3})\]?$/.exec(column)?.[1]
    return prefix === undefined || currency === undefined ? [] : [{ column, currency }]
  })
  const plain = priced.filter(({ column }) => !column.includes('['))
  const candidates = plain.length > 0 ? plain : priced
  return candidates.find(({ currency }) => currency === shopCurrency) ?? candidates[0] ?? null
}

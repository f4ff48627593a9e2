// The questions behind the catalog, as values: what the order history says of products, what a catalog file says.

import type { Query } from '../ports/query.ts'
import { number, numberOrNull, text, textOrNull } from '../ports/read-fields.ts'
import type { UsedTitle } from './choose-title.ts'
import { catalogFields } from './known-catalogs.ts'
import type { CatalogRow } from './read-catalog-rows.ts'
import { type TagColumn, tagFieldsOf } from './tag-columns.ts'

export type ProductFacts = {
  readonly id: string
  readonly currency: string
  readonly soldLines: number
  readonly returnedLines: number
  readonly orders: number
  readonly priceNowMinor: number | null
  readonly priceMidMinor: number | null
  readonly priceLowMinor: number | null
  readonly priceHighMinor: number | null
  readonly priceKinds: number
  readonly firstSoldAtMs: number | null
  readonly lastSoldAtMs: number | null
}

export const productFacts: Query<ProductFacts> = {
  file: new URL('./product-facts.sql', import.meta.url),
  row: (raw) => ({
    id: text(raw, 'product_id'),
    currency: text(raw, 'currency'),
    soldLines: number(raw, 'sold_lines'),
    returnedLines: number(raw, 'returned_lines'),
    orders: number(raw, 'orders'),
    priceNowMinor: numberOrNull(raw, 'price_now_minor'),
    priceMidMinor: numberOrNull(raw, 'price_mid_minor'),
    priceLowMinor: numberOrNull(raw, 'price_low_minor'),
    priceHighMinor: numberOrNull(raw, 'price_high_minor'),
    priceKinds: number(raw, 'price_kinds'),
    firstSoldAtMs: numberOrNull(raw, 'first_sold_at_ms'),
    lastSoldAtMs: numberOrNull(raw, 'last_sold_at_ms'),
  }),
}

export const productTitles: Query<UsedTitle & { readonly productId: string }> = {
  file: new URL('./product-titles.sql', import.meta.url),
  row: (raw) => ({
    productId: text(raw, 'product_id'),
    title: text(raw, 'title'),
    lines: number(raw, 'lines'),
    lastUsedAtMs: number(raw, 'last_used_at_ms'),
  }),
}

export function catalogRows(tagColumns: readonly TagColumn[]): Query<CatalogRow> {
  return {
    file: new URL('./catalog-rows.sql', import.meta.url),
    row: (raw) => {
      const read = (column: string): string | null => storable(textOrNull(raw, column))
      const fields = Object.fromEntries(catalogFields.map((field) => [field, read(field)]))
      return { ...fields, tagFields: tagFieldsOf(tagColumns, read) } as CatalogRow
    },
  }
}

export const shopCurrency: Query<string> = {
  file: new URL('./shop-currency.sql', import.meta.url),
  row: (raw) => text(raw, 'currency'),
}

/** JSON and Parquet can hold NUL, which PostgreSQL refuses; in a name it is white space. */
function storable(field: string | null): string | null {
  return field?.replaceAll('\0', ' ').trim() ?? null
}

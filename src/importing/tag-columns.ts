// Which columns of a catalog file hold tags, and what they say of a row. Goes in: the columns of the file, then the texts
// of a row. Comes out: the brand and the tags of a product, bounded. Beside columns of tags these are properties with a
// name ("Attribute 1 name", "Attribute 1 value(s)": "mount: RF"), one of which may be the brand, and what categories and
// product types name beside the category that is used. What can go wrong: lists without end, which are cut.

import { boundTags, readBrand, splitList } from '../domain/product-attributes.ts'
import { foldName } from './find-sources.ts'
import type { KnownCatalog } from './known-catalogs.ts'

export type TagColumn =
  | { readonly kind: 'list' | 'categories'; readonly column: string }
  | { readonly kind: 'property'; readonly column: string; readonly nameColumn: string }

/** What a row says in such a column; `name` only of a property. */
export type TagField = {
  readonly kind: TagColumn['kind']
  readonly name: string | null
  readonly text: string | null
}

/** A file with more is generated, and its first ones are as good as any. */
const TAG_COLUMNS_MAX = 100

export function findTagColumns(
  { tagColumns, propertyColumns }: Pick<KnownCatalog, 'tagColumns' | 'propertyColumns'>,
  categoryColumns: readonly string[],
  columns: readonly string[],
): readonly TagColumn[] {
  const names = new Set(tagColumns.map(foldName))
  const byName = new Map(columns.map((column) => [foldName(column), column]))
  const found = columns.flatMap((column): TagColumn[] => {
    if (names.has(foldName(column).replace(/\d+$/, ''))) return [{ kind: 'list', column }]
    const number = propertyColumns?.name.exec(column.trim())?.[1]
    const values = number && byName.get(foldName(propertyColumns?.values(number) ?? ''))
    return values ? [{ kind: 'property', column: values, nameColumn: column }] : []
  })
  const categories = categoryColumns.map((column): TagColumn => ({ kind: 'categories', column }))
  return [...categories, ...found].slice(0, TAG_COLUMNS_MAX)
}

/** The columns of the table that a catalog file is loaded into, and from which of the file's they come. */
export function tagSources(tagColumns: readonly TagColumn[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    tagColumns.flatMap((one, place): [string, string[]][] => [
      [`tag_text_${place}`, [one.column]],
      ...(one.kind === 'property' ? [[`tag_name_${place}`, [one.nameColumn]] as [string, string[]]] : []),
    ]),
  )
}

export function tagFieldsOf(
  tagColumns: readonly TagColumn[],
  read: (column: string) => string | null,
): readonly TagField[] {
  return tagColumns.map(({ kind }, place) => ({
    kind,
    name: kind === 'property' ? read(`tag_name_${place}`) : null,
    text: read(`tag_text_${place}`),
  }))
}

export type Attributes = {
  readonly brand: string | null
  readonly tags: readonly string[]
  /** Some tags were left out. */
  readonly cut: boolean
}

const brandNames = new Set('brand pabrand vendor manufacturer maker marke hersteller marque marca'.split(' '))

type Told = { readonly brand: string | null; readonly tagFields: readonly TagField[] }

/** A form of a product has what it says itself, and what its parent says of all forms. */
export function readAttributes(
  own: Told,
  parent: Told | null,
  category: string | null,
  listsBrands: boolean,
): Attributes {
  const named = new Set(own.tagFields.flatMap(({ name, text }) => (name && text ? [foldName(name)] : [])))
  const ofAllForms = (parent?.tagFields ?? []).filter(
    ({ name }) => name === null || !named.has(foldName(name)),
  )
  const lists = [...own.tagFields, ...ofAllForms].map((field) => ({ ...field, ...entriesOf(field) }))
  const isBrandName = (name: string | null): boolean => name !== null && brandNames.has(foldName(name))
  const property = lists.find(({ name }) => isBrandName(name))?.entries[0] ?? null
  const brand = (own.brand ?? parent?.brand) || null
  const tags = lists.flatMap(({ kind, name, entries }) => {
    if (kind === 'categories') return entries.filter((entry) => entry !== category)
    if (isBrandName(name)) return []
    return kind === 'property' ? entries.map((entry) => `${name ?? ''}: ${entry}`) : entries
  })
  const bound = boundTags(tags)
  return {
    brand: readBrand((listsBrands ? splitList(brand).entries[0] : brand) ?? property),
    tags: bound.tags,
    cut: bound.cut || lists.some(({ cut }) => cut),
  }
}

function entriesOf({ kind, name, text }: TagField): ReturnType<typeof splitList> {
  if (kind === 'property' && name === null) return { entries: [], cut: false }
  const list = splitList(text)
  return kind === 'categories' ? { ...list, entries: categoriesOf(text) } : list
}

/** "Clothing > Shirts, Sale": Shirts and Sale. */
export function categoriesOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/,\s*(?=[\p{Lu}\p{N}])/u)
    .map((path) => (path.split(/\s*>\s*/).at(-1) ?? '').trim())
    .filter((name) => name !== '')
}

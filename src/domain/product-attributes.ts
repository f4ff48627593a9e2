// What a shop's catalog says of a product beside its title and category: its brand and its tags. Comes in: texts as shops
// write them. Goes out: brand and tags, bounded in length and number, and the keys by which two products share one.
// What can go wrong: a list without end, which is cut, and says so.

import type { CatalogProduct } from './product.ts'

/** Characters; no shop system allows a longer name of a brand. */
const BRAND_LENGTH_MAX = 255
/** Shopify's limit; a longer tag is left out, for cut short it might be another. */
export const TAG_LENGTH_MAX = 255
/** The first ones count. Of a product with hundreds of tags each one says little. */
export const TAGS_MAX = 30
/** Characters of a list that are read at all. */
const LIST_LENGTH_MAX = 100_000

export function readBrand(text: string | null): string | null {
  return [...fold(text ?? '')].slice(0, BRAND_LENGTH_MAX).join('').trim() || null
}

/** Each tag once, whatever its capitals; `cut` where some were left out. */
export function boundTags(tags: readonly string[]): {
  readonly tags: readonly string[]
  readonly cut: boolean
} {
  const kept = new Map<string, string>()
  let cut = false
  for (const text of tags) {
    const tag = fold(text)
    if (tag === '' || kept.has(keyOf(tag))) continue
    if (tag.length > TAG_LENGTH_MAX || kept.size === TAGS_MAX) cut = true
    else kept.set(keyOf(tag), tag)
  }
  return { tags: [...kept.values()], cut }
}

/**
 * "a, b", with quotation marks around what holds a comma (Shopify), a backslash before it (WooCommerce), or as a list
 * (JSON, Parquet).
 */
export function splitList(text: string | null): {
  readonly entries: readonly string[]
  readonly cut: boolean
} {
  const whole = (text ?? '').trim()
  const parsed = parseList(whole)
  if (parsed !== null) return { entries: withoutBlanks(parsed), cut: false }
  const read = whole.slice(0, LIST_LENGTH_MAX).replace(/^\[(.*)\]$/s, '$1')
  const found = read.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"\s*(?=,|$)|((?:[^,\\]|\\.|\\$)+))\s*(?:,|$)/gsu)
  const entries = [...found].map(([, quoted, plain]) => (quoted ?? plain ?? '').replace(/\\(["\\,])/g, '$1'))
  return { entries: withoutBlanks(entries), cut: whole.length > LIST_LENGTH_MAX }
}

function withoutBlanks(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '')
}

/** A list of JSON, as APIs answer: of texts, or of things with a name or a value. */
function parseList(text: string): readonly string[] | null {
  if (!text.startsWith('[') || text.length > LIST_LENGTH_MAX) return null
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(nameOf) : null
  } catch {
    return null
  }
}

function nameOf(entry: unknown): string {
  if (typeof entry === 'string' || typeof entry === 'number') return String(entry)
  if (typeof entry !== 'object' || entry === null) return ''
  if ('name' in entry && typeof entry.name === 'string') return entry.name
  return 'value' in entry && typeof entry.value === 'string' ? entry.value : ''
}

/** Keys: two products share a brand or a tag where both have its key. */
export function attributesOf({ brand, tags }: Pick<CatalogProduct, 'brand' | 'tags'>): readonly string[] {
  return [...(brand === null ? [] : [`${BRAND}${keyOf(brand)}`]), ...tags.map((tag) => `${TAG}${keyOf(tag)}`)]
}

const BRAND = 'brand:'
const TAG = 'tag:'

export function isBrand(attribute: string): boolean {
  return attribute.startsWith(BRAND)
}

function keyOf(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function fold(text: string): string {
  return text
    .slice(0, LIST_LENGTH_MAX)
    .replace(/[\s\0]+/g, ' ')
    .trim()
}

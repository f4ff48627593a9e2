// Which products are forms of one another. Goes in: ids and titles. Comes out: a group per product that has siblings,
// named after its smallest id. Three signs, each enough: (1) titles that are equal once colours, sizes and numbers are
// taken out; (2) titles of four words or more that differ in one word, where at least two of these words, and half of
// them, are colours or sizes (GREEN, PINK, ROSES regency teacup and saucer); (3) ids that share a stem of five
// digits or more and differ in the letters behind it (85099B, 85099C), where the titles share half of their words.
// It is a guess from names: whether variants belong together is for the orders to say.

import { isFormWord, isPackWord, wordsOf } from '../domain/title-words.ts'

export type Named = { readonly id: string; readonly title: string }

type Titled = { readonly id: string; readonly words: readonly string[] }

export function groupVariants(products: readonly Named[]): ReadonlyMap<string, string> {
  const titled = products.map(({ id, title }) => ({ id, words: wordsOf(title) }))
  const groups = disjointGroups(titled.map(({ id }) => id))
  for (const same of bucketed(titled, coreKeys)) joinAll(same, groups)
  for (const similar of bucketed(titled, oneWordOutKeys)) joinIfForms(similar, groups)
  for (const siblings of bucketed(titled, stemKeys)) joinIfAlike(siblings, groups)
  return groups.named()
}

/** What is left of a title without colours, sizes, numbers and words of packing, in alphabetical order. */
function coreKeys({ words }: Titled): string[] {
  const core = words.filter((word) => !isFormWord(word) && !isPackWord(word))
  return core.join('').length < 3 ? [] : [core.toSorted().join(' ')]
}

const ONE_WORD_OUT_FROM = 4

function oneWordOutKeys({ words }: Titled): string[] {
  if (words.length < ONE_WORD_OUT_FROM) return []
  return words.map((_, out) => words.map((word, index) => (index === out ? '*' : word)).join(' '))
}

function stemKeys({ id }: Titled): string[] {
  const stem = /^(\d{5,})\p{L}+$/u.exec(id.trim())?.[1]
  return stem === undefined ? [] : [stem]
}

/** Products by key, only where at least two share one. */
function bucketed(products: readonly Titled[], keysOf: (product: Titled) => string[]): Titled[][] {
  const buckets = new Map<string, Titled[]>()
  for (const product of products) {
    for (const key of keysOf(product)) {
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, [product])
      else bucket.push(product)
    }
  }
  return [...buckets.values()].filter((bucket) => bucket.length > 1)
}

type Groups = ReturnType<typeof disjointGroups>

function joinAll(products: readonly Titled[], groups: Groups): void {
  const [first, ...others] = products
  for (const other of others) if (first !== undefined) groups.join(first.id, other.id)
}

/** Joined only where the words that differ are mostly colours, sizes or numbers. */
function joinIfForms(products: readonly Titled[], groups: Groups): void {
  const [first, second] = products
  if (first === undefined || second === undefined) return
  const at = first.words.findIndex((word, index) => products.some(({ words }) => words[index] !== word))
  const differing = [...new Set(products.map(({ words }) => words[at] ?? ''))]
  const forms = differing.filter(isFormWord).length
  if (at === -1 || (forms >= 2 && forms * 2 >= differing.length)) joinAll(products, groups)
}

function joinIfAlike(products: readonly Titled[], groups: Groups): void {
  for (const [index, product] of products.entries()) {
    for (const other of products.slice(index + 1)) {
      const shared = product.words.filter((word) => other.words.includes(word)).length
      if (shared * 2 >= Math.min(product.words.length, other.words.length) && shared > 0)
        groups.join(product.id, other.id)
    }
  }
}

function disjointGroups(ids: readonly string[]) {
  const parents = new Map(ids.map((id) => [id, id]))
  const rootOf = (id: string): string => {
    let root = id
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent
    parents.set(id, root)
    return root
  }
  return {
    join(a: string, b: string): void {
      const [smaller, larger] = [rootOf(a), rootOf(b)].toSorted()
      if (smaller !== undefined && larger !== undefined) parents.set(larger, smaller)
    },
    /** The group of each product that is not alone. */
    named(): ReadonlyMap<string, string> {
      const sizes = new Map<string, number>()
      for (const id of ids) sizes.set(rootOf(id), (sizes.get(rootOf(id)) ?? 0) + 1)
      return new Map(
        ids.map((id) => [id, rootOf(id)] as const).filter(([, root]) => (sizes.get(root) ?? 0) > 1),
      )
    },
  }
}

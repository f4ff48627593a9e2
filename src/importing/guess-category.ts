// A category from titles alone, where the shop's catalog names none. Goes in: ids and titles. Comes out: a category for
// the products whose title holds a noun that this shop's titles often end in ("… T-LIGHT HOLDER"): English names of
// products end in what they are. Of the nouns in a title the last certain one counts, else the one that ends most
// titles; with the word before it where that pair too ends many. None where no noun is common enough. It is a guess,
// and the catalog says so.

import { isFormWord, isPackWord, singular, wordsOf } from '../domain/title-words.ts'
import type { Named } from './group-variants.ts'

/** A noun must end this many titles, and a third of the titles that it stands in; half of them make it certain. */
const NOUN_TITLES_MIN = 10
const NOUN_ENDING_SHARE_MIN = 1 / 3
const CERTAIN_ENDING_SHARE = 1 / 2
const PAIR_TITLES_MIN = 20

/** What follows these says what goes with the product, not what it is. */
const cut = new Set([
  'with',
  'in',
  'for',
  'from',
  'w',
  'on',
  'by',
  'mit',
  'für',
  'avec',
  'pour',
  'con',
  'para',
])
const noNouns = new Set(['design', 'designs', 'style', 'pattern', 'new', 'the', 'and', 'or', 'to', 'a', 'an'])

export function guessCategories(products: readonly Named[]): ReadonlyMap<string, string> {
  const titled = products.map(({ id, title }) => ({ id, words: nounPart(title) }))
  const endings = countBy(titled.flatMap(({ words }) => words.slice(-1)))
  const endingPairs = countBy(
    titled.flatMap(({ words }) => (words.length > 1 ? [words.slice(-2).join(' ')] : [])),
  )
  const uses = countBy(titled.flatMap(({ words }) => [...new Set(words)]))
  const categories = new Map<string, string>()
  for (const { id, words } of titled) {
    const category = categoryOf(words, endings, endingPairs, uses)
    if (category !== null) categories.set(id, category)
  }
  return categories
}

type Counts = ReadonlyMap<string, number>

function categoryOf(
  words: readonly string[],
  endings: Counts,
  endingPairs: Counts,
  uses: Counts,
): string | null {
  const endsOf = (word: string) => endings.get(word) ?? 0
  const shareOf = (word: string) => endsOf(word) / (uses.get(word) ?? 1)
  const isNoun = (word: string, share: number) => endsOf(word) >= NOUN_TITLES_MIN && shareOf(word) >= share
  let best = words.findLastIndex((word) => isNoun(word, CERTAIN_ENDING_SHARE))
  if (best === -1) {
    for (const [index, word] of words.entries()) {
      if (!isNoun(word, NOUN_ENDING_SHARE_MIN)) continue
      if (best === -1 || endsOf(word) > endsOf(words[best] ?? '')) best = index
    }
  }
  const noun = words[best]
  if (noun === undefined) return null
  const pair = `${words[best - 1]} ${noun}`
  const name = (endingPairs.get(pair) ?? 0) >= PAIR_TITLES_MIN ? pair : noun
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The words that can name the product: singular, without forms, packing ("set of 3") and what comes with it. */
function nounPart(title: string): string[] {
  const words = wordsOf(title)
  const end = words.findIndex((word, index) => index > 0 && cut.has(word))
  const head = end === -1 ? words : words.slice(0, end)
  const packOf = head.findIndex((word, index) => word === 'of' && /^\d/.test(head[index + 1] ?? ''))
  return head
    .slice(packOf === -1 ? 0 : packOf + 2)
    .filter((word) => !isFormWord(word) && !noNouns.has(word))
    .filter((word) => !isPackWord(word))
    .map(singular)
    .filter((word) => word.length > 2)
}

function countBy(words: readonly string[]): Counts {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

// Which products go together, as far as titles and categories can tell? For what has hardly been ordered yet, orders say
// nothing; two other voices do: how much more often its category stands beside the anchor's than popularity explains,
// and the words that the two titles have in common ("EOS", "Lightning", "GoPro"), rare words for more. Comes in: the
// products that may be named, and how often two categories were bought together. Goes out: for an anchor a score for
// each of them, to be compared with one another only. It names a replacement as gladly as a complement: who asks leaves
// out the anchor's own kind. What can go wrong: words that mean two things; titles without words say nothing.

import { singular, wordsOf } from '../domain/title-words.ts'

/** A cosine of 1 counts as much as e to this power times as many pairs of the categories; chosen by bench/bundles.ts. */
const COSINE_WEIGHT = 30
/** Pairs' worth of popularity that a category's own pairs are drawn towards. */
const DOUBT_PAIRS = 20

export type Kindred = { readonly title: string; readonly category: string | null }

/** How often products of the second category were bought with one of the first. */
export type CategoryCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Scores by place in `candidates`. Rare is a word that few of `titles` hold. */
export function openKindred(
  candidates: readonly Kindred[],
  counts: CategoryCounts,
  titles: readonly string[] = candidates.map(({ title }) => title),
): (anchor: Kindred) => Float64Array {
  const cosineWith = openTitleCosine(
    candidates.map(({ title }) => title),
    titles,
  )
  const liftBetween = openCategoryLift(counts)
  return (anchor) => {
    const scores = cosineWith(anchor.title)
    const liftOf = new Map<string | null, number>()
    for (const [place, { category }] of candidates.entries()) {
      const lift = liftOf.get(category) ?? Math.log(liftBetween(anchor.category, category))
      liftOf.set(category, lift)
      scores[place] = COSINE_WEIGHT * (scores[place] as number) + lift
    }
    return scores
  }
}

/** Cosine of a title with each of `candidates`, words weighted by ln(titles / titles with it). */
export function openTitleCosine(
  candidates: readonly string[],
  titles: readonly string[],
): (title: string) => Float64Array {
  const found = new Map<string, number>()
  for (const title of titles) for (const word of kindWords(title)) found.set(word, (found.get(word) ?? 0) + 1)
  const weightOf = (word: string): number => Math.log(Math.max(1, titles.length) / (found.get(word) ?? 1))
  const lengthOf = (words: ReadonlySet<string>): number =>
    Math.sqrt([...words].reduce((sum, word) => sum + weightOf(word) ** 2, 0)) || 1
  const places = new Map<string, number[]>()
  const lengths = candidates.map((title, place) => {
    const words = kindWords(title)
    for (const word of words) {
      const list = places.get(word)
      if (list === undefined) places.set(word, [place])
      else list.push(place)
    }
    return lengthOf(words)
  })
  return (title) => {
    const cosines = new Float64Array(candidates.length)
    const words = kindWords(title)
    const length = lengthOf(words)
    for (const word of words) {
      const square = weightOf(word) ** 2
      for (const place of places.get(word) ?? [])
        cosines[place] = (cosines[place] as number) + square / (length * (lengths[place] as number))
    }
    return cosines
  }
}

function kindWords(title: string): ReadonlySet<string> {
  return new Set(wordsOf(title).map(singular))
}

/**
 * Share of the second category among the pairs of the first, drawn towards its share of all pairs (Dirichlet), to that
 * share; 1 where nothing is known.
 */
export function openCategoryLift(
  counts: CategoryCounts,
): (category: string | null, other: string | null) => number {
  const pairsOf = new Map<string, number>()
  const pairsWith = new Map<string, number>()
  let pairs = 0
  for (const [category, others] of counts) {
    for (const [other, count] of others) {
      pairsOf.set(category, (pairsOf.get(category) ?? 0) + count)
      pairsWith.set(other, (pairsWith.get(other) ?? 0) + count)
      pairs += count
    }
  }
  return (category, other) => {
    if (category === null || other === null || pairs === 0) return 1
    // Half a pair for what was never seen, so that its share is no zero.
    const share = ((pairsWith.get(other) ?? 0) + 0.5) / (pairs + 0.5 * (pairsWith.size + 1))
    const met = counts.get(category)?.get(other) ?? 0
    return (met / share + DOUBT_PAIRS) / ((pairsOf.get(category) ?? 0) + DOUBT_PAIRS)
  }
}

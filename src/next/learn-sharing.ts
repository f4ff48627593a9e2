// Does it matter in this shop that two products share a brand or a tag? Comes in: the live completions between products
// of different categories. Goes out: for an anchor category, an add-on category and an attribute how many times the odds
// are that an add-on has it, where the anchor has it, in ln; 0 wherever completions do not show it beyond doubt. Brands
// are judged over the whole shop and for each pair of categories (a lens is of the camera's maker, its bag is of any), tags
// all together and each for itself. What can go wrong: attributes that only some products are given; a product without
// any tells nothing.

import type { CatalogProduct } from '../domain/product.ts'
import { attributesOf, isBrand } from '../domain/product-attributes.ts'

/** Completions that share it: fewer show nothing. */
const SHARING_MIN = 5
/** From as many on that chance would share, a pair of categories or a tag speaks for itself alone. */
const SPEAKS_ITSELF = 5
/** Standard deviations above chance: of all together, of one of many, and of one where all together are sure. */
const SURE = 3
const SURE_OF_MANY = 4
const SURE_AS_ALL = 2
/** Pairs' worth of doubt, by which the odds of a few completions are drawn towards those that are known otherwise. */
const DOUBT = 1

/** Live add-ons by anchor. */
export type Completions = ReadonlyMap<string, readonly { readonly addOn: string }[]>

export type Sharing = (anchorCategory: string, addOnCategory: string, attribute: string) => number

/** A product as one side of a completion; attributes by number. */
type Side = {
  readonly category: string
  readonly group: string
  readonly brand: readonly number[]
  readonly tags: readonly number[]
  /** It has tags at all: then it is known which it lacks. */
  readonly isTagged: boolean
}
type Pair = { readonly anchor: Side; readonly addOn: Side }

/** Over strata of one attribute in one pair of categories; Mantel & Haenszel 1959. */
type Tally = { both: number; expected: number; variance: number; odds: number; counter: number }

/** `wanted`: the attributes that will be asked for. `null` where none of them matters. */
export function learnSharing(
  catalog: readonly CatalogProduct[],
  completions: Completions,
  wanted: ReadonlySet<string>,
): Sharing | null {
  const [brands, allTags] = [newTally(), newTally()]
  const brandsOf = new Map<number, Tally>()
  const tags = new Map<number, Tally>()
  const numbers = new Map([...wanted].map((attribute, number) => [attribute, number]))
  const cellOf = openCells(catalog)
  if (wanted.size > 0) {
    for (const [cell, pairs] of pairsByCell(sidesOf(catalog, numbers), completions, cellOf)) {
      // Of one pair nobody can say whether it shares more than chance would.
      if (pairs.length < 2) continue
      const branded = pairs.filter(({ anchor, addOn }) => anchor.brand.length + addOn.brand.length === 2)
      countStrata(branded, 'brand', (_, stratum) => {
        add(stratum, brands)
        add(stratum, tallyOf(brandsOf, cell))
      })
      const tagged = pairs.filter(({ anchor, addOn }) => anchor.isTagged && addOn.isTagged)
      const together = newTally()
      countStrata(tagged, 'tags', (tag, stratum) => {
        add(stratum, together)
        add(stratum, tallyOf(tags, tag))
      })
      // Tags repeat each other: a pair of categories is one voice, however many tags say the same.
      const variance = Math.max(together.variance, (together.both - together.expected) ** 2)
      add({ ...together, variance }, allTags)
    }
  }
  const some = [...brandsOf.values(), ...tags.values()].some((tally) => isSure(tally, SURE_OF_MANY))
  if (!some && !isSure(brands, SURE) && !isSure(allTags, SURE)) return null
  return (anchorCategory, addOnCategory, attribute) => {
    const odds = isBrand(attribute)
      ? judge(brandsOf.get(cellOf(anchorCategory, addOnCategory)), brands)
      : judge(tags.get(numbers.get(attribute) ?? -1), allTags)
    return Math.log(Math.max(1, odds))
  }
}

/** What speaks for itself is heard alone; of what hardly speaks the odds are drawn towards those of all. */
function judge(own: Tally | undefined, all: Tally): number {
  const usual = isSure(all, SURE) ? oddsOf(all, 1) : 1
  if (own === undefined) return usual
  const asked = usual === 1 ? SURE_OF_MANY : SURE_AS_ALL
  const mustShow = usual === 1 || own.expected >= SPEAKS_ITSELF
  return mustShow && !isSure(own, asked) ? 1 : oddsOf(own, usual)
}

type CellOf = (anchorCategory: string, addOnCategory: string) => number

/** A number for each pair of categories. */
function openCells(catalog: readonly CatalogProduct[]): CellOf {
  const categories = new Map<string, number>()
  for (const { category } of catalog)
    if (category !== null && !categories.has(category)) categories.set(category, categories.size)
  return (anchorCategory, addOnCategory) =>
    (categories.get(anchorCategory) ?? -1) * (categories.size + 1) + (categories.get(addOnCategory) ?? -1)
}

/** Each wanted attribute has a number, and each brand. */
function sidesOf(
  catalog: readonly CatalogProduct[],
  numbers: Map<string, number>,
): ReadonlyMap<string, Side> {
  const sides = new Map<string, Side>()
  for (const { id, category, variantGroup, brand, tags } of catalog) {
    if (category === null || (brand === null && tags.length === 0)) continue
    const [brands, wantedTags]: [number[], number[]] = [[], []]
    for (const attribute of attributesOf({ brand, tags })) {
      if (isBrand(attribute) && !numbers.has(attribute)) numbers.set(attribute, numbers.size)
      const number = numbers.get(attribute)
      if (number !== undefined) (isBrand(attribute) ? brands : wantedTags).push(number)
    }
    const isTagged = tags.length > 0
    sides.set(id, { category, group: variantGroup ?? id, brand: brands, tags: wantedTags, isTagged })
  }
  return sides
}

/**
 * Completions by their categories. Forms of one product are one product here: what is bought with one colour of a machine
 * is bought with the others, and says it once.
 */
function pairsByCell(
  sides: ReadonlyMap<string, Side>,
  completions: Completions,
  cellOf: CellOf,
): ReadonlyMap<number, readonly Pair[]> {
  const groupOf = (id: string): string => sides.get(id)?.group ?? id
  const byGroup = Map.groupBy([...completions.keys()].sort(), groupOf)
  const cells = new Map<number, Pair[]>()
  for (const forms of byGroup.values()) {
    const seen = new Set<string>()
    for (const id of forms) {
      const anchor = sides.get(id)
      if (anchor === undefined) continue
      for (const { addOn: addOnId } of completions.get(id) ?? []) {
        const addOn = sides.get(addOnId)
        if (addOn === undefined || addOn.category === anchor.category || seen.has(addOn.group)) continue
        seen.add(addOn.group)
        const cell = cellOf(anchor.category, addOn.category)
        const pairs = cells.get(cell)
        if (pairs === undefined) cells.set(cell, [{ anchor, addOn }])
        else pairs.push({ anchor, addOn })
      }
    }
  }
  return cells
}

/** For each attribute that both sides know, the table of who has it: anchors, add-ons, both. */
function countStrata(
  pairs: readonly Pair[],
  kind: 'brand' | 'tags',
  take: (attribute: number, stratum: Tally) => void,
): void {
  const counts = new Map<number, { anchors: number; addOns: number; both: number }>()
  for (const { anchor, addOn } of pairs) {
    const others = addOn[kind]
    for (const attribute of anchor[kind]) {
      const count = counts.get(attribute)
      const both = others.includes(attribute) ? 1 : 0
      if (count === undefined) counts.set(attribute, { anchors: 1, addOns: 0, both })
      else {
        count.anchors += 1
        count.both += both
      }
    }
  }
  // An attribute that no anchor has tells nothing.
  for (const { addOn } of pairs) {
    for (const attribute of addOn[kind]) {
      const count = counts.get(attribute)
      if (count !== undefined) count.addOns += 1
    }
  }
  for (const [attribute, { anchors, addOns, both }] of counts)
    if (addOns > 0) take(attribute, stratumOf(pairs.length, anchors, addOns, both))
}

function stratumOf(pairs: number, anchors: number, addOns: number, both: number): Tally {
  const neither = pairs - anchors - addOns + both
  const [withoutAnchor, withoutAddOn] = [pairs - anchors, pairs - addOns]
  return {
    both,
    expected: (anchors * addOns) / pairs,
    variance: (anchors * withoutAnchor * addOns * withoutAddOn) / (pairs ** 2 * (pairs - 1)),
    odds: (both * neither) / pairs,
    counter: ((anchors - both) * (addOns - both)) / pairs,
  }
}

const newTally = (): Tally => ({ both: 0, expected: 0, variance: 0, odds: 0, counter: 0 })

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? newTally()
  tallies.set(key, tally)
  return tally
}

function add(stratum: Tally, to: Tally): void {
  to.both += stratum.both
  to.expected += stratum.expected
  to.variance += stratum.variance
  to.odds += stratum.odds
  to.counter += stratum.counter
}

function isSure({ both, expected, variance }: Tally, deviations: number): boolean {
  return both >= SHARING_MIN && both - expected >= deviations * Math.sqrt(variance) && variance > 0
}

const oddsOf = ({ odds, counter }: Tally, known: number): number => (odds + DOUBT * known) / (counter + DOUBT)

// Does it matter in this shop that two products share a brand or a tag? Comes in: the live completions between products
// of different categories. Goes out: for an anchor category, an add-on category and an attribute how many times the odds
// are that an add-on has it, where the anchor has it, in ln; 0 wherever completions do not show it beyond doubt. A brand
// is judged over the whole shop and for each pair of categories (a lens is of the camera's maker, its bag is of any), a
// tag for itself. What can go wrong: attributes that only some products are given; a product without any tells nothing.

import type { CatalogProduct } from '../domain/product.ts'
import { attributesOf, isBrand } from '../domain/product-attributes.ts'

/** Completions that share it: fewer show nothing. */
const SHARING_MIN = 5
/** Standard deviations above chance: asked of the shop once, and of each of many tags and pairs of categories. */
const SURE = 3
const SURE_OF_MANY = 4
/** Pairs' worth of doubt, by which the odds of a few completions are drawn towards those that are known otherwise. */
const DOUBT = 1

/** Live add-ons by anchor. */
export type Completions = ReadonlyMap<string, readonly { readonly addOn: string }[]>

export type Sharing = (anchorCategory: string, addOnCategory: string, attribute: string) => number

type Product = Pick<CatalogProduct, 'id' | 'category' | 'variantGroup'>
type Sided = Product & { readonly category: string; readonly attributes: readonly string[] }
type Pair = { readonly anchor: Sided; readonly addOn: Sided }

/** Over strata of one attribute in one pair of categories; Mantel & Haenszel 1959. */
type Tally = { both: number; expected: number; variance: number; odds: number; counter: number }

/** `wanted`: the attributes that will be asked for. `null` where none of them matters. */
export function learnSharing(
  catalog: readonly CatalogProduct[],
  completions: Completions,
  wanted: ReadonlySet<string>,
): Sharing | null {
  const brands = newTally()
  const brandsOf = new Map<string, Tally>()
  const tags = new Map<string, Tally>()
  if (wanted.size > 0) {
    for (const [cell, pairs] of pairsByCell(catalog, completions, wanted)) {
      countStrata(pairs.filter(bothHave(isBrand)), isBrand, (_, stratum) => {
        add(stratum, brands)
        add(stratum, tallyOf(brandsOf, cell))
      })
      countStrata(pairs.filter(bothHave(isTag)), isTag, (tag, stratum) => {
        if (wanted.has(tag)) add(stratum, tallyOf(tags, tag))
      })
    }
  }
  const usual = isSure(brands, SURE) ? oddsOf(brands, 1) : 1
  const some = [...brandsOf.values(), ...tags.values()].some((tally) => isSure(tally, SURE_OF_MANY))
  if (usual === 1 && !some) return null
  return (anchorCategory, addOnCategory, attribute) => {
    const ofBrand = isBrand(attribute)
    const own = ofBrand ? brandsOf.get(cellOf(anchorCategory, addOnCategory)) : tags.get(attribute)
    const known = ofBrand ? usual : 1
    if (known === 1 && (own === undefined || !isSure(own, SURE_OF_MANY))) return 0
    return Math.log(Math.max(1, own === undefined ? known : oddsOf(own, known)))
  }
}

const isTag = (attribute: string): boolean => !isBrand(attribute)

function bothHave(isKind: (attribute: string) => boolean): (pair: Pair) => boolean {
  return ({ anchor, addOn }) => anchor.attributes.some(isKind) && addOn.attributes.some(isKind)
}

const cellOf = (anchorCategory: string, addOnCategory: string): string =>
  JSON.stringify([anchorCategory, addOnCategory])

/**
 * Completions by their categories. Forms of one product are one product here: what is bought with one colour of a machine
 * is bought with the others, and says it once.
 */
function pairsByCell(
  catalog: readonly CatalogProduct[],
  completions: Completions,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Pair[]> {
  const sides = new Map(
    catalog.flatMap(({ id, category, variantGroup, ...told }): (readonly [string, Sided])[] => {
      const attributes = attributesOf(told).filter((one) => isBrand(one) || wanted.has(one))
      // A product whose tags are all unwanted still tells that it lacks the wanted ones.
      if (told.tags.length > 0) attributes.push(HAS_TAGS)
      return category === null || attributes.length === 0
        ? []
        : [[id, { id, category, variantGroup, attributes }]]
    }),
  )
  const groupOf = (id: string): string => sides.get(id)?.variantGroup ?? id
  const byGroup = Map.groupBy([...completions.keys()].sort(), groupOf)
  const cells = new Map<string, Pair[]>()
  for (const forms of byGroup.values()) {
    const seen = new Set<string>()
    for (const id of forms) {
      const anchor = sides.get(id)
      if (anchor === undefined) continue
      for (const { addOn: addOnId } of completions.get(id) ?? []) {
        const addOn = sides.get(addOnId)
        if (addOn === undefined || addOn.category === anchor.category || seen.has(groupOf(addOnId))) continue
        seen.add(groupOf(addOnId))
        const cell = cellOf(anchor.category, addOn.category)
        const pairs = cells.get(cell)
        if (pairs === undefined) cells.set(cell, [{ anchor, addOn }])
        else pairs.push({ anchor, addOn })
      }
    }
  }
  return cells
}

const HAS_TAGS = 'tag:'

/** For each attribute that both sides know, the table of who has it: anchors, add-ons, both. */
function countStrata(
  pairs: readonly Pair[],
  isKind: (attribute: string) => boolean,
  take: (attribute: string, stratum: Tally) => void,
): void {
  const counts = new Map<string, { anchors: number; addOns: number; both: number }>()
  const countOf = (attribute: string) => {
    const known = counts.get(attribute) ?? { anchors: 0, addOns: 0, both: 0 }
    counts.set(attribute, known)
    return known
  }
  for (const { anchor, addOn } of pairs) {
    for (const attribute of anchor.attributes) {
      if (!isKind(attribute)) continue
      const count = countOf(attribute)
      count.anchors += 1
      if (addOn.attributes.includes(attribute)) count.both += 1
    }
    for (const attribute of addOn.attributes) if (isKind(attribute)) countOf(attribute).addOns += 1
  }
  for (const [attribute, { anchors, addOns, both }] of counts)
    take(attribute, stratumOf(pairs.length, anchors, addOns, both))
}

function stratumOf(pairs: number, anchors: number, addOns: number, both: number): Tally {
  const neither = pairs - anchors - addOns + both
  const [withoutAnchor, withoutAddOn] = [pairs - anchors, pairs - addOns]
  return {
    both,
    expected: (anchors * addOns) / pairs,
    variance: pairs < 2 ? 0 : (anchors * withoutAnchor * addOns * withoutAddOn) / (pairs ** 2 * (pairs - 1)),
    odds: (both * neither) / pairs,
    counter: ((anchors - both) * (addOns - both)) / pairs,
  }
}

const newTally = (): Tally => ({ both: 0, expected: 0, variance: 0, odds: 0, counter: 0 })

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
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

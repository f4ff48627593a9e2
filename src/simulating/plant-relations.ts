// What is planted between products: complements, bundles, sets, next steps and steps up. Comes in: a shelf. Goes out:
// the links by anchor, as numbers. Substitutes share most of their complements, as they do in life, so that context
// tells them; no anchor has the same add-on twice, and no pair has two relations.

import type { Random } from '../stats/seeded-random.ts'
import { between, pickOne, wholeBetween } from './draws.ts'
import type { Shelf, ShelfProduct } from './shelf.ts'
import type { ComplementKind, Season, SimulationSettings, UpsellKind } from './simulation.ts'

export type Link = {
  readonly anchor: number
  readonly addOn: number
  readonly kind: ComplementKind
  readonly share: number
  readonly season: Season | null
}

export type Step = {
  readonly from: number
  readonly to: number
  readonly share: number
  readonly medianDays: number
  readonly sigma: number
}

export type StepUp = Step & { readonly kind: UpsellKind }

export type Bundle = { readonly share: number; readonly links: readonly number[] }

export type Relations = {
  readonly links: readonly Link[]
  /** Places in `links` by anchor, without those of bundles. */
  readonly linksOf: readonly (readonly number[])[]
  /** Bundles by anchor: one draw adds all that the bundle links to it. */
  readonly bundlesOf: readonly (readonly Bundle[])[]
  readonly nextSteps: readonly Step[]
  readonly nextOf: readonly (readonly number[])[]
  readonly stepsUp: readonly StepUp[]
  readonly upOf: readonly (readonly number[])[]
}

const MUTUAL_SHARE = 0.05
const BUNDLE_SHARE = 0.12
/** Of the substitutes in a group, this share has a given complement of the group. */
const SHARED_CONTEXT = 0.75

type Planting = {
  readonly shelf: Shelf
  readonly sameMaker: number
  readonly random: Random
  readonly links: Link[]
  readonly taken: Set<string>
  readonly byCategory: ReadonlyMap<string, readonly number[]>
}

export function plantRelations(
  shelf: Shelf,
  { sameMaker }: Pick<SimulationSettings, 'sameMaker'>,
  random: Random,
): Relations {
  const { products } = shelf
  const byCategory = Map.groupBy(products.keys(), (number) => products[number]?.category.name ?? '')
  const planting: Planting = { shelf, sameMaker, random, links: [], taken: new Set(), byCategory }
  plantAccessories(planting)
  plantMutual(planting)
  plantSets(planting)
  const single = planting.links.length
  const bundles = plantBundles(planting)
  const nextSteps = plantNextSteps(planting)
  const stepsUp = shelf.steps.map((step): StepUp => ({ ...step, ...stepUpTiming(step.kind, random) }))
  const { links } = planting
  const bundlesByAnchor = Map.groupBy(bundles, ({ anchor }) => anchor)
  return {
    links,
    linksOf: placesBy(products.length, links.slice(0, single), (link) => link.anchor),
    bundlesOf: products.map((_, number) => bundlesByAnchor.get(number) ?? []),
    nextSteps,
    nextOf: placesBy(products.length, nextSteps, (step) => step.from),
    stepsUp,
    upOf: placesBy(products.length, stepsUp, (step) => step.from),
  }
}

/** Weak ones are more common than strong ones. */
function skewed(random: Random, low: number, high: number): number {
  return low + (high - low) * random() ** 2
}

function placesBy<T>(count: number, list: readonly T[], numberOf: (item: T) => number): number[][] {
  const places = Array.from({ length: count }, () => [] as number[])
  for (const [place, item] of list.entries()) places[numberOf(item)]?.push(place)
  return places
}

function addLink(
  planting: Planting,
  anchor: number,
  addOn: number,
  kind: ComplementKind,
  share: number,
): boolean {
  const { links, taken, shelf } = planting
  const [one, other] = [shelf.products[anchor], shelf.products[addOn]]
  const key = `${anchor}>${addOn}`
  if (anchor === addOn || one === undefined || other === undefined || taken.has(key)) return false
  taken.add(key)
  links.push({ anchor, addOn, kind, share, season: other.season ?? one.season })
  return true
}

/** The base forms of a category, well known ones more often. */
function addOnOf(
  { shelf, random, byCategory }: Planting,
  category: string,
  fits: (product: ShelfProduct) => boolean = () => true,
): number | null {
  const bases = (byCategory.get(category) ?? []).filter((number) => {
    const product = shelf.products[number]
    return (
      product !== undefined &&
      fits(product) &&
      (product.isSet || shelf.families[product.family]?.[0] === number)
    )
  })
  if (bases.length === 0) return null
  const [one, other] = [pickOne(random, bases), pickOne(random, bases)]
  return weightOf(shelf, one) > weightOf(shelf, other) ? one : other
}

/** In its place one of the anchor's maker, as often as the settings say. */
function ofSameMaker(planting: Planting, anchor: ShelfProduct, category: string, usual: number): number {
  const { random, sameMaker } = planting
  if (sameMaker === 0 || random() >= sameMaker) return usual
  return addOnOf(planting, category, ({ maker }) => maker === anchor.maker) ?? usual
}

function weightOf(shelf: Shelf, number: number): number {
  return shelf.products[number]?.weight ?? 0
}

/** A dear or large thing and the cheap ones that go with it; who buys only the cheap one does not add the dear one. */
function plantAccessories(planting: Planting): void {
  const { shelf, random } = planting
  for (const families of shelf.choices) {
    const first = shelf.products[shelf.families[families[0] ?? -1]?.[0] ?? -1]
    if (first === undefined) continue
    for (const category of first.category.goesWith) {
      if (random() > 0.7) continue
      const addOn = addOnOf(planting, category)
      if (addOn === null) continue
      const share = skewed(random, 0.05, 0.3)
      for (const family of families) {
        if (families.length > 1 && random() > SHARED_CONTEXT) continue
        const own = share * between(random, 0.75, 1.25)
        const members = shelf.families[family] ?? []
        const base = shelf.products[members[0] ?? -1]
        const chosen = base === undefined ? addOn : ofSameMaker(planting, base, category, addOn)
        for (const anchor of members) addLink(planting, anchor, chosen, 'accessory', own)
      }
    }
  }
}

/** Two things that call for each other, each way with its own strength, mostly from one department. */
function plantMutual(planting: Planting): void {
  const { shelf, random } = planting
  const { products } = shelf
  const single = [...products.entries()]
    .filter(([, product]) => isSmall(product) && shelf.families[product.family]?.length === 1)
    .map(([number]) => number)
  if (single.length < 2) return
  for (let planted = 0; planted < products.length * MUTUAL_SHARE; planted++) {
    const one = pickOne(random, single)
    const near = single.filter((number) => products[number]?.department === products[one]?.department)
    const other = pickOne(random, random() < 0.75 ? near : single)
    if (products[one]?.category.name === products[other]?.category.name) continue
    if (products[one]?.season !== products[other]?.season) continue
    if (planting.taken.has(`${other}>${one}`)) continue
    if (addLink(planting, one, other, 'mutual', skewed(random, 0.04, 0.2))) {
      addLink(planting, other, one, 'mutual', skewed(random, 0.02, 0.15))
    }
  }
}

function isSmall({ category, weight }: ShelfProduct): boolean {
  return category.role === 'small' && weight > 0
}

function plantSets(planting: Planting): void {
  const { shelf, random } = planting
  for (const members of shelf.families) {
    if (!members.some((number) => shelf.products[number]?.isSet)) continue
    const share = between(random, 0.12, 0.4)
    for (const anchor of members) for (const addOn of members) addLink(planting, anchor, addOn, 'set', share)
  }
}

type AnchoredBundle = Bundle & { readonly anchor: number }

/** A durable with two things of other categories, sold as one: whoever buys one of the three may take all. */
function plantBundles(planting: Planting): AnchoredBundle[] {
  const { shelf, random, links, taken } = planting
  const bundles: AnchoredBundle[] = []
  for (const [anchor, product] of shelf.products.entries()) {
    const partners = product.category.goesWith
    if (product.category.role !== 'durable' || partners.length < 2 || random() > BUNDLE_SHARE) continue
    const found = partners.slice(0, 2).map((category) => {
      const usual = addOnOf(planting, category)
      return usual === null ? null : ofSameMaker(planting, product, category, usual)
    })
    const members = [anchor, ...found.filter((number) => number !== null)]
    const pairs = members.flatMap((from) =>
      members.filter((to) => to !== from).map((to) => [from, to] as const),
    )
    if (members.length < 3 || pairs.some(([from, to]) => taken.has(`${from}>${to}`))) continue
    const share = between(random, 0.05, 0.12)
    for (const from of members) {
      const before = links.length
      for (const to of members) {
        // Who buys the card alone does not take the camera too.
        if (to !== anchor) addLink(planting, from, to, 'bundle', from === anchor ? share : share / 2)
      }
      const own = Array.from({ length: links.length - before }, (_, at) => before + at)
      bundles.push({ anchor: from, share: from === anchor ? share : share / 2, links: own })
    }
  }
  return bundles
}

function plantNextSteps(planting: Planting): Step[] {
  const { shelf, random, taken } = planting
  const steps: Step[] = []
  for (const families of shelf.choices) {
    const first = shelf.products[shelf.families[families[0] ?? -1]?.[0] ?? -1]
    if (first === undefined) continue
    for (const category of first.category.leadsTo) {
      if (random() > 0.75) continue
      const to = addOnOf(planting, category)
      if (to === null) continue
      const share = skewed(random, 0.06, 0.22)
      const medianDays = wholeBetween(random, 5, 20)
      const sigma = between(random, 0.25, 0.45)
      for (const family of families) {
        if (families.length > 1 && random() > SHARED_CONTEXT) continue
        for (const from of shelf.families[family] ?? []) {
          if (taken.has(`${from}>${to}`) || taken.has(`${to}>${from}`)) continue
          taken.add(`${from}>${to}`)
          steps.push({ from, to, share, medianDays, sigma })
        }
      }
    }
  }
  return steps
}

function stepUpTiming(kind: UpsellKind, random: Random): Pick<Step, 'share' | 'medianDays' | 'sigma'> {
  if (kind === 'service-plan') return { share: between(random, 0.08, 0.18), medianDays: 6, sigma: 0.5 }
  if (kind === 'bigger-size') return { share: between(random, 0.06, 0.15), medianDays: 0, sigma: 0 }
  return { share: between(random, 0.05, 0.12), medianDays: wholeBetween(random, 14, 45), sigma: 0.4 }
}

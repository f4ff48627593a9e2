// The shelf of a simulated shop while it is being made and run: products by number, with everything that the orders
// need to know of them. Numbers are places in `products`; ids and titles are for the outside.

import type { Random } from '../stats/seeded-random.ts'
import { between, pickOne, shuffle, wholeBetween } from './draws.ts'
import { type Category, departments } from './shop-vocabulary.ts'
import type { Season, SimulationSettings, UpsellKind } from './simulation.ts'
import { colours, lines, makers, premiumWords, series, servicePlans, sizes } from './title-vocabulary.ts'

export type ShelfRefill = { readonly medianDays: number; readonly sigma: number; readonly quitShare: number }

export type ShelfProduct = {
  readonly id: string
  readonly title: string
  readonly department: number
  readonly category: Category
  readonly season: Season | null
  /** Lines that the same customers like: the line stands first in the title. */
  readonly taste: number
  /** Who makes the line, and others; `null` for a service plan. */
  readonly maker: string | null
  /** Products of one family are forms of one another. */
  readonly family: number
  /** A shopper buys one of those who share this number: forms of one product, and its substitutes. */
  readonly choice: number | null
  readonly isSet: boolean
  /** Base packs in this pack: the 3 of "3 x 500 g". */
  readonly units: number
  priceMinor: number
  priceChange: { readonly day: number; readonly priceMinor: number } | null
  /** Share in the random demand of its department. */
  weight: number
  refill: ShelfRefill | null
  firstDay: number
  /** The first day on which it cannot be had any more; Infinity for most. */
  goneOnDay: number
  goneBecause: 'discontinued' | 'sold-out' | null
  groupInCatalog: string | null
}

export type Shelf = {
  readonly products: ShelfProduct[]
  /** Product numbers by family, and families by choice. */
  readonly families: number[][]
  readonly choices: number[][]
  readonly steps: { readonly from: number; readonly to: number; readonly kind: UpsellKind }[]
}

export const TASTES = 6
const FORMS_SHARE = 0.4
const CHOICE_SIZES = {
  durable: [1, 2, 3, 3, 4],
  consumable: [1, 2, 2, 3, 4],
  small: [1, 1, 2, 2, 3],
} as const
const PREMIUM_SHARE = 0.45
const SERVICE_PLAN_SHARE = 0.3
const PACK_SIZES = [
  [1, 2],
  [1, 3],
  [1, 2, 4],
] as const

export function fillShelf(settings: SimulationSettings, random: Random): Shelf {
  const shelf: Shelf = { products: [], families: [], choices: [], steps: [] }
  const titles = new Set<string>()
  const stalls = departments.flatMap(({ categories }, department) =>
    categories.map((category) => ({ department, category })),
  )
  // Round by round, so that a shop of any size has something of every category.
  for (let round = 0; shelf.products.length < settings.products; round++) {
    for (const { department, category } of shuffle(random, [...stalls])) {
      if (round > 0 && random() < 0.3) continue
      const room = settings.products - shelf.products.length
      if (room > 0) addChoice(shelf, { department, category, titles, room }, random)
    }
  }
  weighProducts(shelf, random)
  giveDates(shelf, settings, random)
  groupForms(shelf, random)
  return shelf
}

type Stall = {
  readonly department: number
  readonly category: Category
  readonly titles: Set<string>
  readonly room: number
}

/** One to four products that replace each other, some in several forms, some with a dearer tier above them. */
function addChoice(shelf: Shelf, stall: Stall, random: Random): void {
  const { category, room } = stall
  const choice = shelf.choices.length
  const families: number[] = []
  const until = shelf.products.length + room
  const price = Math.round(between(random, category.price[0], category.price[1]) * 100)
  const wanted = category.forms === 'set' ? 1 : pickOne(random, CHOICE_SIZES[category.role])
  for (let made = 0; made < wanted && shelf.products.length < until; made++) {
    const name = newName(stall, null, random)
    const family = addFamily(
      shelf,
      stall,
      { name, choice, until, price: price * between(random, 0.85, 1.2) },
      random,
    )
    families.push(family)
    const base = shelf.families[family]?.[0]
    if (category.role !== 'durable' || base === undefined) continue
    if (random() < PREMIUM_SHARE && shelf.products.length < until) {
      const dearer = newName(stall, name, random)
      const cost = price * between(random, 1.4, 1.9)
      const to = addProduct(
        shelf,
        stall,
        { title: dearer, family: shelf.families.length, choice, units: 1, price: cost, isSet: false },
        random,
      )
      families.push(shelf.families.length)
      shelf.families.push([to])
      for (const from of shelf.families[family] ?? []) shelf.steps.push({ from, to, kind: 'premium-tier' })
    }
    if (random() < SERVICE_PLAN_SHARE && shelf.products.length < until)
      addServicePlan(shelf, stall, base, random)
  }
  if (category.forms !== 'set') shelf.choices.push(families)
}

function addFamily(
  shelf: Shelf,
  stall: Stall,
  made: { readonly name: string; readonly choice: number; readonly until: number; readonly price: number },
  random: Random,
): number {
  const family = shelf.families.length
  const members: number[] = []
  shelf.families.push(members)
  for (const { title, units } of formsOf(made.name, stall.category, random)) {
    if (shelf.products.length >= made.until) break
    const isSet = stall.category.forms === 'set'
    // A larger pack costs less per unit.
    const price = made.price * units ** 0.92
    const choice = isSet ? null : made.choice
    members.push(addProduct(shelf, stall, { title, family, choice, units, price, isSet }, random))
  }
  const [base, ...larger] = members
  if (stall.category.forms === 'packs' && base !== undefined) {
    for (const to of larger) shelf.steps.push({ from: base, to, kind: 'bigger-size' })
  }
  return family
}

function formsOf(
  name: string,
  { forms, unit }: Category,
  random: Random,
): readonly { readonly title: string; readonly units: number }[] {
  const several = forms === 'set' || random() < FORMS_SHARE
  if (forms === 'packs') {
    const packs = several ? pickOne(random, PACK_SIZES) : [1]
    return packs.map((units) => ({ title: `${name} ${packTitle(unit ?? '', units)}`, units }))
  }
  if (forms === null || !several) return [{ title: name, units: 1 }]
  const names = forms === 'sizes' ? sizes : shuffle(random, [...colours])
  return names.slice(0, wholeBetween(random, 3, 4)).map((form) => ({ title: `${name}, ${form}`, units: 1 }))
}

/** Two packs are one large one ("1 kg"), more are written as a multiple ("3 x 500 g"). */
function packTitle(unit: string, units: number): string {
  if (units === 1) return unit
  const [amount = 1, measure = ''] = unit.split(' ').map((part, at) => (at === 0 ? Number(part) : part)) as [
    number,
    string,
  ]
  if (units > 2) return `${units} x ${unit}`
  const total = amount * units
  if (measure === 'g' && total >= 1000) return `${total / 1000} kg`
  if (measure === 'ml' && total >= 1000) return `${total / 1000} l`
  return `${total} ${measure}`
}

/** A line, a series and a noun that no other product has; `above` asks for the dearer tier of that name. */
function newName({ category, titles }: Stall, above: string | null, random: Random): string {
  for (let tried = 0; ; tried++) {
    const noun = pickOne(random, category.nouns)
    const middle =
      tried < 20 ? pickOne(random, series) : `${pickOne(random, series)} ${pickOne(random, lines)}`
    const fresh = `${pickOne(random, lines)} ${middle} ${noun}`
    const name = above === null ? fresh : raised(above, random)
    if (titles.has(name)) continue
    titles.add(name)
    return name
  }
}

/** "Nordvik Classic Coffee Grinder" becomes "Nordvik Classic Pro Coffee Grinder". */
function raised(name: string, random: Random): string {
  const [line = '', middle = '', ...noun] = name.split(' ')
  return [line, middle, pickOne(random, premiumWords), ...noun].join(' ')
}

function addServicePlan(shelf: Shelf, stall: Stall, base: number, random: Random): void {
  const product = shelf.products[base]
  if (product === undefined) return
  const category: Category = {
    ...stall.category,
    name: servicePlans,
    role: 'small',
    forms: null,
    goesWith: [],
    leadsTo: [],
  }
  const title = `${wholeBetween(random, 2, 4)} Year Care Plan for ${product.title.split(',')[0]}`
  const price = product.priceMinor * between(random, 0.14, 0.25)
  const family = shelf.families.length
  const to = addProduct(
    shelf,
    { ...stall, category },
    { title, family, choice: null, units: 1, price, isSet: false },
    random,
  )
  shelf.families.push([to])
  for (const from of shelf.families[product.family] ?? [])
    shelf.steps.push({ from, to, kind: 'service-plan' })
}

function addProduct(
  shelf: Shelf,
  { department, category }: Stall,
  made: Pick<ShelfProduct, 'title' | 'family' | 'choice' | 'units' | 'isSet'> & { readonly price: number },
  random: Random,
): number {
  const number = shelf.products.length
  const { title, family, choice, units, isSet } = made
  const { code = '', season = null } = departments[department] ?? {}
  const lasts = category.lastsDays
  const line = lines.indexOf(title.split(' ')[0] ?? '')
  shelf.products.push({
    id: `${code}-${10_001 + number}`,
    title,
    department,
    category,
    season,
    taste: line % TASTES,
    maker: makers[line % makers.length] ?? null,
    family,
    choice,
    isSet,
    units,
    priceMinor: priceTag(made.price),
    priceChange: null,
    weight: 0,
    refill:
      lasts === null
        ? null
        : {
            medianDays: between(random, lasts[0], lasts[1]) * units,
            sigma: between(random, 0.2, 0.45),
            quitShare: between(random, 0.35, 0.7),
          },
    firstDay: 0,
    goneOnDay: Number.POSITIVE_INFINITY,
    goneBecause: null,
    groupInCatalog: null,
  })
  return number
}

/** Shops end their prices in .90, or .00 above a hundred. */
function priceTag(minor: number): number {
  return minor > 10_000 ? Math.round(minor / 100) * 100 : Math.max(190, Math.round(minor / 100) * 100 - 10)
}

/** Zipf's law (exponent 0.9) over the families of a department; its forms share what a family sells. */
function weighProducts({ products, families }: Shelf, random: Random): void {
  const perDepartment = departments.map(() => [] as number[])
  for (const [family, [first]] of families.entries()) {
    const department = first === undefined ? undefined : products[first]?.department
    if (department !== undefined) perDepartment[department]?.push(family)
  }
  for (const inDepartment of perDepartment) {
    const demand = between(random, 0.6, 1.4)
    const weights = inDepartment.map((_, rank) => 1 / (rank + 3) ** 0.9)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    shuffle(random, inDepartment).forEach((family, rank) => {
      const members = families[family] ?? []
      const shares = members.map((_, at) => 1 / (at + 1.5))
      const sum = shares.reduce((all, share) => all + share, 0)
      for (const [at, number] of members.entries()) {
        const product = products[number]
        if (product === undefined) continue
        const whole = (demand * (weights[rank] ?? 0)) / total
        product.weight = (wantedByItself(product.category) * whole * (shares[at] ?? 0)) / sum
      }
    })
  }
}

/** Nobody comes to the shop for a service plan; and consumables sell by refills, on top of these draws. */
function wantedByItself({ name, role }: Category): number {
  if (name === servicePlans) return 0
  return role === 'consumable' ? 0.5 : 1
}

const LAUNCHED_SHARE = 0.06
const GONE_SHARE = 0.07
const PRICE_CHANGE_SHARE = 0.2
const UNGROUPED_SHARE = 0.2

function giveDates({ products }: Shelf, { days }: SimulationSettings, random: Random): void {
  for (const product of products) {
    if (random() < LAUNCHED_SHARE) product.firstDay = Math.floor(days * between(random, 0.3, 0.93))
    else if (random() < GONE_SHARE) {
      product.goneOnDay = Math.floor(days * between(random, 0.55, 0.99))
      product.goneBecause = random() < 0.5 ? 'discontinued' : 'sold-out'
    }
    if (random() < PRICE_CHANGE_SHARE) {
      const changed = priceTag(product.priceMinor * between(random, 0.85, 1.2))
      product.priceChange = { day: Math.floor(days * between(random, 0.2, 0.8)), priceMinor: changed }
    }
  }
}

/** One family in five is not grouped by the catalog: titles must tell. */
function groupForms({ products, families }: Shelf, random: Random): void {
  for (const [family, members] of families.entries()) {
    if (members.length < 2 || random() < UNGROUPED_SHARE) continue
    for (const number of members) {
      const product = products[number]
      if (product !== undefined) product.groupInCatalog = `G${1001 + family}`
    }
  }
}

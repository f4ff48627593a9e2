// A product that somebody wants by themselves: by the customer's favourite departments and lines, the product's
// popularity, the season, the newsletter, and whether it can be had on that day. These draws are the noise in which the
// planted relations must be found: things meet in one order because they are popular, because one customer likes both
// (and buys them in different orders just as well), because the errand was baking, or because both were in the same
// newsletter that week.

import type { Random } from '../stats/seeded-random.ts'
import { drawIndex, pickOne, runningSums } from './draws.ts'
import { seasonalDemand } from './seasons.ts'
import { type Shelf, type ShelfProduct, TASTES } from './shelf.ts'
import { departments } from './shop-vocabulary.ts'
import type { SimulationSettings } from './simulation.ts'

/** Of the products that a customer wants by themselves, this share comes from one of the three favourite departments, */
const FAVOURITE_SHARE = 0.5
/** this share of those from the department that the basket began with, */
const SAME_ERRAND = 0.35
/** and this share of all from the lines that the customer likes. */
const LIKED_SHARE = 0.5
/** Who came by a newsletter takes this share from it. */
const FROM_NEWSLETTER = 0.6
const TRIES = 40

export type Visitor = {
  readonly favourites: readonly number[]
  readonly taste: number
  /** Products of the newsletter that brought them here. */
  readonly newsletter: readonly number[] | null
}

/** `errand`: the department that the basket began with. A wholesaler has no taste: `visitor` is null. */
export type DrawProduct = (day: number, visitor: Visitor | null, errand: number | null) => number | null

type Pile = { readonly numbers: readonly number[]; readonly sums: Float64Array }

export function productDraws(
  { products }: Shelf,
  { startAtMs }: SimulationSettings,
  random: Random,
): DrawProduct {
  const pileOf = (fits: (product: ShelfProduct) => boolean): Pile => {
    const numbers = [...products.entries()].filter(([, product]) => fits(product)).map(([number]) => number)
    return { numbers, sums: runningSums(numbers.map((number) => products[number]?.weight ?? 0)) }
  }
  const piles = departments.map((_, department) => ({
    all: pileOf((product) => product.department === department),
    liked: Array.from({ length: TASTES }, (_, taste) =>
      pileOf((product) => product.department === department && product.taste === taste),
    ),
  }))
  const departmentSums = runningSums(piles.map(({ all }) => all.sums.at(-1) ?? 0))

  const departmentFor = (visitor: Visitor | null, errand: number | null): number => {
    if (errand !== null && random() < SAME_ERRAND) return errand
    if (visitor !== null && random() < FAVOURITE_SHARE) return pickOne(random, visitor.favourites)
    return drawIndex(random, departmentSums)
  }
  const drawOne = (visitor: Visitor | null, errand: number | null): number | undefined => {
    const offered = visitor?.newsletter ?? null
    if (offered !== null && random() < FROM_NEWSLETTER) return pickOne(random, offered)
    const { all, liked } = piles[departmentFor(visitor, errand)] ?? {}
    const own = visitor !== null && random() < LIKED_SHARE ? liked?.[visitor.taste] : undefined
    const pile = own !== undefined && own.numbers.length > 0 ? own : all
    return pile?.numbers[drawIndex(random, pile.sums)]
  }
  return (day, visitor, errand) => {
    for (let tried = 0; tried < TRIES; tried++) {
      const number = drawOne(visitor, errand)
      const product = number === undefined ? undefined : products[number]
      if (product === undefined || number === undefined || !isOnSale(product, day)) continue
      if (product.season === null || random() < seasonalDemand(product.season, day, startAtMs)) return number
    }
    return null
  }
}

export function isOnSale(product: ShelfProduct, day: number): boolean {
  return day >= product.firstDay && day < product.goneOnDay
}

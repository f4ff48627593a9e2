// A product that somebody wants by themselves: by the customer's favourite departments, the product's popularity, the
// season, and whether it can be had on that day. These draws are the noise in which the planted relations must be
// found: popular things meet often, and so do things of one department.

import type { Random } from '../stats/seeded-random.ts'
import { drawIndex, pickOne, runningSums } from './draws.ts'
import { seasonalDemand } from './seasons.ts'
import type { Shelf, ShelfProduct } from './shelf.ts'
import { departments } from './shop-vocabulary.ts'
import type { SimulationSettings } from './simulation.ts'

/** Of the products that a customer wants by themselves, this share comes from one of the three favourite departments. */
const FAVOURITE_SHARE = 0.55
const TRIES = 40

export type DrawProduct = (day: number, favourites: readonly number[] | null) => number | null

export function productDraws(
  { products }: Shelf,
  { startAtMs }: SimulationSettings,
  random: Random,
): DrawProduct {
  const inDepartment = departments.map((_, department) =>
    [...products.keys()].filter((number) => products[number]?.department === department),
  )
  const weights = inDepartment.map((numbers) => numbers.map((number) => products[number]?.weight ?? 0))
  const sums = weights.map(runningSums)
  const departmentSums = runningSums(weights.map((list) => list.reduce((sum, weight) => sum + weight, 0)))
  return (day, favourites) => {
    for (let tried = 0; tried < TRIES; tried++) {
      const favoured = favourites !== null && random() < FAVOURITE_SHARE
      const department = favoured ? pickOne(random, favourites) : drawIndex(random, departmentSums)
      const number = inDepartment[department]?.[drawIndex(random, sums[department] ?? new Float64Array(1))]
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

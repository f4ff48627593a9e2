// One basket: what brought the customer here, what they want besides, and what the planted relations add to it. Comes
// in: the visit. Goes out: quantities by product number; the expected counts of the planted links grow on the way.
// Substitutes and forms of one product stand in one basket only by exception, as with real shoppers.

import type { Random } from '../stats/seeded-random.ts'
import { type DrawProduct, isOnSale, type Visitor } from './draw-product.ts'
import { geometricDraw, wholeBetween } from './draws.ts'
import type { Link, Relations } from './plant-relations.ts'
import { seasonalDemand } from './seasons.ts'
import type { Shelf } from './shelf.ts'
import type { SimulationSettings } from './simulation.ts'

export type Visit = {
  readonly day: number
  /** Taste and favourites; `null` for a wholesaler, who has none. */
  readonly visitor: Visitor | null
  /** What they came for; empty for those who only look around. */
  readonly wanted: readonly number[]
  /** False for what this customer has and needs no second one of. */
  readonly mayBuy: (product: number) => boolean
}

export type Basket = Map<number, number>

export type BasketEffects = {
  readonly shelf: Shelf
  readonly relations: Relations
  readonly settings: SimulationSettings
  readonly drawProduct: DrawProduct
  readonly random: Random
  /** Expected orders by place in `relations.links`. */
  readonly expected: Float64Array
}

/** Exceptions: a gift, two tastes in one household. */
const BOTH_ANYWAY = 0.1
const MORE_WANTED = 0.55
const WANTS_MORE_BESIDES = 0.45

export function fillBasket(visit: Visit, effects: BasketEffects): Basket {
  const { shelf, random, drawProduct } = effects
  const basket: Basket = new Map()
  for (const number of visit.wanted) put(basket, number, visit, effects)
  const besides = howMany(visit, random)
  for (let drawn = 0; drawn < besides; drawn++) {
    const first = basket.keys().next().value
    const errand = first === undefined ? null : (shelf.products[first]?.department ?? null)
    const number = drawProduct(visit.day, visit.visitor, visit.visitor === null ? null : errand)
    if (number !== null && visit.mayBuy(number)) put(basket, number, visit, effects)
  }
  if (visit.visitor !== null)
    for (const anchor of [...basket.keys()]) addPlanted(basket, anchor, visit, effects)
  return basket
}

function howMany({ visitor, wanted }: Visit, random: Random): number {
  if (visitor === null) {
    return wholeBetween(random, 12, 50) + (random() < 0.35 ? wholeBetween(random, 20, 80) : 0)
  }
  if (wanted.length > 0 && random() > WANTS_MORE_BESIDES) return 0
  return 1 + geometricDraw(random, MORE_WANTED)
}

function addPlanted(basket: Basket, anchor: number, visit: Visit, effects: BasketEffects): void {
  const { relations, expected, random } = effects
  const fits = (link: Link): boolean => canAdd(basket, link, visit, effects)
  for (const place of relations.linksOf[anchor] ?? []) {
    const link = relations.links[place]
    if (link === undefined || !fits(link)) continue
    expected[place] = (expected[place] ?? 0) + link.share
    if (random() < link.share) put(basket, link.addOn, visit, effects)
  }
  for (const bundle of relations.bundlesOf[anchor] ?? []) {
    const taken = random() < bundle.share
    for (const place of bundle.links) {
      const link = relations.links[place]
      if (link === undefined || !fits(link)) continue
      expected[place] = (expected[place] ?? 0) + bundle.share
      if (taken) put(basket, link.addOn, visit, effects)
    }
  }
}

/** Can it be had, is it in season, does this customer lack it, and does the basket hold nothing instead of it? */
function canAdd(
  basket: Basket,
  link: Link,
  visit: Visit,
  { shelf, settings, random }: BasketEffects,
): boolean {
  const product = shelf.products[link.addOn]
  if (product === undefined || basket.has(link.addOn) || !isOnSale(product, visit.day)) return false
  if (!visit.mayBuy(link.addOn) || replaces(basket, link.addOn, shelf)) return false
  return link.season === null || random() < seasonalDemand(link.season, visit.day, settings.startAtMs) * 1.5
}

function put(basket: Basket, number: number, visit: Visit, { shelf, random }: BasketEffects): void {
  const product = shelf.products[number]
  if (product === undefined || basket.has(number)) return
  const allowed = visit.visitor === null ? 0.3 : BOTH_ANYWAY
  if (replaces(basket, number, shelf) && random() > allowed) return
  const chance = random()
  const few = product.category.role === 'durable' ? 1 : chance < 0.72 ? 1 : chance < 0.92 ? 2 : 3
  basket.set(number, visit.visitor === null ? 6 * wholeBetween(random, 1, 8) : few)
}

/** Does the basket hold something of which a shopper takes one only? */
function replaces(basket: Basket, number: number, { products }: Shelf): boolean {
  const choice = products[number]?.choice ?? null
  if (choice === null) return false
  for (const held of basket.keys()) if (products[held]?.choice === choice) return true
  return false
}

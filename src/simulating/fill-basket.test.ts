import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '../stats/seeded-random.ts'
import { type BasketEffects, fillBasket, type Visit } from './fill-basket.ts'
import { plantRelations } from './plant-relations.ts'
import { fillShelf } from './shelf.ts'
import { defaultSimulation } from './simulation.ts'

const VISITS = 10_000
const settings = { ...defaultSimulation, products: 300 }

/** A shop without noise: customers take what they came for, and what the planted relations add. */
function quietShop(): BasketEffects {
  const random = seededRandom(5)
  const shelf = fillShelf(settings, random)
  const relations = plantRelations(shelf, settings, random)
  const expected = new Float64Array(relations.links.length)
  return { shelf, relations, settings, drawProduct: () => null, random, expected }
}

const visitor = { favourites: [0], taste: 0, newsletter: null }

function visit(wanted: readonly number[], more: Partial<Visit> = {}): Visit {
  return { day: 400, visitor, wanted, mayBuy: () => true, ...more }
}

test('each complement is added to the planted share of its anchor’s baskets, and counted as expected', () => {
  const shop = quietShop()
  const always = (number: number): boolean => {
    const product = shop.shelf.products[number]
    return product?.season === null && product.firstDay <= 400 && product.goneOnDay > 400
  }
  let tested = 0
  for (const [anchor, places] of shop.relations.linksOf.entries()) {
    const links = places.map((place) => ({ place, ...shop.relations.links[place] }))
    // An add-on of which another one stands in its place has fewer chances.
    if (tested >= 12 || !always(anchor) || links.length === 0 || shop.relations.bundlesOf[anchor]?.length)
      continue
    const choices = links.map(({ addOn = 0 }) => shop.shelf.products[addOn]?.choice ?? addOn + 0.5)
    if (new Set(choices).size < choices.length) continue
    const counts = new Map<number, number>()
    for (let made = 0; made < VISITS; made++) {
      for (const number of fillBasket(visit([anchor]), shop).keys()) {
        counts.set(number, (counts.get(number) ?? 0) + 1)
      }
    }
    for (const { place, addOn = 0, share = 0 } of links) {
      if (!always(addOn)) continue
      tested += 1
      const seen = counts.get(addOn) ?? 0
      const error = 4 * Math.sqrt(share * (1 - share) * VISITS)
      assert.ok(Math.abs(seen - share * VISITS) < error, `${seen} of ${share * VISITS}`)
      assert.ok(Math.abs((shop.expected[place] ?? 0) - share * VISITS) < 1e-6)
    }
  }
  assert.ok(tested >= 12, `${tested} links tested`)
})

test('what replaces something in the basket is left out in nine of ten cases, for shoppers', () => {
  const shop = quietShop()
  const group = shop.shelf.choices.find(
    (families) =>
      families.length > 1 && families.every((family) => shop.shelf.families[family]?.length === 1),
  )
  const [one, other] = (group ?? []).flatMap((family) => shop.shelf.families[family] ?? [])
  assert.ok(one !== undefined && other !== undefined)
  let both = 0
  for (let made = 0; made < VISITS; made++) if (fillBasket(visit([one, other]), shop).has(other)) both += 1
  assert.ok(Math.abs(both / VISITS - 0.1) < 0.02, `${both} of ${VISITS}`)
})

test('what a customer has, or what is not on sale, is not added', () => {
  const shop = quietShop()
  const link = shop.relations.links.find(({ season, kind }) => season === null && kind === 'accessory')
  const addOn = shop.shelf.products[link?.addOn ?? -1]
  assert.ok(link !== undefined && addOn !== undefined)
  addOn.firstDay = 0
  addOn.goneOnDay = 500
  const adds = (more: Partial<Visit>): boolean => {
    const baskets = Array.from({ length: 500 }, () => fillBasket(visit([link.anchor], more), shop))
    return baskets.some((basket) => basket.has(link.addOn))
  }
  assert.ok(adds({ day: 499 }))
  assert.ok(!adds({ day: 500 }))
  assert.ok(!adds({ day: 499, mayBuy: (number) => number !== link.addOn }))
})

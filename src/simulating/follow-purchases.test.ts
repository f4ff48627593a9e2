import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '../stats/seeded-random.ts'
import { followPurchases } from './follow-purchases.ts'
import { plantRelations } from './plant-relations.ts'
import { fillShelf } from './shelf.ts'
import { defaultSimulation } from './simulation.ts'

const CUSTOMERS = 20_000
const settings = { ...defaultSimulation, products: 300 }

/** The days on which customers come for `wanted` after they all bought `bought` on day 0. */
function comeFor(bought: number, wanted: number, quantity: number): number[] {
  const random = seededRandom(5)
  const shelf = fillShelf(settings, random)
  const following = followPurchases(shelf, plantRelations(shelf, settings, random), settings, random)
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    following.bought(customer, new Map([[bought, quantity]]), 0, 1)
  }
  const days: number[] = []
  for (let day = 1; day < settings.days; day++) {
    for (const products of following.wishesOf(day).values()) if (products.includes(wanted)) days.push(day)
  }
  return days
}

function planted() {
  const random = seededRandom(5)
  const shelf = fillShelf(settings, random)
  return { shelf, relations: plantRelations(shelf, settings, random) }
}

/** Four standard deviations of a binomial share. */
function errorOf(share: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / CUSTOMERS)
}

test('of the buyers of a product the planted share wants the next step, after the planted days', () => {
  const step = planted().relations.nextSteps[0]
  assert.ok(step !== undefined)
  const days = comeFor(step.from, step.to, 1)
  assert.ok(Math.abs(days.length / CUSTOMERS - step.share) < errorOf(step.share))
  const median = days[Math.floor(days.length / 2)] ?? 0
  assert.ok(Math.abs(median - step.medianDays) <= 1, `${median} days, ${step.medianDays} planted`)
})

test('of the buyers of a consumable all but the quitters come back, for two packs after twice the days', () => {
  const { shelf, relations } = planted()
  const number = shelf.products.findIndex(
    ({ refill }, at) => refill !== null && (relations.upOf[at]?.length ?? 0) === 0,
  )
  const refill = shelf.products[number]?.refill
  assert.ok(refill !== null && refill !== undefined)
  for (const quantity of [1, 2]) {
    const days = comeFor(number, number, quantity)
    assert.ok(Math.abs(days.length / CUSTOMERS - (1 - refill.quitShare)) < errorOf(refill.quitShare))
    const ratio = (days[Math.floor(days.length / 2)] ?? 0) / (refill.medianDays * quantity)
    assert.ok(Math.abs(ratio - 1) < 0.03, `${quantity}: ${ratio} of the planted days`)
  }
})

test('who has a durable or an open pack is not sent for a second one', () => {
  const { shelf, relations } = planted()
  const following = followPurchases(shelf, relations, settings, seededRandom(1))
  for (const [number, { category }] of shelf.products.entries()) {
    assert.ok(following.mayBuy(7, number))
    following.bought(7, new Map([[number, 1]]), 0, 1)
    assert.equal(following.mayBuy(7, number), category.role === 'small')
    assert.ok(following.mayBuy(8, number))
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import { placements } from '../domain/placement.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { setNeed } from './name-need.ts'

const order = tinyOrder([['cup-green', 6, 295]])

/** A customer with an order on each of the days before, newest first. */
function pastOf(...orders: readonly (readonly string[])[]): CustomerPurchases {
  return {
    customerId: 'c',
    orders: orders.map((productIds, place) => ({
      orderId: `past-${place}`,
      placedAtMs: order.placedAtMs - (place + 1) * DAY_MS,
      productIds,
      quantities: productIds.map(() => 1),
    })),
    earlier: [],
  }
}

const cup = (colour: string, durable = false) =>
  tinyProduct(`cup-${colour}`, 295, { variantGroup: 'cup', durable })

test('a piece of a set that the customer has is dropped, unless they had its anchor too and buy it again', () => {
  const need = setNeed('cup green')
  const plan = tinyPlan([cup('green'), cup('pink')], [tinyPairing('cup-green', 'cup-pink', 0.5, { need })])
  const given = (past: CustomerPurchases) => choosePicks(order, past, 'thank-you', plan, defaultSettings)
  const completes = given(pastOf(['tray'], ['cup-pink']))
  assert.deepEqual(completes.picks, [])
  assert.match(completes.dropped[0]?.detail ?? '', /a set is completed by what lacks/)
  const renews = given(pastOf(['tray'], ['cup-pink'], ['cup-green']))
  assert.deepEqual(
    renews.picks.map((pick) => [pick.product, pick.need]),
    [['cup-pink', 'You have had it before; it is often bought with your cup green.']],
  )
  const lacks = given(pastOf(['tray'], ['cup-green']))
  assert.equal(lacks.picks[0]?.need, need)
})

test('a set that is bought anew is no follow-up, holds no durable, and keeps a sentence of the shop', () => {
  const had = pastOf(['tray'], ['cup-pink', 'cup-green'])
  const windows = placements.map((placement) => ({ placement, fromDay: 0, toDay: 30 }))
  const given = (placement: (typeof placements)[number], durable: boolean) =>
    choosePicks(
      order,
      had,
      placement,
      tinyPlan(
        [cup('green'), cup('pink', durable)],
        [tinyPairing('cup-green', 'cup-pink', 0.5, { need: 'More of it!', windows })],
      ),
      defaultSettings,
    ).picks.map((pick) => pick.need)
  assert.deepEqual(given('thank-you', false), ['More of it!'])
  assert.deepEqual(given('thank-you', true), [])
  assert.deepEqual(given('follow-up', false), [])
})

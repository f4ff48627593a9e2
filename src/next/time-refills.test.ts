import assert from 'node:assert/strict'
import test from 'node:test'
import {
  tinyEvidence,
  tinyOrder,
  tinyPairing,
  tinyPlan,
  tinyProduct,
  tinyRhythm,
} from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { nameNeed } from './name-need.ts'

const beans = tinyProduct('coffee-beans', 1200, { refill: { ...tinyRhythm(42), quantityExponent: 1 } })
const evidence = tinyEvidence()
const facts = { relation: 'refill' as const, anchor: beans, addOn: beans, set: false, evidence }
const refill = (need = nameNeed(facts, [])) =>
  tinyPairing('coffee-beans', 'coffee-beans', 0.5, {
    verdict: { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' },
    need,
    windows: [{ placement: 'follow-up', fromDay: 33, toDay: 60 }],
  })

function pickOf(quantity: number, customer: CustomerPurchases | null = null, pairing = refill()) {
  const order = tinyOrder([
    ['coffee-beans', quantity, 1200],
    ['grinder', 1, 9000],
  ])
  return choosePicks(order, customer, 'follow-up', tinyPlan([beans], [pairing]), defaultSettings)
}

function everyDays(days: number, times: number): CustomerPurchases {
  const { placedAtMs } = tinyOrder([])
  return {
    customerId: 'c',
    orders: Array.from({ length: times }, (_, at) => ({
      orderId: `past-${at}`,
      placedAtMs: placedAtMs - (at + 1) * days * DAY_MS,
      productIds: ['coffee-beans'],
      quantities: [1],
    })),
    earlier: [],
  }
}

test('a refill is offered by the rhythm of the product, with its figures in the reason', () => {
  const [pick] = pickOf(1).picks
  assert.equal(pick?.afterDays, 33)
  assert.equal(pick?.need, 'Time for more: customers who reorder coffee beans do so after about 6 weeks.')
  assert.equal(
    pick?.reason,
    '40 customers bought it again: it runs out about 42 days after the order; 8 in 10 who come back do so between day 23 and day 79, and 67 % come back.',
  )
})

test('who buys three times as much is asked three times as late', () => {
  const [pick] = pickOf(3).picks
  assert.equal(pick?.afterDays, 104)
  assert.equal(pick?.need, 'Time for more: 3 × coffee beans last about 4 months.')
})

test('a customer’s own rhythm sets the day, and the sentence speaks of it', () => {
  const [pick] = pickOf(1, everyDays(21, 10)).picks
  assert.ok(pick !== undefined && pick.afterDays >= 15 && pick.afterDays <= 17, `${pick?.afterDays}`)
  assert.equal(pick.need, 'Time for more: you usually reorder coffee beans after about 3 weeks.')
  assert.match(pick.reason, /with 10 intervals of this customer’s own/)
})

test('a refill that is due in more than half a year is not promised today', () => {
  const { picks, dropped } = pickOf(12)
  assert.equal(picks.length, 0)
  assert.deepEqual(
    dropped.filter(({ rule }) => rule === 'wrong-window').map(({ detail }) => detail),
    ['it is due later than 180 days after the order'],
  )
})

test('a sentence of the shop’s own is left as it is', () => {
  const [pick] = pickOf(3, null, refill('Fresh beans, whenever you like.')).picks
  assert.equal(pick?.need, 'Fresh beans, whenever you like.')
})

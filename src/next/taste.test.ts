import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'

const order = tinyOrder([['teapot', 1, 4000]])
const products = ['teapot', 'tea', 'cup', 'napkin'].map((id) => tinyProduct(id, id === 'teapot' ? 4000 : 500))

/** Far more often in one order than popularity explains, and no more than the customers' tastes do. */
const taste = (addOn: string, score: number, ordersTogether = 60) =>
  tinyPairing('teapot', addOn, score, {
    verdict: {
      status: 'refused',
      relation: 'too-little-evidence',
      because: 'taste',
      decidedBy: 'own-orders',
    },
    evidence: tinyEvidence({ ordersTogether, expected: 5, kindLift: 1 }),
    windows: [],
  })

const whoBought = (product: string): CustomerPurchases => ({
  customerId: 'c',
  orders: [
    { orderId: 'past', placedAtMs: order.placedAtMs - DAY_MS, productIds: [product], quantities: [1] },
  ],
  earlier: [],
})

const picked = (
  pairings: Parameters<typeof tinyPlan>[1],
  placement: 'thank-you' | 'confirmation-email' | 'follow-up',
  customer: CustomerPurchases | null = null,
) => {
  const { picks, fallback } = choosePicks(
    order,
    customer,
    placement,
    tinyPlan(products, pairings),
    defaultSettings,
  )
  return { fallback, products: picks.map((pick) => pick.product), needs: picks.map((pick) => pick.need) }
}

test('a taste stands behind every pairing: it fills a second place, or answers where no pairing does', () => {
  const both = [tinyPairing('teapot', 'tea', 0.1), taste('cup', 0.6)]
  assert.deepEqual(picked(both, 'thank-you').products, ['tea'])
  assert.deepEqual(picked(both, 'confirmation-email').products, ['tea', 'cup'])
  const alone = picked([taste('cup', 0.6)], 'thank-you')
  assert.deepEqual([alone.fallback, alone.products], ['taste', ['cup']])
  assert.match(alone.needs[0] ?? '', /^Customers who chose the teapot often like it too/i)
})

test('a taste that this customer has bought before competes as their habit, and says so', () => {
  const both = [tinyPairing('teapot', 'tea', 0.1), taste('cup', 0.6)]
  const regular = picked(both, 'thank-you', whoBought('cup'))
  assert.deepEqual(regular.products, ['cup'])
  assert.match(regular.needs[0] ?? '', /^You have had it before/)
  assert.deepEqual(picked(both, 'thank-you', whoBought('napkin')).products, ['tea'])
})

test('a taste is never a follow-up, and what popularity explains is no taste', () => {
  assert.deepEqual(picked([taste('cup', 0.6)], 'follow-up').products, [])
  assert.deepEqual(picked([taste('cup', 0.6, 6)], 'confirmation-email').products, [])
})

test('what the customer bought within the last day is not offered again; the day after it may be', () => {
  const bought = (hoursAgo: number): CustomerPurchases => {
    const { orders, ...customer } = whoBought('cup')
    const placedAtMs = order.placedAtMs - (hoursAgo / 24) * DAY_MS
    return { ...customer, orders: orders.map((past) => ({ ...past, placedAtMs })) }
  }
  assert.deepEqual(picked([tinyPairing('teapot', 'cup', 0.5)], 'thank-you', bought(1)).products, [])
  assert.deepEqual(picked([tinyPairing('teapot', 'cup', 0.5)], 'thank-you', bought(25)).products, ['cup'])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import type { Pairing } from '../domain/pairing.ts'
import { type Placement, placements } from '../domain/placement.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { joinReasons } from './rank-candidates.ts'

const order = tinyOrder([['tent', 1, 40000]])
const followUp = [{ placement: 'follow-up', fromDay: 5, toDay: 12 }] as const

function nextStep(addOn: string, score: number, more: Partial<Pairing> = {}): Pairing {
  return tinyPairing('tent', addOn, score, {
    verdict: {
      status: 'live',
      relation: 'extend',
      because: '12 customers bought it later, 3.1 expected',
      decidedBy: 'orders-later',
    },
    windows: followUp,
    ...more,
  })
}

function products(lamp: number, stove: number) {
  return [
    tinyProduct('tent', 40000),
    tinyProduct('lamp', 2000, { takenUp: lamp }),
    tinyProduct('stove', 2500, { takenUp: stove }),
  ]
}

function pickedAt(
  placement: Placement,
  plan: ReturnType<typeof tinyPlan>,
  customer: CustomerPurchases | null,
) {
  return choosePicks(order, customer, placement, plan, defaultSettings).picks.map((pick) => pick.product)
}

function whoBought(...productIds: string[]): CustomerPurchases {
  return {
    customerId: 'c',
    orders: [
      {
        orderId: 'past',
        placedAtMs: order.placedAtMs - DAY_MS,
        productIds,
        quantities: productIds.map(() => 1),
      },
    ],
    earlier: [],
  }
}

test('in a follow-up, what customers take up for the first time lately comes forward', () => {
  const steps = [nextStep('lamp', 0.1), nextStep('stove', 0.09)]
  assert.deepEqual(pickedAt('follow-up', tinyPlan(products(0, 0), steps), null), ['lamp', 'stove'])
  assert.deepEqual(pickedAt('follow-up', tinyPlan(products(0, 0.05), steps), null), ['stove', 'lamp'])
})

test('a follow-up offers a customer nothing that they had, unless it is a refill', () => {
  const plan = tinyPlan(products(0, 0), [nextStep('lamp', 0.1), nextStep('stove', 0.09)])
  const choice = choosePicks(order, whoBought('lamp'), 'follow-up', plan, defaultSettings)
  assert.deepEqual(
    choice.picks.map((pick) => pick.product),
    ['stove'],
  )
  assert.ok(choice.dropped.some(({ product, rule }) => product === 'lamp' && rule === 'already-owned'))
  const refill = nextStep('tent', 0.2, {
    verdict: {
      status: 'live',
      relation: 'refill',
      because: '30 customers bought it again',
      decidedBy: 'rebuys',
    },
  })
  const refillPlan = tinyPlan(products(0, 0), [refill])
  assert.deepEqual(pickedAt('follow-up', refillPlan, whoBought('tent')), ['tent'])
})

test('a customer without a past gets the picks of the plan at every moment, and so does one whose past is unrelated', () => {
  const plan = tinyPlan(
    products(0.01, 0.02),
    [
      tinyPairing('tent', 'lamp', 0.3, {
        windows: [...tinyPairing('tent', 'lamp', 0.3).windows, ...followUp],
        evidence: tinyEvidence({ customersLater: 9 }),
      }),
      nextStep('stove', 0.2),
    ],
    { bestSellers: ['stove'] },
  )
  for (const placement of placements) {
    const unknown = pickedAt(placement, plan, null)
    assert.ok(unknown.length > 0)
    assert.deepEqual(pickedAt(placement, plan, { customerId: 'new', orders: [], earlier: [] }), unknown)
    assert.deepEqual(pickedAt(placement, plan, whoBought('umbrella')), unknown)
  }
})

test('two independent reasons join to the chance that at least one holds', () => {
  assert.equal(joinReasons(0.5, 0.5), 0.75)
  assert.ok(Math.abs(joinReasons(0, 0.3) - 0.3) < 1e-12)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import type { CustomerPurchases } from '../domain/order.ts'
import type { Pairing } from '../domain/pairing.ts'
import { placements } from '../domain/placement.ts'
import type { Plan, PlanProduct } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { JOINT_LIFT_MIN, joinTakeUp } from './joint-take-up.ts'

const order = tinyOrder([
  ['tent', 1, 40000],
  ['mat', 1, 5000],
])
const buyersTakeUp = { orders: 10, products: ['lamp', 'stove', 'cord'], amounts: [2, 1, 0.5] }

function shop(more: Partial<PlanProduct> = {}): PlanProduct[] {
  return [
    tinyProduct('tent', 40000, { buyersTakeUp }),
    tinyProduct('mat', 5000),
    tinyProduct('lamp', 2000, { takenUp: 0.05, ...more }),
    tinyProduct('stove', 2500, { takenUp: 0.05 }),
    tinyProduct('cord', 500, { takenUp: 0.05 }),
  ]
}

const followUp = (plan: Plan, customer: CustomerPurchases | null = null) =>
  choosePicks(order, customer, 'follow-up', plan, defaultSettings)
const picked = (plan: Plan) => followUp(plan).picks.map(({ product }) => product)

test('the lists of an order are joined by their orders, and the lift compares with all who came back', () => {
  const joint = joinTakeUp([
    { orders: 3, products: ['lamp'], amounts: [1] },
    undefined,
    { orders: 1, products: ['stove', 'lamp'], amounts: [0.5, 0.2] },
  ])
  assert.deepEqual(joint.products, ['lamp', 'stove'])
  assert.ok(Math.abs(joint.lift('lamp', 0.1) - (1.2 + 2 * 0.1) / (4 + 2) / 0.1) < 1e-12)
  assert.ok(joint.chance('lamp') > joint.chance('stove'))
  assert.equal(joint.chance('cord'), 0)
  assert.equal(joint.lift('lamp', 0), 0)
})

test('what goes with the order is offered in a follow-up when buyers of the order take it up more than others', () => {
  const pairings = [tinyPairing('tent', 'lamp', 0.2), tinyPairing('tent', 'cord', 0.3)]
  // Lamp: 2 of 10 orders against 5 %; cord: as often as others do.
  const choice = followUp(tinyPlan(shop(), pairings))
  assert.deepEqual(
    choice.picks.map(({ product }) => product),
    ['lamp'],
  )
  const [pick] = choice.picks
  assert.match(pick?.reason ?? '', /took it up about 3\.5 times as often as others/)
  assert.equal(pick?.afterDays, defaultSettings.followUpFromDay)
  assert.ok(choice.dropped.some(({ product, rule }) => product === 'cord' && rule === 'wrong-window'))
})

test('what buyers take up hardly more than others stays with the moment of the order', () => {
  const pairings = [tinyPairing('tent', 'lamp', 0.2)]
  // (2 / u + 2) / 12 is the least lift at this u.
  const takenUp = 2 / (12 * JOINT_LIFT_MIN - 2)
  assert.deepEqual(picked(tinyPlan(shop({ takenUp: takenUp * 1.01 }), pairings)), [])
  assert.deepEqual(picked(tinyPlan(shop({ takenUp: takenUp * 0.99 }), pairings)), ['lamp'])
})

test('no variant, substitute, upsell or weak pair enters a follow-up, however many take it up', () => {
  for (const relation of ['variant', 'substitute', 'upsell', 'too-little-evidence'] as const) {
    const verdict = { status: 'refused', relation, because: 'so', decidedBy: 'orders-together' } as const
    const refused: Partial<Pairing> = { verdict, windows: [] }
    assert.deepEqual(picked(tinyPlan(shop(), [tinyPairing('tent', 'lamp', 0.5, refused)])), [], relation)
    if (relation === 'too-little-evidence') continue
    // Refused with one line, it is not offered for another.
    const pairings = [tinyPairing('mat', 'lamp', 0.5, refused), tinyPairing('tent', 'lamp', 0.5)]
    assert.deepEqual(picked(tinyPlan(shop(), pairings)), [], relation)
  }
})

test('best sellers, category pairings and curated add-ons do not enter a follow-up by being taken up', () => {
  const curated = tinyPairing('tent', 'stove', 0.5, { source: 'curated' })
  const plan = tinyPlan(shop({ category: 'Light' }), [curated], {
    bestSellers: ['lamp'],
    categoryPairings: new Map([
      ['', [{ category: '', addOn: 'lamp', score: 0.5, ordersTogether: 9 }]],
      ['Camping', [{ category: 'Camping', addOn: 'lamp', score: 0.5, ordersTogether: 9 }]],
    ]),
  })
  assert.deepEqual(picked(plan), [])
})

test('what buyers of the order take up comes forward among next steps', () => {
  const step = (addOn: string, score: number): Pairing =>
    tinyPairing('tent', addOn, score, {
      verdict: {
        status: 'live',
        relation: 'extend',
        because: '12 customers bought it later',
        decidedBy: 'orders-later',
      },
      windows: [{ placement: 'follow-up', fromDay: 5, toDay: 12 }],
      evidence: tinyEvidence({ customersLater: 12 }),
    })
  assert.deepEqual(picked(tinyPlan(shop(), [step('cord', 0.3), step('lamp', 0.25)])), ['lamp', 'cord'])
})

test('a new customer gets what every other customer gets for the order, and shops without lists keep their picks', () => {
  const pairings = [tinyPairing('tent', 'lamp', 0.2), tinyPairing('mat', 'stove', 0.1)]
  const plan = tinyPlan(shop(), pairings)
  const bare = tinyPlan(
    shop().map(({ buyersTakeUp: _, ...product }) => product),
    pairings,
  )
  const regular: CustomerPurchases = {
    customerId: 'c',
    orders: [
      { orderId: 'past', placedAtMs: order.placedAtMs - 1, productIds: ['umbrella'], quantities: [1] },
    ],
    earlier: [],
  }
  for (const placement of placements) {
    const of = (customer: CustomerPurchases | null, from: Plan) =>
      choosePicks(order, customer, placement, from, defaultSettings).picks
    assert.deepEqual(of(null, plan), of(regular, plan))
    if (placement !== 'follow-up') assert.deepEqual(of(null, plan), of(null, bare))
  }
  assert.deepEqual(picked(bare), [])
})

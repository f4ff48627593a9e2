import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyProduct } from '../../test/tiny-plan.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { weighEvidence } from './evaluate-pairing.ts'
import { isTaste, kinshipOf, labelRelation, saysNothing, standsOut } from './label-relation.ts'

const anchor = tinyProduct('teapot', 900)
const addOn = tinyProduct('teacup', 300)
const counted = { orders: 2000, ordersTogether: 1023, expected: 135.58, choices: 1485 }

test('what the customers’ own orders decided is told in whole purchases, the bound rounded so that it decides alike', () => {
  const above = labelRelation(
    anchor,
    addOn,
    tinyEvidence({ ...counted, choicesBeside: 457, choicesBesideMost: 456.8 }),
  )
  assert.deepEqual(above, {
    status: 'live',
    relation: 'complete',
    decidedBy: 'own-orders',
    because:
      '1,023 orders together, 135.6 expected; of 1,485 purchases counted among customers who bought both, 457 were in one order with the other, where taste alone would explain up to 456',
  })
  const level = labelRelation(
    anchor,
    addOn,
    tinyEvidence({ ...counted, choicesBeside: 456, choicesBesideMost: 456.8 }),
  )
  assert.equal(level.status, 'refused')
  assert.match(
    level.because,
    /456 were in one order with the other, where taste alone would explain up to 456$/,
  )
})

test('orders of everything by nobody known prove no pairing, and do not hide one that others show', () => {
  const evidence = { orders: 60, expected: 0.5, choices: 0, choicesBeside: 0, choicesBesideMost: 0 }
  const bulk = labelRelation(anchor, addOn, tinyEvidence({ ...evidence, ordersTogether: 52, ordersBulk: 52 }))
  assert.deepEqual([bulk.status, bulk.relation], ['refused', 'too-little-evidence'])
  assert.match(
    bulk.because,
    /^52 orders together \(52 of them very large and of no known customer, which prove nothing\)/,
  )
  const both = labelRelation(anchor, addOn, tinyEvidence({ ...evidence, ordersTogether: 82, ordersBulk: 52 }))
  assert.deepEqual([both.status, both.relation], ['live', 'complete'])
})

test('what is passed over without weighing is exactly what would be kept out for too little evidence and is no taste', () => {
  const random = seededRandom(11)
  const upTo = (most: number): number => Math.floor(random() * (most + 1))
  const products = [
    tinyProduct('cup', 300, { category: 'tea', variantGroup: 'cup' }),
    tinyProduct('cup-blue', 300, { category: 'tea', variantGroup: 'cup' }),
    tinyProduct('pot', 900, { category: 'tea' }),
    tinyProduct('care plan', 100),
    tinyProduct('saw', 500, { category: 'tools' }),
  ]
  const told = { silent: 0, weighed: 0 }
  for (let pair = 0; pair < 20_000; pair++) {
    const [one, other] = [products[upTo(4)] ?? anchor, products[upTo(4)] ?? addOn]
    const ordersTogether = upTo(12)
    const counts = {
      ...{ ordersTogether, ordersBulk: upTo(2) * upTo(ordersTogether), expectedTogether: random() ** 4 * 40 },
      ...{ customersLater: upTo(10), customersLaterExpected: random() ** 4 * 30 },
      ...{ togetherWeight: 1, kindLift: 1 + random(), customersFollowed: 40, customersLaterFollowed: 2 },
      within: {
        choices: upTo(1) * 20,
        choicesBeside: upTo(20),
        choicesBesideMost: 20 * random(),
        ordersCampaign: 0,
        errandSpread: 0.3 * upTo(1),
      },
    }
    counts.ordersBulk = Math.min(counts.ordersBulk, ordersTogether)
    const evidence = weighEvidence(one, other, counts, { orders: 5000, ordersWeight: 900 })
    const verdict = labelRelation(one, other, evidence)
    const isSilent =
      verdict.relation === 'too-little-evidence' &&
      verdict.decidedBy === 'orders-together' &&
      !standsOut(ordersTogether - counts.ordersBulk, counts.expectedTogether)
    assert.equal(saysNothing(kinshipOf(one, other), counts), isSilent, JSON.stringify({ one, other, counts }))
    assert.ok(!(isSilent && isTaste({ verdict, evidence })))
    told[isSilent ? 'silent' : 'weighed'] += 1
  }
  assert.ok(told.silent > 2000 && told.weighed > 2000)
})

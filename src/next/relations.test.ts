// Each row of the table of relations (docs/methods.md, section 3), judged as mining judges it, with the evidence that it
// names. Counts are far on their side of every bound, so that a row tests the rule and not the bound.

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyProduct, tinyRhythm } from '../../test/tiny-plan.ts'
import type { DecidedBy, PairingVerdict } from '../domain/pairing.ts'
import type { PlanProduct, RefillRhythm } from '../domain/plan.ts'
import { weighEvidence } from './evaluate-pairing.ts'
import { labelRelation } from './label-relation.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

const nothing = {
  ...{ ordersTogether: 0, togetherWeight: 0, ordersBulk: 0, expectedTogether: 0.5, kindLift: 1 },
  ...{ within: NOBODY_CHOSE, customersFollowed: 300, customersLaterFollowed: 0 },
  ...{ customersLater: 0, customersLaterExpected: 1 },
}
const together = { ...nothing, ordersTogether: 60, expectedTogether: 5 }
const apart = { ...nothing, ordersTogether: 2, expectedTogether: 60 }
const later = { ...nothing, customersLater: 40, customersLaterExpected: 4 }
const laterToo = { ...together, customersLater: 40, customersLaterExpected: 4 }
const byTaste = {
  ...together,
  within: { choices: 60, choicesBeside: 20, choicesBesideMost: 30.5, ordersCampaign: 0, errandSpread: 0.3 },
}
const ofOwn = {
  ...together,
  within: { choices: 60, choicesBeside: 45, choicesBesideMost: 30.5, ordersCampaign: 0, errandSpread: 0.3 },
}
/** Sure at the odds of the usual errand only: 60 orders are surely 5.8 times 5 expected ones, 2.4 times 15 (2 of doubt added). */
const ofUsualErrand = { ...ofOwn, within: { ...ofOwn.within, errandSpread: 0 } }
const ofStrongErrand = { ...ofUsualErrand, kindLift: 3 }
const ofKind = { ...together, kindLift: 20 }

const cup = tinyProduct('cup', 500, { title: 'Teacup, red', category: 'Cups', variantGroup: 'cup' })
const cupBlue = tinyProduct('cup-blue', 500, {
  title: 'Teacup, blue',
  category: 'Cups',
  variantGroup: 'cup',
})
const oil = tinyProduct('oil', 900, { title: 'Olive Oil 250 ml', category: 'Oils', variantGroup: 'oil' })
const oilLarge = tinyProduct('oil-l', 3000, {
  title: 'Olive Oil 1 l',
  category: 'Oils',
  variantGroup: 'oil',
})
const beans = tinyProduct('beans', 1200, { title: 'Nordvik Beans 500 g' })
const sack = tinyProduct('sack', 2200, { title: 'Nordvik Beans 1 kg' })
const mug = tinyProduct('mug', 800, { title: 'Enamel mug', category: 'Cups' })
const dearMug = tinyProduct('dear-mug', 1600, { title: 'Silver mug', category: 'Cups' })
const drill = tinyProduct('drill', 9000, { title: 'Drill', category: 'Drills' })
const drillPro = tinyProduct('drill-pro', 9900, { title: 'Drill Pro', category: 'Drills' })
const bits = tinyProduct('bits', 1500, { title: 'Drill bits', category: 'Bits' })
const plan = tinyProduct('plan', 1900, { title: '2 year care plan', category: 'Bits' })

type Row = readonly [
  anchor: PlanProduct,
  addOn: PlanProduct,
  counts: typeof nothing,
  relation: PairingVerdict['relation'],
  decidedBy: DecidedBy,
]
const rows: readonly Row[] = [
  [drill, plan, together, 'upsell', 'title'],
  [cup, cupBlue, together, 'complete', 'orders-together'],
  [oil, oilLarge, later, 'upsell', 'orders-later'],
  [oilLarge, oil, later, 'variant', 'variant-group'],
  [cup, cupBlue, later, 'variant', 'variant-group'],
  [cup, cupBlue, nothing, 'variant', 'variant-group'],
  [mug, dearMug, apart, 'substitute', 'orders-together'],
  [mug, dearMug, together, 'complete', 'orders-together'],
  [beans, sack, later, 'upsell', 'orders-later'],
  [sack, beans, later, 'variant', 'title'],
  [mug, dearMug, later, 'upsell', 'price'],
  [drill, drillPro, later, 'upsell', 'price'],
  [dearMug, mug, later, 'substitute', 'orders-later'],
  [drill, bits, together, 'complete', 'orders-together'],
  [drill, bits, ofOwn, 'complete', 'own-orders'],
  [drill, bits, ofUsualErrand, 'complete', 'own-orders'],
  [drill, bits, ofStrongErrand, 'too-little-evidence', 'own-orders'],
  [drill, bits, laterToo, 'complete', 'orders-together'],
  [drill, bits, later, 'extend', 'orders-later'],
  [drill, bits, nothing, 'too-little-evidence', 'orders-together'],
  [drill, bits, byTaste, 'too-little-evidence', 'own-orders'],
  [drill, bits, ofKind, 'too-little-evidence', 'orders-together'],
]

test('two products have the relation of the first row of the table that fits, decided by the evidence that it names', () => {
  for (const [anchor, addOn, counts, relation, decidedBy] of rows) {
    const evidence = weighEvidence(anchor, addOn, counts, { orders: 5000, ordersWeight: 900 })
    const verdict = labelRelation(anchor, addOn, evidence)
    const about = `${anchor.id} and ${addOn.id}: ${verdict.because}`
    assert.deepEqual([verdict.relation, verdict.decidedBy], [relation, decidedBy], about)
    const isLive = relation === 'complete' || relation === 'extend'
    assert.equal(verdict.status, isLive ? 'live' : 'refused', about)
  }
})

test('forms of one product that are bought together are called a set', () => {
  const evidence = weighEvidence(cup, cupBlue, together, { orders: 5000, ordersWeight: 900 })
  assert.match(
    labelRelation(cup, cupBlue, evidence).because,
    /^forms of one product that are bought as a set:/,
  )
})

test('a product is its own refill where enough come back at a regular time, or its like or the catalog say so', () => {
  const judged = (more: Partial<RefillRhythm> | null) => {
    const product = tinyProduct('beans', 1200, {
      refill: more === null ? null : { ...tinyRhythm(40), ...more },
    })
    const { status, decidedBy, because } = labelRelation(
      product,
      product,
      weighEvidence(product, product, nothing, { orders: 5000, ordersWeight: 900 }),
    )
    return [status, decidedBy, because]
  }
  assert.deepEqual(judged({}), ['live', 'rebuys', '40 customers bought it again, the median after 40 days'])
  assert.deepEqual(judged({ basis: 'similar', repeatCustomers: 2 }), [
    'live',
    'similar-products',
    'products like it are bought again, this one by their rhythm after 40 days',
  ])
  assert.deepEqual(judged({ basis: 'catalog', repeatCustomers: 0, sigmaBetween: 2 }), [
    'live',
    'catalog',
    'the catalog says that it lasts about 40 days',
  ])
  assert.deepEqual(judged({ sigmaBetween: 1.2 }), [
    'refused',
    'rebuys',
    '40 customers bought it again, but at no particular time',
  ])
  for (const few of [null, { repeatCustomers: 19 }, { rebuyShare: 0.09 }])
    assert.deepEqual(judged(few), ['refused', 'rebuys', 'too few customers bought it again'])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyProduct } from '../../test/tiny-plan.ts'
import { labelRelation } from './label-relation.ts'

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

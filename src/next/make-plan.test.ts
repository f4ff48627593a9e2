import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import { defaultSettings } from '../domain/settings.ts'
import { type AnchorPairs, type Mined, makePlan, type PairRow, type ProductFacts } from './make-plan.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

const catalog = [
  tinyCatalogProduct('vase', 'Vase', 1200, { crossSellIds: ['cup'] }),
  tinyCatalogProduct('cup', 'Cup', 800, { category: 'Tableware' }),
  tinyCatalogProduct('saucer', 'Saucer', 300),
]

const none = { rhythm: null, buyersTakeUp: null }

function facts(id: string): ProductFacts {
  return { id, orders: 50, ordersWeight: 50, customers: 40, rebuyShare: 0.05, takenUp: 0, ...none }
}

function row(anchorId: string, addOnId: string, together: number): PairRow {
  return {
    ...{ anchorId, addOnId, ordersTogether: together, togetherWeight: together, expectedTogether: 3 },
    ...{ customersFollowed: 40, customersLaterFollowed: 0, customersLater: 0, customersLaterExpected: 1 },
    ...{ ordersBulk: 0, kindLift: 1, within: NOBODY_CHOSE, gaps: null },
  }
}

const pairsOf = (anchorId: string, rows: readonly PairRow[], silent = 0): AnchorPairs => ({
  ...{ anchorId, rows, silent },
  silentRow: () => undefined,
})

function draft(more: readonly AnchorPairs[] = [], how: Pick<Mined, 'whyFallen'> = {}) {
  return makePlan(
    {
      products: catalog.map(({ id }) => facts(id)),
      pairs: [
        ...more,
        pairsOf('cup', [row('cup', 'saucer', 30), row('cup', 'vase', 3)], 2),
        pairsOf('saucer', [row('saucer', 'cup', 30)]),
      ],
      totals: { orders: 1000, ordersWeight: 1000 },
      ...{ historyFromAtMs: 0, historyToAtMs: 1, sampledOrders: 0, habitShare: 0.5, ...how },
    },
    catalog,
    defaultSettings,
  )
}

test('anchors come in the sequence of their counts, those with curated add-ons alone last', () => {
  const anchors = [...draft().pairings].map(([anchor, list]) => [anchor, list.map(({ addOn }) => addOn)])
  assert.deepEqual(anchors, [
    ['cup', ['saucer']],
    ['saucer', ['cup']],
    ['vase', ['cup']],
  ])
})

test('an anchor whose pairs all say nothing keeps its place and adds to what was refused', () => {
  const plan = draft([pairsOf('vase', [], 5)])
  assert.deepEqual(
    [...plan.pairings].map(([anchor]) => anchor),
    ['vase', 'cup', 'saucer'],
  )
  assert.equal(plan.summary.pairings.refused, 8)
})

test('what shoppers take no more is kept as refused with its reason, mined or named in the catalog, and completes nothing', () => {
  const whyFallen = (anchor: string, addOn: string) =>
    addOn === 'cup' ? `${anchor} and cup: taken never` : null
  const plan = draft([], { whyFallen })
  const told = [...plan.pairings].map(([anchor, [first]]) => [
    ...[anchor, first?.addOn, first?.verdict.relation, first?.verdict.because],
  ])
  assert.deepEqual(told.slice(1), [
    ['saucer', 'cup', 'taken-less', 'saucer and cup: taken never'],
    ['vase', 'cup', 'taken-less', 'vase and cup: taken never'],
  ])
  assert.equal(told[0]?.[2], 'complete')
  assert.deepEqual(plan.summary.pairings, { complete: 1, refill: 0, extend: 0, upsell: 0, refused: 5 })
})

test('summary and category pairings are told once all pairings were read, and not before', () => {
  const plan = draft()
  assert.throws(() => plan.summary, /known when its pairings were read/)
  assert.throws(() => plan.categoryPairings, /known when its pairings were read/)
  Array.from(plan.pairings)
  assert.deepEqual(plan.summary.pairings, { complete: 3, refill: 0, extend: 0, upsell: 0, refused: 3 })
  assert.deepEqual(
    plan.categoryPairings.get('Tableware')?.map(({ addOn, ordersTogether }) => [addOn, ordersTogether]),
    [['saucer', 30]],
  )
})

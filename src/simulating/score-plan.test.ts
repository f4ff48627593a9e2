import assert from 'node:assert/strict'
import test from 'node:test'
import { type LivePairing, scorePairings } from './score-pairings.ts'
import { scorePicks } from './score-picks.ts'
import { scorePlan } from './score-plan.ts'
import { scoreNextDays, scoreRefills } from './score-timing.ts'
import { defaultSimulation, type HeldOutOrder, type PlantedComplement, type Truth } from './simulation.ts'
import { indexTruth } from './truth-index.ts'

function complement(anchor: string, addOn: string, more: Partial<PlantedComplement> = {}): PlantedComplement {
  return { anchor, addOn, kind: 'accessory', share: 0.2, season: null, expectedOrders: 40, ...more }
}

/** Two machines, each in two colours; a cleaner and a jug go with them, a grinder follows, beans run out. */
const truth: Truth = {
  simulation: defaultSimulation,
  complements: [
    complement('machine-red', 'cleaner'),
    complement('machine-red', 'jug'),
    complement('other-machine', 'cleaner', { expectedOrders: 4 }),
    complement('wreath', 'candles', { season: 'christmas' }),
    complement('machine-red', 'old-cloth'),
    complement('cup-red', 'cup-blue', { kind: 'set' }),
    complement('cup-blue', 'cup-red', { kind: 'set' }),
  ],
  nextSteps: [
    {
      anchor: 'machine-red',
      addOn: 'grinder',
      share: 0.2,
      medianDays: 10,
      sigma: 0.3,
      expectedCustomers: 30,
    },
  ],
  upsells: [
    { from: 'machine-red', to: 'machine-pro', kind: 'premium-tier', share: 0.1, medianDays: 20 },
    { from: 'beans', to: 'beans-3', kind: 'bigger-size', share: 0.1, medianDays: 20 },
  ],
  substitutes: [['machine-red', 'machine-blue', 'other-machine', 'machine-pro']],
  variants: [
    { members: ['machine-red', 'machine-blue'], bought: 'one' },
    { members: ['cup-red', 'cup-blue'], bought: 'together' },
    { members: ['beans', 'beans-3'], bought: 'one' },
  ],
  refills: [
    { product: 'beans', medianDays: 20, sigma: 0.3, quitShare: 0.5, repeatCustomers: 60 },
    { product: 'beans-3', medianDays: 60, sigma: 0.3, quitShare: 0.5, repeatCustomers: 25 },
    { product: 'cleaner', medianDays: 50, sigma: 0.3, quitShare: 0.5, repeatCustomers: 19 },
  ],
  seasonal: [
    { product: 'wreath', season: 'christmas' },
    { product: 'candles', season: 'christmas' },
  ],
  newsletters: [],
  launchedLate: [],
  discontinued: ['old-cloth'],
  soldOut: [],
  heldOutOrders: [],
}

const kindOf = indexTruth(truth)
const complete = (anchor: string, addOn: string): LivePairing => ({ anchor, addOn, relation: 'complete' })
const extend = (anchor: string, addOn: string): LivePairing => ({ anchor, addOn, relation: 'extend' })

test('the truth names the kind of every pair, the harmful one first', () => {
  assert.equal(kindOf('machine-red', 'cleaner'), 'complement')
  assert.equal(kindOf('cleaner', 'machine-red'), 'reversed')
  assert.equal(kindOf('cleaner', 'jug'), 'companion')
  assert.equal(kindOf('machine-red', 'machine-blue'), 'variant')
  assert.equal(kindOf('machine-blue', 'other-machine'), 'substitute')
  assert.equal(kindOf('machine-pro', 'machine-red'), 'upsell')
  assert.equal(kindOf('cup-red', 'cup-blue'), 'complement')
  assert.equal(kindOf('machine-red', 'grinder'), 'next-step')
  assert.equal(kindOf('jug', 'beans'), 'nothing')
})

test('precision leaves reversed pairs and companions out, the strict one does not', () => {
  const score = scorePairings(truth, kindOf, [
    complete('machine-red', 'cleaner'),
    complete('machine-red', 'jug'),
    complete('cup-red', 'cup-blue'),
    complete('cleaner', 'machine-red'),
    complete('cleaner', 'jug'),
    complete('jug', 'beans'),
    complete('machine-blue', 'other-machine'),
  ])
  assert.equal(score.complete.live, 7)
  assert.equal(score.complete.precision, 3 / 5)
  assert.equal(score.complete.precisionStrict, 3 / 7)
  assert.equal(score.harmful, 1)
  assert.equal(score.harmfulShare, 1 / 7)
})

test('recall asks for what can be found and used; raw recall for all that was planted', () => {
  const score = scorePairings(truth, kindOf, [
    complete('machine-red', 'cleaner'),
    extend('machine-red', 'grinder'),
  ])
  // Too rare, out of season and discontinued ones are not asked for.
  assert.equal(score.complete.findable, 4)
  assert.equal(score.complete.recall, 1 / 4)
  assert.equal(score.complete.planted, 7)
  assert.equal(score.complete.recallRaw, 1 / 7)
  assert.equal(score.extend.recall, 1)
})

test('a complement sold as a next step is not right, and an upsell there is harmful', () => {
  const { extend: found, harmful } = scorePairings(truth, kindOf, [
    extend('machine-red', 'grinder'),
    extend('machine-red', 'cleaner'),
    extend('machine-red', 'machine-pro'),
  ])
  assert.equal(found.precision, 1 / 3)
  assert.equal(harmful, 1)
})

test('refill days are scored for products with twenty repeaters, for one unit and for two', () => {
  const score = scoreRefills(truth, [
    { product: 'beans', quantity: 1, days: 22 },
    { product: 'beans', quantity: 2, days: 22 },
    { product: 'beans-3', quantity: 1, days: 72 },
    { product: 'cleaner', quantity: 1, days: 500 },
    { product: 'jug', quantity: 1, days: 30 },
  ])
  assert.deepEqual([score.oneUnit.asked, score.oneUnit.timed, score.oneUnit.withinShare], [2, 2, 0.5])
  assert.ok(Math.abs(score.oneUnit.medianError - 0.2) < 1e-9)
  assert.deepEqual([score.twoUnits.asked, score.twoUnits.timed, score.twoUnits.withinShare], [2, 1, 0])
  assert.equal(score.twoUnits.medianRatio, 0.55)
  assert.equal(score.notConsumable, 1)
  assert.equal(scoreNextDays(truth, [{ anchor: 'machine-red', addOn: 'grinder', days: 9 }]).withinShare, 1)
})

test('a pick that is harmful to one line of the order is harmful, whatever it is to the others', () => {
  const order = (...products: string[]): HeldOutOrder => ({
    customer: null,
    placedAtMs: defaultSimulation.startAtMs + 735 * 86_400_000,
    lines: products.map((product) => ({ product, quantity: 1, unitPriceMinor: 100 })),
  })
  const pick = (product: string) => ({ product, anchor: 'x', relation: 'complete' })
  const score = scorePicks(truth, kindOf, [
    { order: order('machine-red'), fromPairings: true, picks: [pick('cleaner')] },
    { order: order('machine-red', 'other-machine'), fromPairings: true, picks: [pick('machine-blue')] },
    { order: order('jug'), fromPairings: false, picks: [pick('candles')] },
    { order: order('beans'), fromPairings: true, picks: [pick('beans')] },
    { order: order('jug'), fromPairings: false, picks: [pick('old-cloth')] },
    { order: order('jug'), fromPairings: false, picks: [] },
  ])
  assert.equal(score.picks, 5)
  assert.equal(score.kinds.variant, 1)
  assert.equal(score.harmfulShare, 1 / 5)
  assert.equal(score.rightShare, 2 / 5)
  assert.deepEqual([score.pairingPicks, score.pairingRightShare], [3, 2 / 3])
  assert.deepEqual([score.outOfSeason, score.notOnSale], [1, 1])
  assert.deepEqual([score.openOrders, score.servedShare], [2, 1 / 2])
})

test('a plan that says the truth scores full marks', () => {
  const score = scorePlan(truth, {
    pairings: [
      ...truth.complements.map(({ anchor, addOn }) => complete(anchor, addOn)),
      ...truth.nextSteps.map(({ anchor, addOn }) => extend(anchor, addOn)),
    ],
    runOuts: truth.refills.flatMap(({ product, medianDays }) =>
      [1, 2].map((quantity) => ({ product, quantity, days: medianDays * quantity })),
    ),
    nextDays: truth.nextSteps.map(({ anchor, addOn, medianDays }) => ({ anchor, addOn, days: medianDays })),
    thankYou: [],
    followUp: [],
  })
  const { complete: found, extend: next, harmfulShare } = score.pairings
  assert.deepEqual(
    [found.precisionStrict, found.recallRaw, next.precisionStrict, next.recallRaw],
    [1, 1, 1, 1],
  )
  assert.deepEqual([harmfulShare, score.refills.oneUnit.medianError, score.nextDays.medianError], [0, 0, 0])
})

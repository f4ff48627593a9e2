import assert from 'node:assert/strict'
import test from 'node:test'
import { drafted } from '../../test/store/experiment-samples.ts'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import type { Experiment, VariationChange } from '../domain/experiment.ts'
import type { Order } from '../domain/order.ts'
import type { HeldWord } from '../domain/owner-word.ts'
import { firstPicks, type Placement } from '../domain/placement.ts'
import { defaultSettings } from '../domain/settings.ts'
import { HOLD_OUT, unitOf } from '../domain/trial.ts'
import { holdOutOf, variationOf } from './assign-unit.ts'
import { choosePicks } from './choose-picks.ts'
import { guidePlan } from './guide-plan.ts'
import { openOwnerGuide, silentOwner } from './owner-guide.ts'
import { takePart } from './take-part.ts'
import type { Testing } from './testing.ts'

const mined = tinyPlan(
  [
    tinyProduct('machine', 40_000, { durable: true }),
    ...['cleaner', 'beans', 'cups'].map((id) => tinyProduct(id, 1_400)),
  ],
  [tinyPairing('machine', 'cleaner', 0.4), tinyPairing('machine', 'beans', 0.3)],
)
const plan = guidePlan(mined, silentOwner.guide, defaultSettings)
/** The same two, as what follows the machine. */
const later = {
  verdict: {
    status: 'live',
    relation: 'extend',
    because: '40 customers later, 5.0 expected',
    decidedBy: 'orders-later',
  },
  windows: [{ placement: 'follow-up', fromDay: 3, toDay: 30 }],
} as const
const nextSteps = guidePlan(
  tinyPlan(
    [...mined.products.values()],
    [tinyPairing('machine', 'cleaner', 0.4, later), tinyPairing('machine', 'beans', 0.3, later)],
  ),
  silentOwner.guide,
  defaultSettings,
)
const nowMs = tinyOrder([]).placedAtMs
const customers = Array.from({ length: 200 }, (_, i) => `c${i}`)
const orderOf = (customerId: string, products: readonly string[] = ['machine']): Order => ({
  ...tinyOrder(products.map((id) => [id, 1, 40_000])),
  id: `order-of-${customerId}`,
  customerId,
})
const running = (change: VariationChange, id = 'asked'): Experiment =>
  drafted(id, change, { state: 'running', startedAtMs: 0 })
const tests = (experiments: readonly Experiment[], holdOutShare = 0): Testing => ({
  salt: 'salt',
  holdOutShare,
  experiments,
  arms: null,
  choiceAt: ['thank-you'],
})
function decide(order: Order, testing: Testing, placement: Placement = 'thank-you', guided = plan) {
  const hand = { guide: guided.guide, nowMs }
  return takePart(
    ...([order, placement, testing] as const),
    (reorder) => choosePicks(order, null, placement, guided, defaultSettings, hand, null, reorder),
    guided,
  )
}

/** Decisions of 200 customers, by the variation that each was drawn into. */
function byVariation(
  experiment: Experiment,
  more: { placement?: Placement; products?: readonly string[] } = {},
) {
  const testing = tests([experiment])
  return customers.map((customer) => {
    const order = orderOf(customer, more.products)
    const drawn = variationOf(unitOf(order), testing.salt, experiment)?.id
    return { drawn, decision: decide(order, testing, more.placement) }
  })
}

const changes: readonly {
  change: VariationChange
  seen: (first: { product: string; need: string; discountPercent?: number } | undefined) => boolean
}[] = [
  {
    change: { kind: 'pairing', anchor: 'machine', addOn: 'beans' },
    seen: (first) => first?.product === 'beans',
  },
  {
    change: { kind: 'need', anchor: 'machine', addOn: 'cleaner', sentence: 'Made for your {anchor}.' },
    seen: (first) => first?.need === 'Made for your machine.',
  },
  {
    change: { kind: 'discount', addOn: 'cleaner', percent: 20 },
    seen: (first) => first?.discountPercent === 20,
  },
  { change: { kind: 'placement-off', placement: 'thank-you' }, seen: (first) => first === undefined },
]

for (const { change, seen } of changes)
  test(`${change.kind}: only the variation sees the change, and both are recorded as taking part`, () => {
    const decisions = byVariation(running(change))
    assert.deepEqual([...new Set(decisions.map(({ drawn }) => drawn))].sort(), ['control', 'tried'])
    for (const { drawn, decision } of decisions) {
      assert.deepEqual(decision.trials, [{ experiment: 'asked', variation: drawn }])
      assert.equal(seen(decision.picks[0]), drawn === 'tried')
    }
  })

test('an order that no variation would change takes part in nothing, whichever variation it falls to', () => {
  const untouched: readonly VariationChange[] = [
    { kind: 'pairing', anchor: 'machine', addOn: 'cups' },
    { kind: 'pairing', anchor: 'cups', addOn: 'beans' },
    { kind: 'need', anchor: null, addOn: 'beans', sentence: 'Fresh.' },
    { kind: 'discount', addOn: 'beans', percent: 20 },
    { kind: 'placement-off', placement: 'confirmation-email' },
    { kind: 'timing', flow: 'refill', days: 3 },
  ]
  for (const change of untouched)
    for (const { decision } of byVariation(running(change))) {
      assert.deepEqual(decision.trials, [], change.kind)
      assert.equal(decision.picks[0]?.product, 'cleaner')
    }
})

test('a discount is tried where one click is quoted for, and nowhere else', () => {
  for (const { decision } of byVariation(running({ kind: 'discount', addOn: null, percent: 20 }), {
    placement: 'confirmation-email',
  })) {
    assert.deepEqual(decision.trials, [])
    assert.equal(decision.picks[0]?.discountPercent, undefined)
  }
})

test('a customer keeps their variation over orders and placements; guests are drawn order by order', () => {
  const experiment = running({ kind: 'need', anchor: null, addOn: 'cleaner', sentence: 'Clean.' })
  const testing = tests([experiment])
  for (const customer of customers) {
    const order = orderOf(customer)
    const drawn = [order, { ...order, id: 'another' }].flatMap((one) =>
      (['thank-you', 'confirmation-email'] as const).map(
        (at) => decide(one, testing, at).trials[0]?.variation,
      ),
    )
    assert.equal(new Set(drawn).size, 1)
  }
  const ofGuests = customers.map(
    (id) => decide({ ...orderOf(id), customerId: null }, testing).trials[0]?.variation,
  )
  assert.deepEqual([...new Set(ofGuests)].sort(), ['control', 'tried'])
})

test('who is held out sees nothing and takes part in no experiment', () => {
  const testing = tests([running({ kind: 'placement-off', placement: 'thank-you' })], 0.3)
  const held = customers.filter((one) => holdOutOf(`customer:${one}`, 'salt', 0.3) === 'held-out')
  assert.ok(held.length > 30 && held.length < 100)
  for (const customer of customers) {
    const { picks, trials, withheld } = decide(orderOf(customer), testing)
    const isHeld = held.includes(customer)
    assert.deepEqual(
      trials.map(({ experiment }) => experiment),
      isHeld ? [HOLD_OUT] : [HOLD_OUT, 'asked'],
    )
    if (isHeld) assert.deepEqual([picks.length, withheld[0]?.product], [0, 'cleaner'])
  }
})

test('nothing is tried against a pin of the owner', () => {
  const word = { kind: 'standing', anchor: 'machine', addOn: 'cleaner', standing: 'pinned' } as const
  const pin: HeldWord = { key: '1', word, source: 'cli', saidBy: 'owner', saidAtMs: 0, sequence: 1 }
  const pinned = guidePlan(mined, openOwnerGuide([pin], 1), defaultSettings)
  const testing = tests([running({ kind: 'pairing', anchor: 'machine', addOn: 'beans' })])
  for (const customer of customers) {
    const { picks, trials } = decide(orderOf(customer), testing, 'thank-you', pinned)
    assert.deepEqual([picks[0]?.product, trials], ['cleaner', []])
  }
})

test('the choice draws only where it is known to whom what was shown, and says with which chance', () => {
  const chances = (_: unknown, candidates: readonly unknown[]) =>
    candidates.map((_one, at) => (at === 0 ? 0.25 : 0.75))
  const testing: Testing = { ...tests([]), arms: chances, choiceAt: ['thank-you', 'follow-up'] }
  const shown = (placement: Placement, guided = plan) =>
    customers.map((customer) => {
      const [pick] = decide(orderOf(customer), testing, placement, guided).picks
      return { product: pick?.product, propensity: pick?.propensity, tried: pick?.tried?.length }
    })
  for (const drawn of [shown('thank-you'), shown('follow-up', nextSteps)]) {
    for (const { product, propensity, tried } of drawn)
      assert.deepEqual([propensity, tried], [product === 'cleaner' ? 0.25 : 0.75, 2])
    const cleaners = drawn.filter(({ product }) => product === 'cleaner').length
    // 50 of 200 are expected, with a standard deviation of 6.1.
    assert.ok(cleaners > 25 && cleaners < 75, String(cleaners))
  }
  for (const { product, propensity } of shown('confirmation-email'))
    assert.deepEqual([product, propensity], ['cleaner', 1])
})

test('a sentence on what goes with a purchase is not put under what ran out', () => {
  const testing = tests([running({ kind: 'need', anchor: null, addOn: 'beans', sentence: 'Made for it.' })])
  for (const customer of customers) {
    const order = orderOf(customer)
    const hand = { guide: nextSteps.guide, nowMs }
    const choice = choosePicks(order, null, 'follow-up', nextSteps, defaultSettings, hand)
    const of = (relation: 'extend' | 'refill') =>
      takePart(
        ...([order, 'follow-up', testing] as const),
        () => ({
          ...choice,
          picks: firstPicks(
            choice.picks.map((pick) => ({ ...pick, relation })),
            2,
          ),
        }),
        nextSteps,
      )
    const beans = (relation: 'extend' | 'refill') =>
      of(relation).picks.find(({ product }) => product === 'beans')
    const [trial] = of('extend').trials
    assert.equal(beans('extend')?.need === 'Made for it.', trial?.variation === 'tried')
    assert.notEqual(beans('refill')?.need, 'Made for it.')
    assert.deepEqual(of('refill').trials, [])
  }
})

test('two experiments draw independently of each other: knowing one variation tells nothing of the other', () => {
  const [one, other] = [
    running({ kind: 'need', anchor: null, addOn: 'cleaner', sentence: 'Clean.' }, 'one'),
    running({ kind: 'discount', addOn: 'cleaner', percent: 10 }, 'other'),
  ]
  const pairs = customers.map((id) =>
    decide(orderOf(id), tests([one, other]))
      .trials.map(({ variation }) => variation)
      .join(),
  )
  for (const [pair, seen] of Map.groupBy(pairs, (pair) => pair))
    assert.ok(seen.length > 25 && seen.length < 80, pair)
  assert.equal(new Set(pairs).size, 4)
})

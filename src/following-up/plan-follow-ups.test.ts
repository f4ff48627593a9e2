import assert from 'node:assert/strict'
import test from 'node:test'
import { boughtLater, flowSettings, orderOf, rhythm, shopPlan, startMs } from '../../test/follow-up-world.ts'
import { drafted } from '../../test/store/experiment-samples.ts'
import { tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Order } from '../domain/order.ts'
import { testTiming } from '../next/test-flow.ts'
import { flowsNow } from './flows-now.ts'
import { plannedMessages } from './plan-follow-ups.ts'

const noFate = { deliveredAtMs: null, cancelledAtMs: null, refundedAtMs: null }

function facts(order: Order, more: Partial<Parameters<typeof plannedMessages>[0]> = {}) {
  const settings = more.settings ?? flowSettings()
  const flows = [...flowsNow(settings.messaging, new Map()).values()]
  return {
    ...{ order, customer: null, fate: noFate, flows, confirms: false, plan: shopPlan() },
    ...{ settings, nowMs: startMs, ...more },
  }
}

/** Flow, step, days after the order when it is due and when it is of no more use. */
function planOf(order: Order, more: Partial<Parameters<typeof plannedMessages>[0]> = {}) {
  return plannedMessages(facts(order, more)).map(({ flow, step, dueAtMs, lastUsefulAtMs }) => [
    ...[flow, step, (dueAtMs - startMs) / DAY_MS, (lastUsefulAtMs - startMs) / DAY_MS],
  ])
}

test('each flow writes on the day of its own pick: what completes at once, the next step later', () => {
  assert.deepEqual(planOf(orderOf(['machine'])), [
    ['complete-the-set', 0, 3, 30],
    ['next-step', 0, 12, 30],
  ])
})

test('a refill is due at its run-out less the time of delivery, and twice as late for twice as much', () => {
  // 0.85 × 42 days - 3 of delivery; 8 in 10 who come back do so by day 79.
  assert.deepEqual(planOf(orderOf(['beans'])), [['refill', 0, 33, 79]])
  const two = orderOf([], { lines: [{ productId: 'beans', quantity: 2, unitPriceMinor: 1_200 }] })
  assert.deepEqual(planOf(two)[0]?.slice(0, 3), ['refill', 0, 68])
})

test('two refills that run out together come in one message, two far apart in two', () => {
  assert.deepEqual(
    planOf(orderOf(['beans', 'filters'])).map((row) => row.slice(0, 3)),
    [
      ['refill', 0, 33],
      ['refill', 1, 48],
    ],
  )
  const plan = shopPlan([tinyProduct('filters', 600, { refill: rhythm(48) })])
  assert.deepEqual(
    planOf(orderOf(['beans', 'filters']), { plan }).map((row) => row.slice(0, 3)),
    [['refill', 0, 33]],
  )
})

test('the days of a flow bind it: a pick is drawn into them, and a refill after them is none', () => {
  const settings = flowSettings()
  const { refill, 'next-step': next } = settings.messaging.flows
  assert.ok(refill !== undefined && next !== undefined)
  const flows = { refill: { ...refill, toDay: 30 }, 'next-step': { ...next, fromDay: 5, toDay: 9 } }
  const bound = { ...settings, messaging: { ...settings.messaging, flows } }
  assert.deepEqual(planOf(orderOf(['machine', 'beans']), { settings: bound }), [['next-step', 0, 9, 17]])
})

test('after a known delivery the days count from there; a refill moves only by what the parcel was late', () => {
  const fate = { ...noFate, deliveredAtMs: startMs + 5 * DAY_MS }
  assert.deepEqual(
    planOf(orderOf(['machine', 'beans']), { fate }).map((row) => row.slice(0, 3)),
    [
      ['refill', 0, 35],
      ['complete-the-set', 0, 8],
      ['next-step', 0, 17],
    ],
  )
  const inTime = { ...noFate, deliveredAtMs: startMs + 2 * DAY_MS }
  assert.deepEqual(planOf(orderOf(['beans']), { fate: inTime })[0]?.slice(0, 3), ['refill', 0, 33])
})

test('the confirmation is due at once, and an order of last week gets none', () => {
  const off = { confirms: true, flows: [] }
  assert.deepEqual(planOf(orderOf(['machine']), off), [['confirmation', 0, 0, 2]])
  assert.deepEqual(planOf(orderOf(['machine']), { ...off, nowMs: startMs + 7 * DAY_MS }), [])
})

test('without a plan the confirmation is planned all the same, and no follow-up', () => {
  assert.deepEqual(
    planOf(orderOf(['machine', 'beans']), { plan: null, confirms: true }).map(([flow]) => flow),
    ['confirmation'],
  )
})

test('nothing is planned for an order that was cancelled or refunded, or for a moment that has passed', () => {
  const order = orderOf(['machine', 'beans'])
  assert.deepEqual(planOf(order, { fate: { ...noFate, cancelledAtMs: startMs }, confirms: true }), [])
  assert.deepEqual(planOf(order, { fate: { ...noFate, refundedAtMs: startMs }, confirms: true }), [])
  const late = planOf(order, { nowMs: startMs + 40 * DAY_MS })
  assert.deepEqual(
    late.map(([flow]) => flow),
    ['refill'],
  )
})

test('what the customer bought before the order changes its refill, what they buy later does not', () => {
  const before = boughtLater(['beans'], -14)
  const [own] = planOf(orderOf(['beans']), { customer: before })
  assert.ok(typeof own?.[2] === 'number' && own[2] < 33, `${own}`)
  assert.deepEqual(planOf(orderOf(['beans']), { customer: boughtLater(['beans']) })[0]?.[2], 33)
})

test('an experiment on timing moves the messages of its flow for the customers of the variation, and no other', () => {
  const change = { kind: 'timing', flow: 'next-step', days: 5 } as const
  const experiment = drafted('later', change, { state: 'running', startedAtMs: 0 })
  const testing = { salt: 'salt', holdOutShare: 0.2, experiments: [experiment], arms: null, choiceAt: [] }
  const seen = new Set<string>()
  for (let i = 0; i < 100; i++) {
    const order = orderOf(['machine'], { customerId: `c${i}` })
    const { days, trials } = testTiming(`customer:c${i}`, 'next-step', testing)
    assert.deepEqual(planOf(order, { testing }), [
      ['complete-the-set', 0, 3, 30],
      ['next-step', 0, 12 + days, 30 + days],
    ])
    const [variation = 'held out'] = trials.map((trial) => trial.variation)
    assert.equal(days, variation === 'tried' ? 5 : 0)
    seen.add(variation)
  }
  assert.deepEqual([...seen].sort(), ['control', 'held out', 'tried'])
})

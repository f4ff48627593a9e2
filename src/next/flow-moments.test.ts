import assert from 'node:assert/strict'
import test from 'node:test'
import { orderOf, shopPlan, startMs } from '../../test/follow-up-world.ts'
import { cleaner } from '../../test/one-click-desk.ts'
import type { Pick as DecidedPick } from '../domain/decision.ts'
import { DAY_MS } from '../domain/instant.ts'
import { defaultSettings } from '../domain/settings.ts'
import { flowBaseMs, flowMoments } from './flow-moments.ts'

const known = {
  ...{ order: orderOf(['machine']), customer: null, plan: shopPlan() },
  ...{ deliveredAtMs: null, settings: defaultSettings },
}
const nextSteps = { relation: 'extend', fromDay: 3, toDay: 30 } as const

function daysOf(...picks: readonly Partial<DecidedPick>[]): number[] {
  const all = picks.map((more) => ({ ...cleaner, relation: 'extend' as const, ...more }))
  return flowMoments(all, nextSteps, known).map(({ dueAtMs }) => (dueAtMs - startMs) / DAY_MS)
}

test('a next step is drawn into the days of its flow, an upsell comes at its own moment or not', () => {
  assert.deepEqual(daysOf({ afterDays: 1 }), [3])
  assert.deepEqual(daysOf({ afterDays: 40 }), [30])
  assert.deepEqual(daysOf({ afterDays: 40, relation: 'upsell' }), [])
  assert.deepEqual(daysOf({ afterDays: 20, relation: 'upsell' }), [20])
})

test('two picks within a week are one message, at the moment of the earlier one', () => {
  assert.deepEqual(daysOf({ afterDays: 17 }, { afterDays: 10 }), [10])
  assert.deepEqual(daysOf({ afterDays: 18 }, { afterDays: 10 }), [10, 18])
})

test('a delivery before the order, as a clock that is wrong tells it, moves nothing', () => {
  assert.equal(flowBaseMs('extend', 100, 99, { deliveryDays: 3 }), 100)
  assert.equal(flowBaseMs('extend', 100, 101, { deliveryDays: 3 }), 101)
  assert.equal(flowBaseMs('refill', 0, 3 * DAY_MS, { deliveryDays: 3 }), 0)
  assert.equal(flowBaseMs('refill', 0, 5 * DAY_MS, { deliveryDays: 3 }), 2 * DAY_MS)
})

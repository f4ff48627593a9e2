import assert from 'node:assert/strict'
import test from 'node:test'
import { boughtLater, flowSettings, orderOf, rhythm, shopPlan, startMs } from '../../test/follow-up-world.ts'
import { tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { HeldWord } from '../domain/owner-word.ts'
import { defaultSettings } from '../domain/settings.ts'
import { guidePlan } from '../next/guide-plan.ts'
import { openOwnerGuide } from '../next/owner-guide.ts'
import { answerOf, type ChoosingFacts, chooseNow, whyUnwanted } from './ask-again.ts'
import { flowsNow } from './flows-now.ts'

const noFate = { deliveredAtMs: null, cancelledAtMs: null, refundedAtMs: null }
const settings = flowSettings()

const choose = (facts: ChoosingFacts) => answerOf(chooseNow(facts, null), facts.plan)

function ask(flowName: string, products: readonly string[], day: number, more: Partial<ChoosingFacts> = {}) {
  const flow = flowsNow(settings.messaging, new Map()).get(flowName)
  assert.ok(flow !== undefined)
  const facts = {
    order: orderOf(products),
    fate: noFate,
    flow,
    customer: null,
    shownNow: [],
    shownBefore: [],
  }
  const asked = choose({
    ...{ ...facts, plan: shopPlan(), settings, nowMs: startMs + day * DAY_MS },
    ...more,
  })
  return asked.kind === 'show' ? asked.picks.map(({ product }) => product) : asked.reason
}

test('a flow brings its own relation and nothing else', () => {
  assert.deepEqual(ask('complete-the-set', ['machine', 'beans'], 3), ['cleaner'])
  assert.deepEqual(ask('next-step', ['machine', 'beans'], 12), ['grinder'])
  assert.deepEqual(ask('refill', ['machine', 'beans'], 33), ['beans'])
})

test('at its moment a pick is for now', () => {
  const flow = flowsNow(settings.messaging, new Map()).get('next-step')
  assert.ok(flow !== undefined)
  const asked = choose({
    ...{ order: orderOf(['machine']), fate: noFate, flow, customer: null, shownNow: [], shownBefore: [] },
    ...{ plan: shopPlan(), settings, nowMs: startMs + 12 * DAY_MS },
  })
  assert.ok(asked.kind === 'show')
  assert.equal(asked.picks[0]?.afterDays, 0)
  assert.equal(asked.picks[0]?.propensity, 1)
})

test('what the customer has bought since is not offered, a refill as little as a next step', () => {
  assert.equal(ask('refill', ['beans'], 33, { customer: boughtLater(['beans']) }), 'bought-meanwhile')
  assert.equal(ask('next-step', ['machine'], 12, { customer: boughtLater(['grinder']) }), 'bought-meanwhile')
  assert.deepEqual(ask('next-step', ['machine'], 12, { customer: boughtLater(['brush']) }), ['grinder'])
})

test('what this order was offered before, on whatever page or in whatever message, is not repeated', () => {
  assert.equal(ask('complete-the-set', ['machine'], 3, { shownNow: ['cleaner'] }), 'offered-twice')
})

test('what two messages about other orders brought to the customer is not brought a third time', () => {
  assert.deepEqual(ask('next-step', ['machine'], 12, { shownBefore: ['grinder'] }), ['grinder'])
  assert.equal(ask('next-step', ['machine'], 12, { shownBefore: ['grinder', 'grinder'] }), 'offered-twice')
})

test('what is sold out, or over the price ceiling, by today’s plan is not offered', () => {
  const soldOut = shopPlan([tinyProduct('grinder', 9_000, { buyable: false, offSale: 'sold-out' })])
  assert.equal(ask('next-step', ['machine'], 12, { plan: soldOut }), 'nothing-fits')
  const dear = shopPlan([tinyProduct('grinder', 30_000)])
  assert.equal(ask('next-step', ['machine'], 12, { plan: dear }), 'nothing-fits')
})

test('a veto or a pause that the owner spoke after the message was planned holds at its moment', () => {
  const pair = { anchor: 'machine', addOn: 'grinder' }
  const words = [
    { kind: 'standing', ...pair, standing: 'vetoed' },
    { kind: 'pause', ...pair, untilMs: startMs + 13 * DAY_MS },
  ] as const
  const answers = words.map((word) => {
    const held: HeldWord = { key: '', sequence: 1, word, saidAtMs: startMs, source: 'api', saidBy: 'owner' }
    const plan = guidePlan(shopPlan(), openOwnerGuide([held], 1), defaultSettings)
    return [ask('next-step', ['machine'], 12, { plan }), ask('next-step', ['machine'], 14, { plan })]
  })
  assert.deepEqual(answers, [
    ['nothing-fits', 'nothing-fits'],
    ['nothing-fits', ['grinder']],
  ])
})

test('a season is judged by the day of sending', () => {
  const quiet = [{ month: 3, orders: 0, usual: 40 }]
  const plan = shopPlan([tinyProduct('grinder', 9_000, { season: { quiet, sells: [11, 12] } })])
  assert.equal(ask('next-step', ['machine'], 12, { plan }), 'nothing-fits')
  assert.deepEqual(ask('next-step', ['machine'], 31, { plan }), ['grinder'])
})

test('a message brings only the refills that are due about then', () => {
  assert.deepEqual(ask('refill', ['beans', 'filters'], 33), ['beans'])
  assert.deepEqual(ask('refill', ['beans', 'filters'], 48, { shownNow: ['beans'] }), ['filters'])
  const plan = shopPlan([tinyProduct('filters', 600, { refill: rhythm(48) })])
  assert.deepEqual(ask('refill', ['beans', 'filters'], 33, { plan }), ['beans', 'filters'])
  assert.equal(ask('refill', ['beans'], 85), 'nothing-fits')
})

test('a row is cancelled with the reason that stands first: its order, its flow, its time', () => {
  const useful = { lastUsefulAtMs: 10 }
  assert.equal(whyUnwanted(useful, { ...noFate, cancelledAtMs: 1 }, 'on', 5), 'order-cancelled')
  assert.equal(whyUnwanted(useful, { ...noFate, refundedAtMs: 1 }, 'on', 5), 'order-refunded')
  assert.equal(whyUnwanted(useful, noFate, 'off', 5), 'flow-off')
  assert.equal(whyUnwanted(useful, noFate, 'paused', 5), 'flow-paused')
  assert.equal(whyUnwanted(useful, noFate, 'on', 11), 'moment-passed')
  assert.equal(whyUnwanted(useful, noFate, 'on', 10), null)
})

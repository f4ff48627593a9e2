// The always-on choice in messages, through the real store: each first product is drawn and its chance written down, a click
// and what is bought after it are counted for the pairing that was shown, and the night's weighing moves the next message.

import assert from 'node:assert/strict'
import test from 'node:test'
import { DAY_MS } from '../src/domain/instant.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { recordClick } from '../src/following-up/record-click.ts'
import { reweighArms } from '../src/measuring/reweigh-arms.ts'
import { armKey } from '../src/next/arm-key.ts'
import { guidePlan } from '../src/next/guide-plan.ts'
import { openArmChances } from '../src/next/open-arm-chances.ts'
import { silentOwner } from '../src/next/owner-guide.ts'
import { type FollowUpDesk, openFollowUpDesk, renderPlainly } from './follow-up-desk.ts'
import { confirmationsOnly, flowSettings, orderOf } from './follow-up-world.ts'
import { drafted } from './store/experiment-samples.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'

const soldOut = { buyable: false, offSale: 'sold-out' } as const
/** One price, so that what earns most is what is bought most. */
const goods = ['grinder', 'brush'].map((id) => tinyProduct(id, 9_000))
const following = {
  verdict: { status: 'live', relation: 'extend', because: '', decidedBy: 'orders-later' },
  windows: [{ placement: 'follow-up', fromDay: 0, toDay: 25 }],
} as const
const plan = guidePlan(
  tinyPlan(
    [tinyProduct('machine', 40_000, { durable: true }), ...goods],
    [tinyPairing('machine', 'grinder', 0.4, following), tinyPairing('machine', 'brush', 0.39, following)],
  ),
  silentOwner.guide,
  defaultSettings,
)
const { 'next-step': nextStep } = defaultMessagingSettings.flows
assert.ok(nextStep !== undefined)
const settings = flowSettings({
  flows: { 'next-step': { ...nextStep, on: true, fromDay: 0, toDay: 0 } },
  caps: { ...defaultMessagingSettings.caps, inSevenDays: 1_000, inThirtyDays: 1_000 },
})

/** As a server after its refresh. */
async function holdChances({ effects }: FollowUpDesk): Promise<void> {
  const [records, latest] = await Promise.all([
    effects.store.listArmRecords(),
    effects.store.latestArmChanges(),
  ])
  const states = new Map(latest.map((change) => [armKey(change), change.state]))
  const arms = openArmChances({ records, states })
  const testing = { salt: 'salt', holdOutShare: 0, experiments: [], arms, choiceAt: ['follow-up'] } as const
  Object.assign(effects, { testing: { get: () => testing } })
}

async function sendTo(desk: FollowUpDesk, names: readonly string[]): Promise<Map<string, string>> {
  for (const id of names)
    await desk.receive(orderOf(['machine'], { id, customerId: id, placedAtMs: desk.clock.nowMs() }), {
      address: `${id}@example.com`,
    })
  const before = desk.given.length
  for (let rounds = 0; rounds < 50 && desk.given.length - before < names.length; rounds += 1) {
    desk.clock.advance(60_000)
    await desk.round()
  }
  const rows = await Promise.all(
    names.map(async (id) => [id, (await desk.message('next-step', id)).shown[0]?.product ?? ''] as const),
  )
  return new Map(rows)
}

test('what is bought after a click in a message moves what the next messages begin with', async (t) => {
  const desk = await openFollowUpDesk({ settings })
  t.after(() => desk.close())
  const { store } = desk.effects
  desk.effects.plan = { get: () => plan }
  await holdChances(desk)
  const names = Array.from({ length: 300 }, (_, index) => `c${index}`)
  const shown = await sendTo(desk, names)
  const entries = await store.readLedger({ kind: 'message-sent', limit: 1_000 })
  const first = entries.filter(({ detail }) => JSON.parse(detail ?? '').place === 1)
  assert.equal(first.length, names.length)
  for (const { orderId, product, anchor, relation, detail } of first) {
    assert.deepEqual([product, anchor, relation], [shown.get(orderId), 'machine', 'extend'])
    const { propensity } = JSON.parse(detail ?? '')
    assert.ok(propensity > 0.3 && propensity < 0.7, `nobody knows better yet: ${propensity}`)
  }
  const count = (product: string) => [...shown.values()].filter((one) => one === product).length
  assert.ok(count('brush') > 100 && count('grinder') > 100)
  // Of those who were shown the brush first every third buys it after a click, of the others every thirtieth the grinder.
  for (const [id, product] of shown) {
    const number = Number(id.slice(1))
    if (number % (product === 'brush' ? 3 : 30) !== 0) continue
    const message = await desk.message('next-step', id)
    await recordClick({ messageId: message.id, index: 0 }, desk.effects)
    const later = { id: `later-${id}`, customerId: id, placedAtMs: desk.clock.nowMs() + DAY_MS }
    await store.putOrder(orderOf([product], later), later.placedAtMs)
  }
  const catalog = goods.map(({ id, priceMinor }) => ({ id, title: id, priceMinor }))
  desk.clock.advance(13 * DAY_MS)
  assert.equal((await reweighArms(catalog, desk.effects)).arms, 0, 'who may still buy is not counted yet')
  desk.clock.advance(2 * DAY_MS)
  const { arms, changes } = await reweighArms(catalog, desk.effects)
  assert.equal(arms, 2)
  assert.deepEqual(changes.map(({ placement, addOn, state }) => [placement, addOn, state]).sort(), [
    ['follow-up', 'brush', 'promoted'],
    ['follow-up', 'grinder', 'rested'],
  ])
  await holdChances(desk)
  const next = await sendTo(
    desk,
    names.slice(0, 30).map((id) => `next-${id}`),
  )
  assert.deepEqual([...new Set(next.values())], ['brush'])
})

test('where what was drawn is sold out by the time of sending, nothing is learnt from what stands in its place', async (t) => {
  const desk = await openFollowUpDesk({ settings: confirmationsOnly })
  t.after(() => desk.close())
  const windows = [{ placement: 'confirmation-email', fromDay: 0, toDay: 1 }] as const
  const planWith = (isLeft: boolean) =>
    guidePlan(
      tinyPlan(
        [
          tinyProduct('machine', 40_000),
          tinyProduct('brush', 900),
          tinyProduct('grinder', 900, isLeft ? {} : soldOut),
        ],
        [
          tinyPairing('machine', 'grinder', 0.4, { windows }),
          tinyPairing('machine', 'brush', 0.3, { windows }),
        ],
      ),
      silentOwner.guide,
      defaultSettings,
    )
  const decide = desk.effects.decideConfirmation
  for (const [isLeft, places] of [
    [true, { grinder: 1, brush: 2 }],
    [false, { brush: 2 }],
  ] as const) {
    const id = isLeft ? 'left' : 'sold-out'
    const { store } = desk.effects
    desk.effects.plan = { get: () => planWith(true) }
    await desk.receive(orderOf(['machine'], { id }), { address: `${id}@example.com` })
    const decided = await decide(orderOf(['machine'], { id }))
    assert.equal(decided.picks.length, 2)
    Object.assign(desk.effects, {
      plan: { get: () => planWith(isLeft) },
      decideConfirmation: async () => decided,
    })
    desk.clock.advance(60_000)
    await desk.round()
    const entries = await store.readLedger({ kind: 'message-sent', orderId: id, limit: 9 })
    assert.deepEqual(
      Object.fromEntries(entries.map(({ product, detail }) => [product, JSON.parse(detail ?? '').place])),
      places,
    )
  }
})

test('an experiment on a sentence or a pairing is met in follow-ups, and who takes part is recorded', async (t) => {
  const changes = [
    { kind: 'need', anchor: null, addOn: 'grinder', sentence: 'Fresh grounds for your {anchor}.' },
    { kind: 'pairing', anchor: 'machine', addOn: 'brush' },
  ] as const
  for (const change of changes) {
    const desk = await openFollowUpDesk({ settings })
    t.after(() => desk.close())
    const experiment = drafted('asked', change, { state: 'running', startedAtMs: 0 })
    const testing = { salt: 'salt', holdOutShare: 0, experiments: [experiment], arms: null, choiceAt: [] }
    const first = new Map<string, { readonly product: string; readonly need: string }>()
    Object.assign(desk.effects, {
      plan: { get: () => plan },
      testing: { get: () => testing },
      render: (facts: Parameters<typeof renderPlainly>[0]) => {
        const [pick] = facts.picks
        if (pick !== undefined) first.set(facts.order.id, pick)
        return renderPlainly(facts)
      },
    })
    const names = Array.from({ length: 24 }, (_, index) => `c${index}`)
    await sendTo(desk, names)
    const drawn = await Promise.all(
      names.map(async (id) => {
        const [trial, ...more] = await desk.effects.store.trialsOfOrder(id)
        assert.deepEqual([trial?.experiment, trial?.placement, more.length], ['asked', 'follow-up', 0])
        const pick = first.get(id)
        const isTried = change.kind === 'need' ? pick?.need.startsWith('Fresh') : pick?.product === 'brush'
        assert.equal(isTried, trial?.variation === 'tried', `${change.kind}, ${id}`)
        return trial?.variation
      }),
    )
    assert.deepEqual([...new Set(drawn)].sort(), ['control', 'tried'])
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct, tinyRhythm } from '../../test/tiny-plan.ts'
import { placements } from '../domain/placement.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { evaluatePairing } from './evaluate-pairing.ts'
import { stepUpOf } from './step-up.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

const on = { ...defaultSettings, upsells: 'on' as const }
const named = (id: string, title: string, price: number, more: Partial<PlanProduct> = {}) =>
  tinyProduct(id, price, { title, category: 'Coffee', ...more })

const beans = named('beans', 'Nordvik Espresso Beans 500 g', 1200, { refill: tinyRhythm(40) })
const sack = named('sack', 'Nordvik Espresso Beans 1 kg', 2200)
const machine = named('machine', 'Halden Espresso Machine', 30000)
const better = named('better', 'Halden Pro Espresso Machine', 48000)
const plan = named('plan', '3 Year Protection Plan', 4900, { category: 'Service' })

/** As mining judges it: many customers bought the second later, nobody both at once. */
function mined(anchor: PlanProduct, addOn: PlanProduct, customersLater = 40) {
  const counts = {
    ...{ ordersTogether: 2, togetherWeight: 1, expectedTogether: 1, kindLift: 1, within: NOBODY_CHOSE },
    ...{ ordersBulk: 0, customersFollowed: 300, customersLaterFollowed: customersLater },
    ...{ customersLater, customersLaterExpected: 4 },
  }
  return evaluatePairing(anchor, addOn, counts, { orders: 5000, ordersWeight: 5000 }, defaultSettings)
}

const choose = (
  anchor: PlanProduct,
  addOn: PlanProduct,
  placement: (typeof placements)[number],
  settings = on,
) =>
  choosePicks(
    tinyOrder([[anchor.id, 1, anchor.priceMinor ?? 0]]),
    null,
    placement,
    tinyPlan([anchor, addOn], [mined(anchor, addOn)]),
    settings,
  )

test('a larger amount of the same product is a bigger size, a dearer one of its kind a premium tier', () => {
  assert.equal(stepUpOf(beans, sack), 'bigger-size')
  assert.equal(stepUpOf(sack, beans), null)
  assert.equal(stepUpOf(beans, named('other', 'Halden Filter Beans 1 kg', 1250)), null)
  assert.equal(stepUpOf(machine, better), 'premium-tier')
  assert.equal(stepUpOf(machine, plan), 'service-plan')
})

test('whatever the upsell and the placement, none is offered while upsells are off', () => {
  const pairs = [
    [beans, sack],
    [machine, better],
    [machine, plan],
  ] as const
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.constantFrom(...placements),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      ([anchor, addOn], placement, asForm, quantity) => {
        const group = asForm ? { variantGroup: 'G' } : {}
        const [one, other] = [
          { ...anchor, ...group },
          { ...addOn, ...group },
        ]
        const order = tinyOrder([[one.id, quantity, one.priceMinor ?? 0]])
        const draft = tinyPlan([one, other], [mined(one, other)])
        const { picks } = choosePicks(order, null, placement, draft, defaultSettings)
        assert.deepEqual(picks, [])
      },
    ),
  )
})

test('with upsells on, each is offered in a follow-up alone and not before its moment', () => {
  for (const [anchor, addOn, earliest] of [
    [beans, sack, 20],
    [machine, better, 30],
    [machine, plan, 3],
  ] as const) {
    for (const placement of placements) {
      const { picks, fallback } = choose(anchor, addOn, placement)
      if (placement !== 'follow-up') {
        assert.deepEqual(picks, [], `${addOn.id} on ${placement}`)
        continue
      }
      assert.deepEqual([fallback, picks.length, picks[0]?.relation], ['upsell', 1, 'upsell'])
      assert.ok((picks[0]?.afterDays ?? 0) >= earliest, `${addOn.id} after ${picks[0]?.afterDays} days`)
    }
  }
})

test('two units bought at once put the moment of a bigger size off', () => {
  const at = (quantity: number): number => {
    const order = tinyOrder([['beans', quantity, 1200]])
    const [pick] = choosePicks(
      order,
      null,
      'follow-up',
      tinyPlan([beans, sack], [mined(beans, sack)]),
      on,
    ).picks
    return pick?.afterDays ?? 0
  }
  assert.ok(at(2) > at(1) + 10, `${at(2)} after ${at(1)}`)
})

test('a cross-sell that fits the follow-up stands in it, and no upsell beside it', () => {
  const tablets = named('tablets', 'Descaling Tablets', 900, { category: 'Care' })
  const extend = tinyPairing('machine', 'tablets', 0.2, {
    verdict: { status: 'live', relation: 'extend', because: '', decidedBy: 'orders-later' },
    windows: [{ placement: 'follow-up', fromDay: 3, toDay: 30 }],
  })
  const draft = tinyPlan([machine, better, tablets], [extend, mined(machine, better)])
  const { picks } = choosePicks(tinyOrder([['machine', 1, 30000]]), null, 'follow-up', draft, on)
  assert.deepEqual(
    picks.map(({ product, relation }) => [product, relation]),
    [['tablets', 'extend']],
  )
})

test('a step that no customers take keeps no moment', () => {
  const shown = mined(machine, plan)
  assert.equal(shown.verdict.relation, 'upsell')
  assert.equal(shown.windows.length, 1)
  assert.deepEqual(mined(machine, plan, 2).windows, [])
})

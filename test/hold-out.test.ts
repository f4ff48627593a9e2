// A customer who is held out sees no offer anywhere, is recorded at the moment at which there would have been one, and stays
// held out; everybody else is recorded alike.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { holdCurrentTesting } from '../src/deciding/current-testing.ts'
import { type DecidingEffects, decideOffer } from '../src/deciding/decide-offer.ts'
import type { Order } from '../src/domain/order.ts'
import type { placements } from '../src/domain/placement.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { holdOutOf } from '../src/next/assign-unit.ts'
import { guidePlan } from '../src/next/guide-plan.ts'
import { silentOwner } from '../src/next/owner-guide.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'aftercart-hold-out-'))
const store = await openStore({ dataFolder: folder })
after(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const plan = guidePlan(
  tinyPlan(
    [tinyProduct('machine', 40_000), tinyProduct('cleaner', 1400)],
    [tinyPairing('machine', 'cleaner', 0.4)],
  ),
  silentOwner.guide,
  defaultSettings,
)
const effects: DecidingEffects = {
  ...{ store, plan, settings: defaultSettings, clock: { nowMs: () => 1_000_000 } },
  testing: { salt: 'salt', holdOutShare: 0.2, experiments: [], arms: null, choiceAt: [] },
}

const orderOf = (id: string, customerId: string | null, product = 'machine'): Order => ({
  ...{ id, customerId, placedAtMs: 900_000, currency: 'GBP' },
  lines: [{ productId: product, quantity: 1, unitPriceMinor: 40_000 }],
})

async function decide(order: Order, placement: (typeof placements)[number]) {
  const outcome = await decideOffer({ order, placement }, effects)
  assert.equal(outcome.kind, 'decided')
  return outcome.kind === 'decided' ? outcome.decision : assert.fail()
}

test('of 400 customers the share is held out, in both placements alike, and the next order finds them where they were', async () => {
  let heldOut = 0
  for (let customer = 0; customer < 400; customer++) {
    const group = holdOutOf(`customer:c${customer}`, 'salt', 0.2)
    if (group === 'held-out') heldOut += 1
    for (const id of [`first-${customer}`, `second-${customer}`]) {
      const order = orderOf(id, `c${customer}`)
      for (const placement of ['thank-you', 'confirmation-email'] as const) {
        const { picks, withheld, trials, fallback } = await decide(order, placement)
        assert.deepEqual(trials, [{ experiment: 'hold-out', variation: group }])
        assert.equal(picks.length > 0, group === 'offered')
        assert.equal(withheld.length > 0, group === 'held-out')
        if (group === 'held-out') assert.equal(fallback, 'helpful-page')
      }
      const [trial, ...more] = await store.trialsOfOrder(id)
      assert.equal(more.length, 0)
      const { variation, unit, placement } = trial ?? assert.fail()
      assert.deepEqual([variation, unit, placement], [group, `customer:c${customer}`, 'thank-you'])
    }
  }
  // 80 expected, standard deviation 8.
  assert.ok(heldOut > 48 && heldOut < 112, `${heldOut} of 400`)
})

test('guests are assigned order by order', async () => {
  const groups = await Promise.all(
    Array.from(
      { length: 60 },
      async (_, index) => (await decide(orderOf(`guest-${index}`, null), 'thank-you')).trials[0]?.variation,
    ),
  )
  assert.deepEqual([...new Set(groups)].sort(), ['held-out', 'offered'])
})

test('an order for which there is nothing to offer takes part in no test', async () => {
  const { trials } = await decide(orderOf('nothing', 'c1', 'unknown'), 'thank-you')
  assert.deepEqual(trials, [])
  assert.deepEqual(await store.trialsOfOrder('nothing'), [])
})

test('a decision that is asked for again writes no second row, whatever share is held out by then', async () => {
  const order = orderOf('again', 'c2')
  const first = await decide(order, 'thank-you')
  const outcome = await decideOffer(
    { order, placement: 'thank-you' },
    { ...effects, testing: { salt: 'other', holdOutShare: 0.5, experiments: [], arms: null, choiceAt: [] } },
  )
  assert.deepEqual(outcome, { kind: 'decided', decision: first })
  assert.equal((await store.trialsOfOrder('again')).length, 1)
})

test('an automatic share that was chosen stays when the shop grows, so that no customer changes sides', async () => {
  const summary = { ...plan.summary, historyFromAtMs: 0, historyToAtMs: 30 * 86_400_000 }
  let held = { ...plan, summary: { ...summary, orders: 500 } }
  const open = () =>
    holdCurrentTesting(
      { get: () => held },
      { store, settings: defaultSettings, clock: effects.clock, salt: 'salt' },
    )
  const testing = open()
  await testing.refresh()
  assert.equal(testing.get()?.holdOutShare, 0.2)
  held = { ...plan, summary: { ...summary, orders: 50_000 } }
  for (const later of [testing, open()]) {
    await later.refresh()
    assert.equal(later.get()?.holdOutShare, 0.2)
  }
})

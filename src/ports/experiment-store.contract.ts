// What every store owes to experiments, as tests.

import assert from 'node:assert/strict'
import { drafted, jamWithBread } from '../../test/store/experiment-samples.ts'
import { anOffer, entryOf } from '../../test/store/offer-samples.ts'
import { nowMs, paidOrder } from '../../test/store/samples.ts'
import type { Experiment } from '../domain/experiment.ts'
import type { Trial } from '../domain/trial.ts'
import type { Store } from './store.ts'

type Guarantee = (
  title: string,
  prove: (store: Store, place: { open(): Promise<Store> }) => Promise<void>,
) => void

const running = (one: Experiment): Experiment => ({
  ...one,
  state: 'running',
  version: one.version + 1,
  startedAtMs: nowMs,
})

export function experimentGuarantees(guarantee: Guarantee): void {
  harmGuarantees(guarantee)
  guarantee('an experiment comes back as it was put, the newest first, by its state', async (store) => {
    const first = drafted('jam', jamWithBread)
    const second = drafted(
      'cheaper',
      { kind: 'discount', addOn: null, percent: 12.5 },
      { createdAtMs: nowMs + 1 },
    )
    assert.equal(await store.getExperiment('jam'), null)
    assert.deepEqual(
      [await store.createExperiment(first), await store.createExperiment(second)],
      [true, true],
    )
    assert.equal(await store.createExperiment({ ...first, name: 'Another of this id' }), false)
    assert.deepEqual(await store.listExperiments(), [second, first])
    assert.equal(await store.saveExperiment(running(first)), 'saved')
    assert.deepEqual(await store.listExperiments('running'), [running(first)])
    assert.deepEqual(await store.listExperiments('draft'), [second])
    assert.deepEqual(await store.getExperiment('jam'), running(first))
    assert.equal(await store.getExperiment('a\0b'), null)
    await assert.rejects(store.createExperiment({ ...first, id: '' }), /cannot be stored/)
  })

  guarantee('of changes to one version of an experiment, exactly one is taken', async (store, place) => {
    const other = await place.open()
    try {
      const draft = drafted('jam', jamWithBread)
      await store.createExperiment(draft)
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 ? store : other).saveExperiment({ ...draft, version: 2, name: `Name ${i}` }),
        ),
      )
      assert.deepEqual(outcomes.sort(), ['saved', ...Array(19).fill('stale')])
      assert.equal(await store.saveExperiment({ ...draft, id: 'unknown', version: 2 }), 'stale')
    } finally {
      await other.close()
    }
  })

  guarantee(
    'the variations of an experiment that started never change, those of a draft may',
    async (store) => {
      const draft = drafted('jam', jamWithBread)
      await store.createExperiment(draft)
      const [control, tried] = draft.variations
      assert.ok(control && tried)
      const others = [
        { ...control, share: 0.8 },
        { ...tried, share: 0.2 },
      ]
      const mended = { ...draft, version: 2, variations: others }
      assert.equal(await store.saveExperiment(mended), 'saved')
      const started = running(mended)
      assert.equal(await store.saveExperiment(started), 'saved')
      assert.equal(
        await store.saveExperiment({ ...started, version: 4, variations: draft.variations }),
        'variations-fixed',
      )
      const ended: Experiment = {
        ...started,
        version: 4,
        state: 'ended',
        endedAtMs: nowMs,
        verdict: 'No difference.',
      }
      assert.equal(await store.saveExperiment(ended), 'saved')
      assert.equal(
        await store.saveExperiment({ ...ended, version: 5, variations: draft.variations }),
        'variations-fixed',
      )
      assert.deepEqual(await store.getExperiment('jam'), ended)
    },
  )

  guarantee('of two experiments on one product that start at once, one runs', async (store, place) => {
    const other = await place.open()
    try {
      const [one, two] = [
        drafted('jam', jamWithBread),
        drafted('butter', { kind: 'pairing', anchor: 'bread', addOn: 'butter' }),
      ]
      await store.createExperiment(one)
      await store.createExperiment(two)
      const outcomes = await Promise.all([
        store.saveExperiment(running(one)),
        other.saveExperiment(running(two)),
      ])
      assert.deepEqual(outcomes.sort(), ['in-the-way', 'saved'])
      assert.equal((await other.listExperiments('running')).length, 1)
    } finally {
      await other.close()
    }
  })
}

function harmGuarantees(guarantee: Guarantee): void {
  guarantee('what guardrails look at is summed per variation, each customer once', async (store) => {
    const orders = [
      { ...paidOrder('a-1'), customerId: 'ada' },
      { ...paidOrder('a-2'), customerId: 'ada' },
      { ...paidOrder('b-1'), customerId: 'bob' },
    ]
    const worth = paidOrder('x').lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)
    for (const order of orders) await store.putOrder(order, nowMs)
    const trials = orders.map((order, i): Trial => {
      const variation = order.customerId === 'ada' ? 'tried' : 'control'
      const place = { placement: 'thank-you', anchor: 'bread', product: 'jam' } as const
      return {
        experiment: 'jam',
        variation,
        orderId: order.id,
        unit: `customer:${order.customerId}`,
        ...place,
        atMs: nowMs + i,
      }
    })
    await store.addTrials(trials)
    const offer = anOffer({ orderId: 'a-1' })
    const { currency } = paidOrder('x')
    await store.addToLedger([
      { ...entryOf(offer, 'charged', { key: 'c', amountMinor: 700 }), currency },
      { ...entryOf(offer, 'refunded', { key: 'r', amountMinor: -200 }), currency },
      { ...entryOf(offer, 'unsubscribed', { key: 'u1' }), currency },
      { ...entryOf(offer, 'unsubscribed', { key: 'u2', orderId: 'a-2' }), currency },
      { ...entryOf(offer, 'complained', { key: 'm', orderId: 'of-nobody' }), currency },
    ])
    await store.setOrderFate('b-1', { deliveredAtMs: null, cancelledAtMs: nowMs, refundedAtMs: null })
    const ofAda = 2 * worth + 500
    assert.deepEqual(await store.sumHarm('jam', currency), [
      {
        ...{ variation: 'control', units: 1, unsubscribed: 0, complained: 0, refunded: 1 },
        ...{
          orders: 1,
          ordersSquared: 1,
          valueMinor: worth,
          valueSquared: worth ** 2,
          valueTimesOrders: worth,
        },
      },
      {
        ...{ variation: 'tried', units: 1, unsubscribed: 1, complained: 0, refunded: 1 },
        ...{
          orders: 2,
          ordersSquared: 4,
          valueMinor: ofAda,
          valueSquared: ofAda ** 2,
          valueTimesOrders: 2 * ofAda,
        },
      },
    ])
    assert.deepEqual(await store.sumHarm('another', currency), [])
    const period = { experiment: 'jam', fromMs: nowMs, toMs: nowMs + 10 }
    assert.equal(await store.countTrialUnits(period), 2)
    assert.equal(await store.countTrialUnits({ ...period, toMs: nowMs + 2 }), 1)
    assert.equal(
      await store.countTrialUnits({ ...period, anchor: 'bread', product: 'jam', placement: 'thank-you' }),
      2,
    )
    assert.equal(await store.countTrialUnits({ ...period, anchor: 'rolls' }), 0)
    assert.equal(await store.countTrialUnits({ ...period, placement: 'follow-up' }), 0)
  })
}

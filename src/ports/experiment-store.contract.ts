// What every store owes to experiments, as tests.

import assert from 'node:assert/strict'
import { drafted, jamWithBread } from '../../test/store/experiment-samples.ts'
import { nowMs } from '../../test/store/samples.ts'
import type { Experiment } from '../domain/experiment.ts'
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

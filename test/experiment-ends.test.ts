// An experiment over the real store, as the worker looks at it: customers who spend more with the variation, until it has
// answered; customers who complain, whatever they spend.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import type { LedgerEntry } from '../src/domain/ledger.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { unitOf } from '../src/domain/trial.ts'
import { endDecided } from '../src/measuring/end-experiment.ts'
import { measureExperiments } from '../src/measuring/measure-experiments.ts'
import { variationOf } from '../src/next/assign-unit.ts'
import type { Store } from '../src/ports/store.ts'
import { drafted } from './store/experiment-samples.ts'

const startMs = Date.UTC(2026, 0, 5)
const experiment = drafted(
  'beans',
  { kind: 'pairing', anchor: 'machine', addOn: 'beans' },
  {
    state: 'running',
    startedAtMs: startMs,
  },
)
const CUSTOMERS = 1_200

/** Forty customers a day; of the variation more take the add-on, and as many complain as is said. */
async function fill(store: Store, complaining: number): Promise<void> {
  const putDown = async (i: number): Promise<void> => {
    const atMs = startMs + Math.floor(i / 40) * DAY_MS
    const unitPriceMinor = 3_000 + ((i * 7919) % 3_000)
    const lines = [{ productId: 'machine', quantity: 1, unitPriceMinor }]
    const order = { id: `order-${i}`, customerId: `c${i}`, placedAtMs: atMs, currency: 'GBP', lines }
    const variation = variationOf(unitOf(order), 'salt', experiment)?.id ?? ''
    await store.putOrder(order, atMs)
    const place = { placement: 'thank-you', anchor: 'machine', product: 'beans' } as const
    await store.addTrials([
      { experiment: 'beans', orderId: order.id, unit: unitOf(order), variation, ...place, atMs },
    ])
    const entry = (kind: LedgerEntry['kind'], amountMinor: number): LedgerEntry => ({
      ...{ key: `${kind}-${i}`, kind, atMs: atMs + 1, offerId: `offer-${i}`, orderId: order.id, ...place },
      ...{ relation: 'complete', amountMinor, currency: 'GBP', detail: null },
    })
    const isTried = variation === 'tried'
    if (i % 10 < (isTried ? 4 : 1)) await store.addToLedger([entry('charged', 1_400)])
    if (isTried && i % 20 < complaining) await store.addToLedger([entry('complained', 0)])
  }
  // At once, since writes that are under way together share a commit.
  await Promise.all(Array.from({ length: CUSTOMERS }, (_, i) => putDown(i)))
}

async function atStore(
  complaining: number,
  prove: (effects: Parameters<typeof endDecided>[0], move: (day: number) => void) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-experiment-'))
  const store = await openStore({ dataFolder: folder })
  try {
    const clock = openManualClock(startMs)
    await store.createExperiment(experiment)
    await fill(store, complaining)
    const move = (day: number) => clock.advance(startMs + day * DAY_MS - clock.nowMs())
    await prove({ store, clock, settings: defaultSettings, currency: 'GBP' }, move)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('an experiment ends by itself when it has answered, not before, and its verdict stays as it was written', async () => {
  await atStore(0, async (effects, move) => {
    move(20)
    assert.deepEqual(await endDecided(effects), [], 'six days of customers are judged by then')
    move(45)
    const [ended] = await endDecided(effects)
    assert.ok(ended)
    assert.deepEqual([ended.state, ended.endedAtMs, ended.version], ['ended', startMs + 45 * DAY_MS, 2])
    assert.match(ended.verdict ?? '', /^“Tried” is better: revenue per customer up \d+\.\d % \(\d/)
    assert.deepEqual(await effects.store.listExperiments('running'), [])
    assert.deepEqual(await endDecided(effects), [])
    move(90)
    const [later] = await measureExperiments([ended], effects)
    assert.equal(later?.sentence, ended.verdict)
    assert.equal(
      later?.variations.reduce((sum, { customers }) => sum + customers, 0),
      CUSTOMERS,
    )
  })
})

test('a guardrail ends an experiment by itself, though its variation earns more', async () => {
  await atStore(2, async (effects, move) => {
    move(45)
    const [ended] = await endDecided(effects)
    assert.match(
      ended?.verdict ?? '',
      /^“Tried” does harm: \d+\.\d\d % of the customers of “Tried” complained, against 0\.00 %/,
    )
  })
})

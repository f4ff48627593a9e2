// Blocks of units that are added up once give the figures that following every unit gives, now and when asked again.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { seededRandom } from '../../stats/seeded-random.ts'
import { openStore } from './open-store.ts'
import { openSqlite } from './sqlite.ts'
import { unitMoments } from './unit-blocks.ts'

const DAY_MS = 86_400_000

test('in blocks the sums are those of all units together, and asked again nothing is followed anew', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-blocks-'))
  const store = await openStore({ dataFolder })
  const database = await openSqlite(dataFolder)
  try {
    const random = seededRandom(7)
    for (let place = 0; place < 300; place += 1) {
      const customerId = `c-${Math.floor(random() * 90)}`
      const atMs = Math.floor(random() * 120 * DAY_MS)
      const id = `o-${place}`
      const line = { productId: 'pot', quantity: 1, unitPriceMinor: 100 + place }
      await store.putOrder({ id, customerId, placedAtMs: atMs, currency: 'GBP', lines: [line] }, atMs)
      const variation = customerId.length % 2 === 0 ? 'held-out' : 'offered'
      const what = { placement: 'thank-you', anchor: 'pot', product: 'cup' } as const
      const assigned = { experiment: 'hold-out', variation, unit: `customer:${customerId}` }
      await store.addTrials([{ ...assigned, ...what, orderId: id, atMs: atMs + 1 }])
    }
    const question = {
      ...({ experiment: 'hold-out', currency: 'GBP', windowDays: 30 } as const),
      untilMs: 100 * DAY_MS,
    }
    const uncapped = { ...question, capMinor: 1e9 }
    const all = await unitMoments(database, uncapped)
    const inBlocks = await unitMoments(database, question, 10)
    const kept = await database.read.selectFrom('unit_blocks').selectAll().execute()
    assert.ok(kept.length >= 4, `${kept.length} blocks`)
    for (const [place, whole] of all.variations.entries()) {
      const found = inBlocks.variations[place]
      assert.ok(found !== undefined)
      const { spend, before, ...rest } = whole
      assert.deepEqual({ ...found.spendUncapped }, { ...spend, withBefore: found.spendUncapped.withBefore })
      assert.deepEqual(
        [found.eligible.sum, found.orders, found.assigned],
        [rest.eligible.sum, rest.orders, rest.assigned],
      )
      assert.ok(found.before.sum <= before.sum)
    }
    assert.deepEqual(await unitMoments(database, question, 10), inBlocks)
    assert.equal((await database.read.selectFrom('unit_blocks').selectAll().execute()).length, kept.length)
    // Asked from a day on, the blocks are of units that were met then for the first time; those of all units stay as they are.
    const from = { fromMs: 20 * DAY_MS }
    const term = await unitMoments(database, { ...question, ...from }, 10)
    const termFollowed = await unitMoments(database, { ...uncapped, ...from })
    assert.deepEqual(
      term.variations.map((one) => [one.assigned, one.units, one.spendUncapped.sum]),
      termFollowed.variations.map((one) => [one.assigned, one.units, one.spendUncapped.sum]),
    )
    assert.ok((term.sinceMs ?? 0) >= from.fromMs)
    assert.deepEqual(await unitMoments(database, question, 10), inBlocks)
    // An earlier day knows only the blocks that were over by then.
    const earlier = await unitMoments(database, { ...question, untilMs: 60 * DAY_MS }, 10)
    const follow = await unitMoments(database, { ...uncapped, untilMs: 60 * DAY_MS })
    assert.deepEqual(
      earlier.variations.map((one) => [one.units, one.spendUncapped.sum]),
      follow.variations.map((one) => [one.units, one.spendUncapped.sum]),
    )
  } finally {
    await database.close()
    await store.close()
    rmSync(dataFolder, { recursive: true })
  }
})

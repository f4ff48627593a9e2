// Several servers over one database decide by its clock, whatever their own says.

import assert from 'node:assert/strict'
import test from 'node:test'
import { openManualClock } from '../adapters/clock/manual-clock.ts'
import { openStoreClock } from './store-clock.ts'

const storeMs = Date.UTC(2026, 10, 26, 10)
const store = { clockMs: async () => storeMs }

async function openAt(offMs: number) {
  const warned: string[] = []
  const clock = await openStoreClock(store, openManualClock(storeMs + offMs), (_, message) =>
    warned.push(message),
  )
  clock.stop()
  return { clock, warned }
}

test('servers up to 30 s off, either way, tell the time of the database', async () => {
  for (const offMs of [-30_000, -2_001, -2_000, 0, 1, 2_000, 29_999]) {
    const { clock, warned } = await openAt(offMs)
    assert.equal(clock.nowMs(), storeMs, `${offMs} ms off`)
    assert.equal(warned.length, Math.abs(offMs) > 2_000 ? 1 : 0, `${offMs} ms off`)
  }
})

test('a server more than 30 s off does not start, and says by how much it is off', async () => {
  for (const [offMs, said] of [
    [-300_000, /300\.0 s behind/],
    [300_000, /300\.0 s ahead/],
    [30_001, /ahead/],
  ] as const)
    await assert.rejects(openAt(offMs), { code: 'clock-off', message: said })
})

test('a store in this process has no clock of its own: the local one stands', async () => {
  const local = openManualClock(storeMs)
  const clock = await openStoreClock({ clockMs: async () => null }, local, () => assert.fail('no warning'))
  clock.stop()
  assert.equal(clock.nowMs(), storeMs)
})

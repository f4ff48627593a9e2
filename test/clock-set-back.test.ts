// The clock of a machine is set back by an hour, or had been ahead and is put right, in the middle of everything: what was due
// soon is done soon, by whoever looks, and not in an hour.

import assert from 'node:assert/strict'
import test from 'node:test'
import { acceptOffer } from '../src/accepting/answer-offer.ts'
import { driveDue } from '../src/accepting/look-after-offers.ts'
import { openDesk } from './one-click-desk.ts'

const HOUR_MS = 3_600_000

test('a purchase under way is finished at once after the clock went back by an hour, and charged once', async () => {
  const desk = await openDesk()
  try {
    const { effects, clock, bank, shop } = desk
    const waiting = await desk.offer()
    desk.fault = () => 'lost-answer'
    assert.equal((await acceptOffer(waiting.token, effects)).acceptance?.state, 'new')
    desk.fault = () => 'none'
    // Another one whose driver was killed in the middle: its lease stands.
    const leased = await desk.offer()
    const { store } = effects
    const saveAcceptance: typeof store.saveAcceptance = async (next, ...entries) => {
      if (next.state === 'confirming') throw new Error('killed')
      return await store.saveAcceptance(next, ...entries)
    }
    await assert.rejects(acceptOffer(leased.token, { ...effects, store: { ...store, saveAcceptance } }))
    assert.equal(await driveDue(effects), 0, 'both wait')

    clock.advance(-HOUR_MS)
    assert.equal(await driveDue(effects), 2)
    for (const { token, orderId } of [waiting, leased]) {
      assert.equal((await acceptOffer(token, effects)).acceptance?.state, 'completed')
      assert.equal(shop.lines.get(orderId)?.size, 1)
    }
    assert.deepEqual([...bank.charges.values()], [1, 1])
  } finally {
    await desk.close()
  }
})

test('a look back at an ended purchase waits its fifteen minutes, whatever the clock', async () => {
  const desk = await openDesk()
  try {
    const { token } = await desk.offer('pm_card_declined')
    assert.equal((await acceptOffer(token, desk.effects)).acceptance?.state, 'declined')
    desk.clock.advance(-HOUR_MS)
    assert.equal(await driveDue(desk.effects), 0)
    desk.clock.advance(HOUR_MS + 15 * 60_000)
    assert.equal(await driveDue(desk.effects), 1)
  } finally {
    await desk.close()
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { DAY_MS } from '../../src/domain/instant.ts'
import { openShopClock } from './shop-clock.ts'

const now = Date.UTC(2026, 10, 23, 14, 30)
const clock = { nowMs: () => now }

test('a shop whose history ended long ago stands on the day after it, at the real time of day', () => {
  const shop = openShopClock(clock, Date.UTC(2011, 11, 9, 12, 50))
  assert.equal(shop.nowMs(), Date.UTC(2011, 11, 10, 14, 30))
  assert.equal(shop.apartOn(), '10 December 2011')
})

test('a shop whose history ended yesterday, later, or never began stands on today', () => {
  for (const ends of [
    Date.UTC(2026, 10, 22),
    Date.UTC(2026, 10, 23),
    Date.UTC(2027, 0, 1),
    null,
    undefined,
  ]) {
    const shop = openShopClock(clock, ends)
    assert.equal(shop.nowMs(), now)
    assert.equal(shop.apartOn(), null)
  }
})

test('the clock moves on by hand, never back, and goes on from there when it is opened again', () => {
  const shop = openShopClock(clock, Date.UTC(2011, 11, 9, 12, 50))
  shop.moveOn(7 * DAY_MS)
  shop.moveOn(-3 * DAY_MS)
  assert.equal(shop.nowMs(), Date.UTC(2011, 11, 17, 14, 30))
  assert.equal(shop.apartOn(), '17 December 2011')
  const later = openShopClock(clock, Date.UTC(2011, 11, 9, 12, 50), shop.movedMs())
  assert.equal(later.nowMs(), shop.nowMs())
})

// Which day it is in the shop. Comes in: the real clock and when the order history ends. Goes out: a clock that stands
// on the day after the history's last, at the real time of day, where that day lies behind us; else the real clock.
// The demo's orders end in 2011: an order of today would find every customer's habits faded to nothing (a customer's
// own orders count half after 180 days), and a returning customer would be offered what a stranger is.

import { DAY_MS, dayOf } from '../../src/domain/instant.ts'

export type ShopClock = {
  nowMs(): number
  /** The shop's day where it is not today: a page says so. */
  readonly apartOn: string | null
}

export function openShopClock(
  clock: { nowMs(): number },
  historyEndsAtMs: number | null | undefined,
): ShopClock {
  const today = dayOf(clock.nowMs())
  const shopDay = historyEndsAtMs == null ? today : Math.min(today, dayOf(historyEndsAtMs) + 1)
  const shiftMs = (today - shopDay) * DAY_MS
  return {
    nowMs: () => clock.nowMs() - shiftMs,
    apartOn: shiftMs === 0 ? null : longDate.format(shopDay * DAY_MS),
  }
}

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

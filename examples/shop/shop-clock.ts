// What time it is in the shop. Comes in: the real clock and when the order history ends. Goes out: a clock that stands
// on the day after the history's last, at the real time of day, where that day lies behind us; else the real clock. It
// can be moved on, and only on: so that one sees today what a customer would get in three weeks.
// The demo's orders end in 2011: an order of today would find every customer's habits faded to nothing (a customer's
// own orders count half after 180 days), and a returning customer would be offered what a stranger is.

import { DAY_MS, dayOf } from '../../src/domain/instant.ts'

export type ShopTime = {
  nowMs(): number
  /** The shop's day where it is not today: a page says so. */
  apartOn(): string | null
}

export type ShopClock = ShopTime & {
  /** Milliseconds that it was moved on by hand, all in all. */
  movedMs(): number
  moveOn(byMs: number): void
}

export function openShopClock(
  clock: { nowMs(): number },
  historyEndsAtMs: number | null | undefined,
  movedBeforeMs = 0,
): ShopClock {
  const today = dayOf(clock.nowMs())
  const shopDay = historyEndsAtMs == null ? today : Math.min(today, dayOf(historyEndsAtMs) + 1)
  const behindMs = (today - shopDay) * DAY_MS
  let movedMs = movedBeforeMs
  const nowMs = () => clock.nowMs() - behindMs + movedMs
  return {
    nowMs,
    apartOn: () => (dayOf(nowMs()) === dayOf(clock.nowMs()) ? null : longDate.format(nowMs())),
    movedMs: () => movedMs,
    moveOn(byMs) {
      movedMs += Math.max(0, byMs)
    },
  }
}

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

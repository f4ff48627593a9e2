// A clock that stands where it was set: for tests and for replays of the past.

import type { Clock } from '../../ports/clock.ts'

export function openManualClock(
  startAtMs: number,
): Clock & { set(atMs: number): void; advance(ms: number): void } {
  let now = startAtMs
  return {
    nowMs: () => now,
    set(atMs) {
      now = atMs
    },
    advance(ms) {
      now += ms
    },
  }
}

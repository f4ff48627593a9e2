// How often one address, or one order, may ask: a count a minute, in this process's memory. Comes in: the time. Goes out: true
// where it is too often, and after how many seconds to come again. Old counts are forgotten, so that a flood of addresses
// cannot fill the memory.

export type RateLimit = {
  /** `null` where it may; else the seconds until it may again. */
  take(key: string, nowMs: number): number | null
}

const MINUTE_MS = 60_000
const KEYS_MAX = 50_000

/** A window of a minute that slides by weighing the minute before: simple, and no burst at its edge. */
export function openRateLimit(perMinute: number): RateLimit {
  let minute = 0
  let now = new Map<string, number>()
  let before = new Map<string, number>()
  return {
    take(key, nowMs) {
      const current = Math.floor(nowMs / MINUTE_MS)
      if (current !== minute) {
        before = current === minute + 1 ? now : new Map()
        now = new Map()
        minute = current
      }
      const left = 1 - (nowMs % MINUTE_MS) / MINUTE_MS
      const count = (now.get(key) ?? 0) + (before.get(key) ?? 0) * left
      if (count >= perMinute) return Math.max(1, Math.ceil((MINUTE_MS - (nowMs % MINUTE_MS)) / 1000))
      // The oldest only: forgetting all would give everybody a new minute.
      if (now.size >= KEYS_MAX && !now.has(key)) now.delete(now.keys().next().value ?? '')
      now.set(key, (now.get(key) ?? 0) + 1)
      return null
    },
  }
}

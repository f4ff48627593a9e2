// The time of several servers over one PostgreSQL: that of the database, so that all judge alike whether an offer has run out
// (threat T2). Comes in: the store, this machine's clock, where to warn. Goes out: a clock that is corrected by what was measured,
// at the start and each minute after it. More than 30 s off at the start rejects with `clock-off`: webhooks and TLS would
// suffer too, and whoever runs the machine should know. A store in this process has no clock of its own.

import { AppError } from '../domain/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

const WARN_MS = 2_000
const REFUSE_MS = 30_000
const MEASURE_EVERY_MS = 60_000
/** The quickest of so many answers counts: the error is at most half the time that it took. */
const ASKED = 3

export type StoreClock = Clock & { stop(): void }
type Warn = (fields: { readonly behindMs: number }, message: string) => void

export async function openStoreClock(
  store: Pick<Store, 'clockMs'>,
  local: Clock,
  warn: Warn,
): Promise<StoreClock> {
  let behindMs = await measureClock(store, local)
  if (Math.abs(behindMs) > REFUSE_MS) {
    throw new AppError(
      'clock-off',
      `The clock of this machine is ${say(behindMs)} that of the database; set both by NTP and start again.`,
    )
  }
  const speak = () => {
    if (Math.abs(behindMs) <= WARN_MS) return
    warn(
      { behindMs },
      `the clock of this machine is ${say(behindMs)} that of the database, which is followed`,
    )
  }
  speak()
  const timer = setInterval(async () => {
    try {
      behindMs = await measureClock(store, local)
      speak()
    } catch {
      // The database is away; whoever needs it says so. The last measure stands.
    }
  }, MEASURE_EVERY_MS).unref()
  return { nowMs: () => local.nowMs() + behindMs, stop: () => clearInterval(timer) }
}

/** By how much the local clock is behind that of the store; 0 where they are one. */
export async function measureClock(store: Pick<Store, 'clockMs'>, local: Clock): Promise<number> {
  let best = { tookMs: Number.POSITIVE_INFINITY, behindMs: 0 }
  for (let asked = 0; asked < ASKED; asked += 1) {
    const beforeMs = local.nowMs()
    const storeMs = await store.clockMs()
    if (storeMs === null) return 0
    const tookMs = Math.abs(local.nowMs() - beforeMs)
    if (tookMs < best.tookMs) best = { tookMs, behindMs: Math.round(storeMs - beforeMs - tookMs / 2) }
  }
  return best.behindMs
}

function say(behindMs: number): string {
  return `${(Math.abs(behindMs) / 1000).toFixed(1)} s ${behindMs > 0 ? 'behind' : 'ahead of'}`
}

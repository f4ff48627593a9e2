// When an acceptance is to be looked at, and by whom. Comes in: its row and the time. Goes out: yes or no. An open row is
// leased for half a minute and put off for a minute at most: what stands further ahead was written before the clock was
// put back, and is not waited for. Too early costs a question that changes nothing; too late costs the shopper an hour.

import { type Acceptance, openStates } from './acceptance.ts'

/** The minute, and the 30 s by which the clocks of two servers may differ. */
export const AHEAD_MAX_MS = 90_000

/** Somebody else is at it. */
export function isLeased({ leaseUntilMs }: Pick<Acceptance, 'leaseUntilMs'>, nowMs: number): boolean {
  return leaseUntilMs > nowMs && leaseUntilMs <= nowMs + AHEAD_MAX_MS
}

/** An audit comes up to a day after its end: its time is its time. */
export function isDue({ dueAtMs, state }: Pick<Acceptance, 'dueAtMs' | 'state'>, nowMs: number): boolean {
  if (dueAtMs === null) return false
  const isOpen = openStates.some((open) => open === state)
  return dueAtMs <= nowMs || (isOpen && dueAtMs > nowMs + AHEAD_MAX_MS)
}

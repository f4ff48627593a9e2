// What a row becomes after a channel was asked. Comes in: the claimed row, what the channel said (or nothing, where the
// claim ran out without a word), chance. Goes out: the next row. A marketing message of which nobody knows whether it
// went out is never sent again; any other once more, under the same id, by which a channel knows it.

import { isMarketing, type Message } from '../domain/message.ts'
import type { SendOutcome } from '../ports/channel.ts'
import type { Random } from '../stats/seeded-random.ts'

export const ATTEMPTS_MAX = 8
/** After 1, 3, 9, … minutes; the eighth attempt comes 18 hours after the first. */
const BACKOFF_MS = 60_000
const BACKOFF_FACTOR = 3

/** What a row says that was sent, perhaps, and is sent once more. */
export const ONCE_MORE = 'nobody knows whether it went out; it is sent once more under the same id'
export const LEASE_RAN_OUT = 'the worker that sent it did not say what became of it'

export function afterSending(
  row: Message,
  outcome: SendOutcome,
  { nowMs, random }: { readonly nowMs: number; readonly random: Random },
): Message {
  const base = { ...row, version: row.version + 1, leaseUntilMs: 0 }
  const end = { ...base, dueAtMs: null, settledAtMs: nowMs }
  if (outcome.kind === 'sent')
    return { ...end, state: 'sent', reason: null, providerRef: outcome.providerRef }
  const { reason } = outcome
  if (outcome.kind === 'rejected') return { ...end, state: 'rejected', reason }
  const wasUnclear = row.reason === ONCE_MORE
  if (outcome.kind === 'ambiguous') {
    const mayRepeat = row.class !== null && !isMarketing(row.class) && !wasUnclear
    if (!mayRepeat) return { ...end, state: 'ambiguous', reason }
    return { ...base, state: 'scheduled', dueAtMs: nowMs + backoffMs(1, random), reason: ONCE_MORE }
  }
  // A dead letter may be tried again by hand: only what surely never went out becomes one.
  if (row.attempts >= ATTEMPTS_MAX) return { ...end, state: wasUnclear ? 'ambiguous' : 'dead', reason }
  const dueAtMs = nowMs + backoffMs(row.attempts, random)
  return { ...base, state: 'scheduled', dueAtMs, reason: wasUnclear ? ONCE_MORE : reason }
}

/** Half to one and a half of the step, so that what failed together does not come back together. */
function backoffMs(attempts: number, random: Random): number {
  return Math.round(BACKOFF_MS * BACKOFF_FACTOR ** (attempts - 1) * (0.5 + random()))
}

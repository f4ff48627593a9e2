// A round of the worker: what is due is sent, several at once, never two to one recipient. Comes in: the effects, and
// whether to stop. Goes out: how each went. One that fails, whatever the reason, is put off, so that it does not stand
// before all others again and again; the round goes on and tells of it at its end.

import type { Message } from '../domain/message.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { type SendEffects, type Sending, sendMessage } from './send-message.ts'

const BATCH = 200
/** So many at once: a mail server that is slow must not hold up all others. */
const AT_ONCE = 8
const POSTPONED_MS = 60_000
/** Other workers take other messages so long; what one that stopped or died left behind is taken up then. */
export const RESERVED_MS = 10_000

export type SentRound = {
  /** How many were due; a full batch means that there may be more. */
  readonly due: number
  readonly outcomes: Readonly<Partial<Record<Sending, number>>>
  readonly failures: readonly unknown[]
}

export async function sendDue(
  effects: SendEffects & Pick<FollowingUpEffects, 'atOnce'>,
  isStopping: () => boolean = () => false,
): Promise<SentRound> {
  const { store, clock } = effects
  const nowMs = clock.nowMs()
  const due = await store.reserveMessages(nowMs, BATCH, nowMs + RESERVED_MS)
  const waiting = [...Map.groupBy(due, ({ medium, recipientHash }) => `${medium} ${recipientHash}`).values()]
  const outcomes: Partial<Record<Sending, number>> = {}
  const failures: unknown[] = []
  const takeTurns = async (): Promise<void> => {
    for (let ofOne = waiting.shift(); ofOne !== undefined; ofOne = waiting.shift()) {
      for (const row of ofOne) {
        if (isStopping()) return
        try {
          const sending = await sendMessage(row, effects)
          outcomes[sending] = (outcomes[sending] ?? 0) + 1
        } catch (error) {
          failures.push(error)
          await postpone(row, effects)
        }
      }
    }
  }
  await Promise.all(Array.from({ length: effects.atOnce ?? AT_ONCE }, takeTurns))
  return { due: due.length, outcomes, failures }
}

/** Only where it stands as it did: what was claimed is settled by its lease. */
async function postpone(
  row: Message,
  { store, clock }: Pick<FollowingUpEffects, 'store' | 'clock'>,
): Promise<void> {
  if (row.state !== 'scheduled') return
  const dueAtMs = clock.nowMs() + POSTPONED_MS
  await store.saveMessage({ ...row, dueAtMs, version: row.version + 1 }, [])
}

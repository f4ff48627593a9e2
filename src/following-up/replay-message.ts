// A dead letter is tried again, by the owner's word. Comes in: its id. Goes out: scheduled for now with all its attempts,
// or why not. Only what surely never went out is dead, so that nobody gets anything twice.

import type { FollowingUpEffects } from './following-up-effects.ts'

export type Replay = 'scheduled' | 'unknown' | 'not-dead' | 'moment-passed'

export async function replayMessage(
  messageId: string,
  { store, clock }: Pick<FollowingUpEffects, 'store' | 'clock'>,
): Promise<Replay> {
  const row = await store.getMessage(messageId)
  if (row === null) return 'unknown'
  if (row.state !== 'dead') return 'not-dead'
  const nowMs = clock.nowMs()
  if (nowMs > row.lastUsefulAtMs) return 'moment-passed'
  const again = { state: 'scheduled', attempts: 0, dueAtMs: nowMs, settledAtMs: null, reason: null } as const
  return (await store.saveMessage({ ...row, ...again, version: row.version + 1 }, []))
    ? 'scheduled'
    : 'not-dead'
}

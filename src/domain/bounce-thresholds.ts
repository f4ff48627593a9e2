// What a notice means for the address that it tells of: requirement C13 of docs/reliability.md. In: the kind of the notice,
// and the times of the soft bounces since the last delivery, this one among them. Out: for how long and why the address is
// suppressed; `null` where it is not.

import type { NoticeKind } from './delivery-notice.ts'
import { DAY_MS } from './instant.ts'
import type { Suppression } from './suppression.ts'

const SOFT_BOUNCES = 3
const SOFT_SPAN_MS = 3 * DAY_MS
const SOFT_PAUSE_MS = 30 * DAY_MS

export function suppressionAfter(
  kind: NoticeKind,
  softBouncesAtMs: readonly number[],
  atMs: number,
): Pick<Suppression, 'reason' | 'sinceMs' | 'untilMs'> | null {
  const forGood = { sinceMs: atMs, untilMs: null }
  switch (kind) {
    case 'hard-bounce':
      return { reason: 'hard-bounce', ...forGood }
    case 'complaint':
      return { reason: 'complaint', ...forGood }
    case 'unsubscribed':
      return { reason: 'unsubscribed', ...forGood }
    case 'stop-word':
      return { reason: 'stop-word', ...forGood }
    case 'unclear-reply':
      return { reason: 'unclear-reply', ...forGood }
    case 'soft-bounce': {
      const span = Math.max(...softBouncesAtMs) - Math.min(...softBouncesAtMs)
      if (softBouncesAtMs.length < SOFT_BOUNCES || span < SOFT_SPAN_MS) return null
      return { reason: 'soft-bounces', sinceMs: atMs, untilMs: atMs + SOFT_PAUSE_MS }
    }
    case 'delivered':
    case 'start-word':
      return null
  }
}

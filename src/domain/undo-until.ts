// Until when an add-on can be taken back. Comes in: the acceptance and the minutes that the shop gives. Goes out: the
// instant, or `null` where there is nothing to take back; whether it has passed is not asked here.

import type { Acceptance } from './acceptance.ts'

export function undoUntilMs(acceptance: Acceptance, undoMinutes: number): number | null {
  // A line that was found packed cannot be taken back; the row remembers.
  if (acceptance.state !== 'completed' || acceptance.reason === 'order-closed') return null
  return (acceptance.finishedAtMs ?? 0) + undoMinutes * 60_000
}

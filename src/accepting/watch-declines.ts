// Card testing (threat T17): who tries stolen cards is declined often. Comes in: the acceptances of the last hour. Goes out: an
// alarm where more than a tenth of at least a hundred were declined, else null.

import type { AcceptingEffects } from './accepting-effects.ts'

const HOUR_MS = 3_600_000
const OPENED_MIN = 100
const DECLINED_SHARE_MAX = 0.1

export type DeclineAlarm = { readonly opened: number; readonly declined: number }

export async function watchDeclines({
  store,
  clock,
}: Pick<AcceptingEffects, 'store' | 'clock'>): Promise<DeclineAlarm | null> {
  const counted = await store.countAcceptances(clock.nowMs() - HOUR_MS)
  const isMany = counted.opened >= OPENED_MIN && counted.declined > DECLINED_SHARE_MAX * counted.opened
  return isMany ? counted : null
}

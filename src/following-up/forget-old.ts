// What is known of people ends with its use (requirement C18). Comes in: how many months the shop keeps it. Goes out: how
// many rows were deleted, a batch of each kind; it may be run again at once until there are none. Figures stand on the
// ledger and on what orders sold, which name nobody.

import { DAY_MS } from '../domain/instant.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'

const BATCH = 500
const MONTH_MS = (365.25 / 12) * DAY_MS

export async function forgetOld({
  store,
  clock,
  settings,
}: Pick<FollowingUpEffects, 'store' | 'clock' | 'settings'>): Promise<number> {
  return await store.forgetOld(clock.nowMs() - Math.round(settings.keepPersonalMonths * MONTH_MS), BATCH)
}

// A plan in hand that never changes, with an owner who says nothing: for tests and benches of what stands on a plan.

import type { CurrentPlan } from '../src/deciding/current-plan.ts'
import type { Plan } from '../src/domain/plan.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { guidePlan } from '../src/next/guide-plan.ts'
import { silentOwner } from '../src/next/owner-guide.ts'

export function heldPlan(plan: Plan): CurrentPlan {
  const guided = guidePlan(plan, silentOwner.guide, defaultSettings)
  return { get: () => guided, refresh: async () => false, heed: async () => {} }
}

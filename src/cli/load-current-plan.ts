// The plan that commands read. Without one the sentence says how to make it.

import { AppError } from '../domain/errors.ts'
import type { Plan } from '../domain/plan.ts'
import type { Store } from '../ports/store.ts'

export async function loadCurrentPlan(store: Store): Promise<Plan> {
  const version = await store.currentPlanVersion()
  const plan = version === null ? null : await store.loadPlan(version)
  if (plan === null) {
    throw new AppError(
      'no-plan',
      'Nothing has been mined yet: run "aftercart mine" first (same --data folder).',
    )
  }
  return plan
}

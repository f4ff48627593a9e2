// The plan that commands read, as the owner's words make it. Without one the sentence says how to make it.

import { holdCurrentPlan } from '../deciding/current-plan.ts'
import { AppError } from '../domain/errors.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import type { Installation } from './installation.ts'

export async function loadCurrentPlan({
  store,
  settings,
}: Pick<Installation, 'store' | 'settings'>): Promise<GuidedPlan> {
  const current = holdCurrentPlan(store, settings)
  await current.refresh()
  const plan = current.get()
  if (plan === null) {
    throw new AppError(
      'no-plan',
      'Nothing has been mined yet: run "aftercart mine" first (same --data folder).',
    )
  }
  return plan
}

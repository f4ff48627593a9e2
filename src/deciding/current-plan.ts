// The plan that this process decides with. Comes in: the store. Goes out: the newest published plan, held in memory,
// replaced when another version becomes current. A store that cannot be reached leaves the plan in hand as it is.

import type { Plan } from '../domain/plan.ts'
import type { Store } from '../ports/store.ts'

export type CurrentPlan = {
  /** The plan in hand; `null` before the first was published. */
  get(): Plan | null
  /** Asks the store for the current version and loads it when it differs. True when the plan changed. */
  refresh(): Promise<boolean>
}

export function holdCurrentPlan(store: Pick<Store, 'currentPlanVersion' | 'loadPlan'>): CurrentPlan {
  let plan: Plan | null = null
  let loading: Promise<boolean> | null = null
  const load = async (): Promise<boolean> => {
    const version = await store.currentPlanVersion()
    if (version === null || version === plan?.version) return false
    const loaded = await store.loadPlan(version)
    if (loaded === null) return false
    plan = loaded
    return true
  }
  return {
    get: () => plan,
    refresh() {
      loading ??= load().finally(() => {
        loading = null
      })
      return loading
    },
  }
}

// The tests that this process decides with. Comes in: the plan in hand, the settings, the salt, the store. Goes out: who is held
// out, which experiments run, and the always-on choice, in memory, since a decision never waits for a query. A store that
// cannot be reached leaves them as they are.

import type { Experiment } from '../domain/experiment.ts'
import { holdOutShare } from '../domain/measuring-settings.ts'
import { ordersPerMonth } from '../domain/orders-per-month.ts'
import type { Settings } from '../domain/settings.ts'
import { armKey } from '../next/arm-key.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import { openArmChances } from '../next/open-arm-chances.ts'
import type { ArmChances, Testing } from '../next/testing.ts'
import type { ArmStore } from '../ports/arm-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'
import type { TrialStore } from '../ports/trial-store.ts'

/** A confirmation that the shop's own mail system sends is not heard of again; of one that Aftercart sends see open-messaging.ts. */
const CHOICE_AT = ['thank-you', 'follow-up'] as const

export type CurrentTesting = {
  get(): Testing | null
  /** Asks the store for news and loads them. */
  refresh(): Promise<void>
}

export type TestingFacts = {
  readonly store: Pick<ArmStore, 'armsVersion' | 'listArmRecords' | 'latestArmChanges'> &
    Pick<ExperimentStore, 'listExperiments'> &
    Pick<TrialStore, 'chooseHoldOut' | 'noteHoldOut'>
  readonly clock: Clock
  readonly settings: Settings
  readonly salt: string
}

export function holdCurrentTesting(
  plan: { get(): GuidedPlan | null },
  { store, settings, salt, clock }: TestingFacts,
): CurrentTesting {
  let arms: { readonly version: number; readonly chances: ArmChances } | null = null
  let experiments: readonly Experiment[] = []
  let chosen: number | null = null
  let isNoted = false
  const share = (): number => {
    const summary = plan.get()?.summary ?? null
    return holdOutShare(settings.measuring, summary && ordersPerMonth(summary), chosen)
  }
  /** Once: while servers are exchanged one by one, an old one would else begin a term of its own again and again. */
  async function noteShare(): Promise<void> {
    if (isNoted || (settings.measuring.holdOutShare === 'auto' && chosen === null)) return
    await store.noteHoldOut(share(), clock.nowMs())
    isNoted = true
  }
  return {
    get() {
      return { salt, holdOutShare: share(), experiments, arms: arms?.chances ?? null, choiceAt: CHOICE_AT }
    },
    async refresh() {
      const summary = plan.get()?.summary ?? null
      if (settings.measuring.holdOutShare === 'auto' && chosen === null && summary !== null)
        chosen = await store.chooseHoldOut(holdOutShare(settings.measuring, ordersPerMonth(summary), null))
      await noteShare()
      experiments = await store.listExperiments('running')
      if (settings.measuring.choice === 'off') return
      const version = await store.armsVersion()
      if (version !== arms?.version) arms = { version, chances: await loadChances(store) }
    },
  }
}

async function loadChances(store: TestingFacts['store']): Promise<ArmChances> {
  const [records, latest] = await Promise.all([store.listArmRecords(), store.latestArmChanges()])
  return openArmChances({
    records,
    states: new Map(latest.map((change) => [armKey(change), change.state])),
  })
}

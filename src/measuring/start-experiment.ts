// Starts an experiment. Comes in: a draft. Goes out: it runs, with what the planner says about it (how many customers, how many
// days, a warning where that is too long), or why it cannot. From then on its variations never change.

import type { Experiment } from '../domain/experiment.ts'
import { experimentInTheWay } from '../domain/experiment-conflict.ts'
import { startExperiment as start } from '../domain/experiment-steps.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'
import type { MeasureStore } from '../ports/measure-store.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import { type ExperimentPlan, planExperiment } from './plan-experiment.ts'
import { readBaseline } from './read-baseline.ts'

export type StartingEffects = {
  readonly store: Pick<ExperimentStore, 'listExperiments' | 'saveExperiment'> &
    Pick<MeasureStore, 'unitMoments'> &
    Pick<TrialStore, 'countTrialUnits'>
  readonly clock: Clock
  readonly currency: string
  /** Whether a back end of the shop quotes prices. */
  readonly hasShop: boolean
}

export type Started =
  | { readonly kind: 'started'; readonly experiment: Experiment; readonly plan: ExperimentPlan }
  | { readonly kind: 'refused'; readonly why: string }

export async function startExperiment(experiment: Experiment, effects: StartingEffects): Promise<Started> {
  const { store, clock, hasShop } = effects
  const step = start(experiment, clock.nowMs())
  if (step.kind === 'refused') return step
  if (!hasShop && experiment.variations.some(({ change }) => change.kind === 'discount'))
    return refused(
      'a discount needs a back end of the shop that quotes it: set "shopUrl" (docs/guide/payments.md)',
    )
  const plan = planExperiment(experiment, await readBaseline(experiment, effects))
  const saved = await store.saveExperiment(step.experiment)
  if (saved === 'saved') return { kind: 'started', experiment: step.experiment, plan }
  if (saved !== 'in-the-way') return refused(`${experiment.id} was changed meanwhile; look at it again`)
  const other = experimentInTheWay(experiment, await store.listExperiments('running'))
  return refused(
    `${other?.id ?? 'another experiment'} runs and changes the same thing for the same customers; stop it, or wait until it ends`,
  )
}

function refused(why: string): Started {
  return { kind: 'refused', why }
}

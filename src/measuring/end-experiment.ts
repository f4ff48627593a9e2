// Ends an experiment: because the owner says so, or because it has answered. Comes in: the experiment. Goes out: it is ended in the
// store, with the verdict of that moment written down, or why not. What a look of the worker finds is `endDecided`: a guardrail
// that broke, an assignment that cannot be believed, or an answer for each variation.

import type { Experiment } from '../domain/experiment.ts'
import { endExperiment } from '../domain/experiment-steps.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'
import type { RunningVerdict } from './experiment-figures.ts'
import { type MeasuringEffects, measureExperiments } from './measure-experiments.ts'

type Effects = MeasuringEffects & {
  readonly store: Pick<ExperimentStore, 'listExperiments' | 'saveExperiment'>
}

export type Ended =
  | { readonly kind: 'ended'; readonly experiment: Experiment }
  | { readonly kind: 'refused'; readonly why: string }

export async function stopExperiment(experiment: Experiment, effects: Effects): Promise<Ended> {
  const [measured] = await measureExperiments([experiment], effects)
  return end(experiment, measured?.sentence ?? 'It never started.', effects)
}

/** Those that ended at this look. */
export async function endDecided(effects: Effects): Promise<readonly Experiment[]> {
  const ended: Experiment[] = []
  for (const verdict of await measureExperiments(await effects.store.listExperiments('running'), effects)) {
    if (!isDecided(verdict)) continue
    const outcome = await end(verdict.experiment, verdict.sentence, effects)
    if (outcome.kind === 'ended') ended.push(outcome.experiment)
  }
  return ended
}

/** Nothing more is learnt by going on, or somebody is harmed. */
export function isDecided({ variations: [, ...tried] }: Pick<RunningVerdict, 'variations'>): boolean {
  const kinds = tried.map(({ verdict }) => verdict?.kind ?? 'not-enough')
  if (kinds.some((kind) => kind === 'guardrail' || kind === 'broken')) return true
  return kinds.every((kind) => kind !== 'not-enough')
}

async function end(experiment: Experiment, verdict: string, { store, clock }: Effects): Promise<Ended> {
  const step = endExperiment(experiment, verdict, clock.nowMs())
  if (step.kind === 'refused') return step
  const saved = await store.saveExperiment(step.experiment)
  if (saved === 'saved') return { kind: 'ended', experiment: step.experiment }
  return { kind: 'refused', why: `${experiment.id} was changed meanwhile; look at it again` }
}

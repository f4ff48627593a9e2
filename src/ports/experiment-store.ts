// The part of the store that experiments stand on. What has resolved survives `kill -9`. Two rules are the store's own, since
// only it sees everybody's changes at once: what customers were told apart by never changes once it started, and two that
// would disturb each other never run together.

import type { Experiment, ExperimentState } from '../domain/experiment.ts'

export type SavedExperiment =
  | 'saved'
  /** Somebody else changed it meanwhile, or there is none of this id: read it again. */
  | 'stale'
  /** It has started, and its variations are others than those it started with. */
  | 'variations-fixed'
  /** One that runs is in its way (domain/experiment-conflict.ts). */
  | 'in-the-way'

export type ExperimentStore = {
  /** False where there is one of this id. */
  createExperiment(experiment: Experiment): Promise<boolean>
  getExperiment(id: string): Promise<Experiment | null>
  /** The newest first. Cheap where only those that run are asked for: asked often. */
  listExperiments(state?: ExperimentState): Promise<Experiment[]>
  /** Takes the place of the version before `next.version`. */
  saveExperiment(next: Experiment): Promise<SavedExperiment>
}

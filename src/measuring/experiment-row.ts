// An experiment as the API and the command line show it. Comes in: the experiment, and what it says today where it has run.
// Goes out: one plain row.

import type { Experiment } from '../domain/experiment.ts'
import type { RunningVerdict, VariationFigures } from './experiment-figures.ts'

export type ExperimentRow = Pick<
  Experiment,
  | 'id'
  | 'name'
  | 'hypothesis'
  | 'state'
  | 'variations'
  | 'primaryMetric'
  | 'guardrails'
  | 'smallestEffect'
  | 'adopted'
> & {
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** What it says: the written verdict once it ended, today's before; `null` for a draft. */
  readonly sentence: string | null
  /** `null` where it was not looked at. */
  readonly figures: readonly VariationFigures[] | null
}

export function experimentRow(experiment: Experiment, measured: RunningVerdict | null): ExperimentRow {
  const { id, name, hypothesis, state, variations, primaryMetric, guardrails, smallestEffect } = experiment
  return {
    ...{ id, name, hypothesis, state, variations, primaryMetric, guardrails, smallestEffect },
    createdAt: iso(experiment.createdAtMs),
    startedAt: experiment.startedAtMs === null ? null : iso(experiment.startedAtMs),
    endedAt: experiment.endedAtMs === null ? null : iso(experiment.endedAtMs),
    adopted: experiment.adopted,
    sentence: experiment.verdict ?? measured?.sentence ?? null,
    figures: measured?.variations ?? null,
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

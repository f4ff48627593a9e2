// What a decision needs to know of the tests that run. It stands in memory, beside the plan.

import type { Experiment } from '../domain/experiment.ts'
import type { Placement } from '../domain/placement.ts'
import type { Candidate } from './candidate.ts'

export type Testing = {
  readonly salt: string
  /** In [0, 0.5]. */
  readonly holdOutShare: number
  /** Those that run. */
  readonly experiments: readonly Experiment[]
  /** The chances of the always-on choice; `null` where it is off. */
  readonly arms: ArmChances | null
  /** Where it chooses: where it is known to whom what was shown, so that it can learn. */
  readonly choiceAt: readonly Placement[]
}

/**
 * With which chance each of these candidates of one anchor, best first, is to be shown; sums to 1. Asked in every
 * decision, so what takes long is kept.
 */
export type ArmChances = (placement: Placement, candidates: readonly Candidate[]) => readonly number[]

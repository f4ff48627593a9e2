// One sheet with all scores of a plan against the truth of its shop.

import { type LivePairing, type PairingScore, scorePairings } from './score-pairings.ts'
import { type Decided, type PickScore, scorePicks } from './score-picks.ts'
import {
  type DayScore,
  type NextDay,
  type RefillScore,
  type RunOut,
  scoreNextDays,
  scoreRefills,
} from './score-timing.ts'
import type { Truth } from './simulation.ts'
import { indexTruth } from './truth-index.ts'

export type ScoredPlan = {
  readonly pairings: readonly LivePairing[]
  readonly runOuts: readonly RunOut[]
  readonly nextDays: readonly NextDay[]
  readonly thankYou: readonly Decided[]
  readonly followUp: readonly Decided[]
}

export type PlanScore = {
  readonly pairings: PairingScore
  readonly refills: RefillScore
  readonly nextDays: DayScore
  readonly thankYou: PickScore
  readonly followUp: PickScore
}

export function scorePlan(truth: Truth, plan: ScoredPlan): PlanScore {
  const kindOf = indexTruth(truth)
  return {
    pairings: scorePairings(truth, kindOf, plan.pairings),
    refills: scoreRefills(truth, plan.runOuts),
    nextDays: scoreNextDays(truth, plan.nextDays),
    thankYou: scorePicks(truth, kindOf, plan.thankYou),
    followUp: scorePicks(truth, kindOf, plan.followUp),
  }
}

// What is known of an experiment while it runs and after: per variation the customers and the metric, and the verdict.

import type { Experiment } from '../domain/experiment.ts'
import type { Estimate } from './estimate.ts'

export type Verdict =
  | { readonly kind: 'better' | 'worse' }
  /** As a share of the control's mean. */
  | { readonly kind: 'no-difference'; readonly largerThan: number }
  /** `null`: no telling. */
  | { readonly kind: 'not-enough'; readonly moreDays: number | null }
  /** Not as many customers in each variation as were sent there, or a customer in two: no figure can be believed. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'guardrail'; readonly guardrail: string; readonly reason: string }

export type VariationFigures = {
  readonly variation: string
  readonly customers: number
  readonly eligibleOrders: number
  /** Of the primary metric, per customer. */
  readonly mean: number
  /** Against the control; `null` for the control itself and while there is too little. */
  readonly difference: Estimate | null
  readonly verdict: Verdict | null
}

export type RunningVerdict = {
  readonly experiment: Experiment
  readonly variations: readonly VariationFigures[]
  /** In a sentence. */
  readonly sentence: string
}

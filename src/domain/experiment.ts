// An experiment asks one question of the shop's own customers. It has a control and one to four variations of it, a share
// for each, a metric that decides and guardrails that may stop it. Customers keep their variation for as long as it runs.

import type { Placement } from './placement.ts'

/** What a variation does differently; the control does nothing differently. */
export type VariationChange =
  | { readonly kind: 'nothing' }
  /** This add-on stands first where the anchor was bought, if the rules let it through. */
  | { readonly kind: 'pairing'; readonly anchor: string; readonly addOn: string }
  /** Another sentence for the need. `anchor` null: whatever was bought. May hold `{anchor}` and `{addOn}`. */
  | {
      readonly kind: 'need'
      readonly anchor: string | null
      readonly addOn: string
      readonly sentence: string
    }
  /** Percent off the add-on, in (0, 50]; `addOn` null: whatever is offered. The shop quotes the price. */
  | { readonly kind: 'discount'; readonly addOn: string | null; readonly percent: number }
  /** Nothing is offered at this placement. */
  | { readonly kind: 'placement-off'; readonly placement: Placement }
  /** Messages of the flow come so many days later, or earlier where it is below 0; in [-14, 14]. */
  | { readonly kind: 'timing'; readonly flow: string; readonly days: number }

export type Variation = {
  /** Lower case, of the experiment's own; the first is `control`. */
  readonly id: string
  readonly name: string
  /** Of the customers who take part, in (0, 1]; all of them make 1. */
  readonly share: number
  readonly change: VariationChange
}

export const primaryMetrics = ['margin-per-customer', 'revenue-per-customer', 'attach-rate'] as const
export type PrimaryMetric = (typeof primaryMetrics)[number]

export const guardrails = ['unsubscribes', 'complaints', 'refunds', 'order-value'] as const
export type Guardrail = (typeof guardrails)[number]

export const experimentStates = ['draft', 'running', 'ended'] as const
export type ExperimentState = (typeof experimentStates)[number]

export type Experiment = {
  /** Lower case letters, digits and dashes; at most 60. */
  readonly id: string
  readonly name: string
  /** What is believed, and why: read again when it ends. */
  readonly hypothesis: string
  readonly state: ExperimentState
  /** Moves with each change; a change names the one that it started from. */
  readonly version: number
  /** The control first. */
  readonly variations: readonly Variation[]
  readonly primaryMetric: PrimaryMetric
  readonly guardrails: readonly Guardrail[]
  /** The smallest difference worth finding, as a share of the control's mean, in (0, 1]. */
  readonly smallestEffect: number
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
  /** A written verdict, once it ended. */
  readonly verdict: string | null
  /** Of the variation that was put in the place of the control, where one was. */
  readonly adopted: string | null
}

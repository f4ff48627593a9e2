// A decision is what Aftercart would offer for one order at one placement: zero to two picks, the step of the ladder
// that answered, and each candidate that was dropped with the rule that dropped it. It is stored before it is
// answered, so the same order and placement always get the same decision back.

import type { Evidence, OfferedRelation } from './pairing.ts'
import type { Picks, Placement } from './placement.ts'
import type { TrialPlace } from './trial.ts'

/** The steps below a pairing are tried in this order; `helpful-page` makes no offer and never fails. */
export const ladder = [
  'pairing',
  'upsell',
  'taste',
  'category-pairing',
  'curated',
  'best-seller',
  'helpful-page',
] as const
export type LadderStep = (typeof ladder)[number]

/** Chances sum to 1. */
export type TriedArm = { readonly product: string; readonly chance: number }

export type Pick = {
  readonly product: string
  readonly title: string
  readonly price: { readonly amountMinor: number; readonly currency: string }
  readonly imageUrl: string | null
  readonly url: string | null
  /** The order line that it goes with. */
  readonly anchor: string
  readonly relation: OfferedRelation
  readonly need: string
  /** Why this one, in a sentence with its figures. */
  readonly reason: string
  readonly evidence: Evidence | null
  readonly score: number
  /** Percent off, where an experiment asks what a discount does; the shop quotes the price. */
  readonly discountPercent?: number
  /** Probability with which the policy chose it, in (0, 1]; 1 where nothing else could have come. */
  readonly propensity: number
  /** All that might have come in its place, the ranking's first first, each with its chance; absent where nothing might. */
  readonly tried?: readonly TriedArm[]
  /** Days after the order at which it is meant to be seen; 0 for now. */
  readonly afterDays: number
}

/** The rules that drop a candidate. Each is explained in docs/guide/decisions.md. */
export const dropRules = [
  'already-in-order',
  'variant-of-order',
  'already-owned',
  'not-in-catalog',
  'not-buyable',
  'not-goods',
  'out-of-season',
  'other-currency',
  'over-price-ceiling',
  'wrong-window',
  'other-flow',
  'bought-meanwhile',
  'offered-already',
  'refused-variant',
  'refused-substitute',
  'refused-upsell',
  'taken-less',
  'vetoed',
  'paused',
  'never-with',
  'only-with',
  'variant-of-pick',
  'outranked',
] as const
export type DropRule = (typeof dropRules)[number]

export type DroppedCandidate = {
  readonly product: string
  readonly anchor: string | null
  readonly rule: DropRule
  readonly detail: string
}

export type Decision = {
  readonly orderId: string
  readonly placement: Placement
  readonly decidedAtMs: number
  readonly planVersion: number
  readonly picks: Picks<Pick>
  readonly fallback: LadderStep
  /** Why each step of the ladder above the one that answered did not. */
  readonly ladderTrail: readonly { readonly step: LadderStep; readonly reason: string }[]
  readonly dropped: readonly DroppedCandidate[]
  /** How many more were dropped than `dropped` tells: it is cut at 200. */
  readonly droppedUntold: number
  /** What a customer who is held out would have been offered: it is shown to nobody. */
  readonly withheld: Picks<Pick>
  /** The tests that it takes part in. */
  readonly trials: readonly TrialPlace[]
}

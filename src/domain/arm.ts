// An arm is one add-on that may be offered for one anchor at one placement, in the always-on choice among pairings. What
// became of it (tried, promoted, rested, or brought back) is a log that is only added to; the latest word counts.

import type { OfferedRelation } from './pairing.ts'
import type { Placement } from './placement.ts'

export type ArmPlace = {
  readonly placement: Placement
  readonly anchor: string
  readonly addOn: string
}

/** How often it was shown and taken. Fractions, since old showings are forgotten in part and new ones not yet answered. */
export type ArmRecord = ArmPlace & {
  readonly relation: OfferedRelation
  readonly shown: number
  readonly taken: number
}

/** `live`: takes part. `promoted`: the others keep only their floor. `rested`: not offered for the time being. */
export const armStates = ['live', 'promoted', 'rested'] as const
export type ArmState = (typeof armStates)[number]

export type ArmChange = ArmPlace & {
  readonly sequence: number
  readonly state: ArmState
  readonly atMs: number
  readonly source: 'machine' | 'owner'
  /** In a sentence, with the figures. */
  readonly because: string
}

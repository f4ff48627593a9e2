// The part of the store that the always-on choice stands on. What has resolved survives `kill -9`.

import type { ArmChange, ArmRecord } from '../domain/arm.ts'
import type { OfferedRelation } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'

/** Of one arm in one week: offers that were seen, and of these the add-ons that were bought and kept. */
export type ArmWeek = {
  readonly placement: Placement
  readonly anchor: string
  readonly addOn: string
  readonly relation: OfferedRelation
  /** Whole weeks before the moment that was asked for; 0 is the latest. */
  readonly weeksAgo: number
  readonly shown: number
  readonly taken: number
}

export type ArmStore = {
  /** Offers that ran out by `untilMs`, so that nobody is counted who may still say yes. */
  countArms(untilMs: number, weeks: number): Promise<ArmWeek[]>
  /** Replaces all records and adds the changes; one transaction. */
  replaceArms(records: readonly ArmRecord[], changes: readonly Omit<ArmChange, 'sequence'>[]): Promise<void>
  listArmRecords(): Promise<ArmRecord[]>
  /** Adds what the owner says of an arm. */
  addArmChange(change: Omit<ArmChange, 'sequence'>): Promise<void>
  /** Newest first. */
  listArmChanges(limit: number): Promise<ArmChange[]>
  /** Of each arm that anything was said of the latest word. */
  latestArmChanges(): Promise<ArmChange[]>
  /** Moves with each of the above, 0 at first. Cheap: asked often. */
  armsVersion(): Promise<number>
}

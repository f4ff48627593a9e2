// The part of the store that the always-on choice stands on. What has resolved survives `kill -9`.

import type { ArmChange, ArmRecord, ArmState, ArmWeek } from '../domain/arm.ts'

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
  /** Of each arm that anything was said of the latest word; with a state, of each that was ever in it the latest such word. */
  latestArmChanges(state?: ArmState): Promise<ArmChange[]>
  /** Moves with each of the above, 0 at first. Cheap: asked often. */
  armsVersion(): Promise<number>
}

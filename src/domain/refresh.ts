// What one refresh did: new orders into the history, mined again, arms weighed again, and what to change next. Kept for good,
// so that an owner can read what changed when, and take the last one back. It is put down before it publishes anything: one that
// was killed can be taken back, too.

import type { ArmPlace, ArmState } from './arm.ts'

export type Refresh = {
  /** Counted from 1. */
  readonly id: number
  readonly startedAtMs: number
  /** `null`: it runs, or was killed. */
  readonly seconds: number | null
  readonly orders: { readonly received: number; readonly new: number; readonly otherCurrency: number }
  readonly plan: {
    /** The version that was current before; `null` before the first. */
    readonly before: number | null
    /** `null` until it is known, and for good where it failed and published nothing. */
    readonly version: number | null
    readonly added: number
    readonly retired: number
  }
  readonly arms: {
    readonly weighed: number
    readonly changes: readonly (ArmPlace & {
      readonly before: ArmState
      readonly state: ArmState
      readonly because: string
    })[]
  }
  /** What the report of this night advised, the most worthwhile first, at most five. */
  readonly advice: readonly { readonly action: string; readonly sentence: string }[]
  /** Set when it was taken back. */
  readonly undoneAtMs: number | null
}

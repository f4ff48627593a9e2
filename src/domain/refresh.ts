// What one refresh did: new orders into the history, mined again, arms weighed again, and
// what to change next. Kept for good, so that an owner can read
// what changed when, and take the last one back.

import type { ArmPlace, ArmState } from './arm.ts'

export type Refresh = {
  /** Counted from 1. */
  readonly id: number
  readonly startedAtMs: number
  readonly seconds: number
  readonly orders: { readonly received: number; readonly new: number; readonly otherCurrency: number }
  readonly plan: {
    /** The version that was current before; `null` before the first. */
    readonly before: number | null
    readonly version: number
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

// The answers of the API that this page puts together itself. Rows are typed where the server makes them: types leave
// nothing of the server in the page that is built, and a field that is renamed there is found here.

import type { AnchorRow } from '../deciding/list-pairings.ts'
import type { PlanSummary } from '../domain/plan.ts'

export type Overview = {
  readonly plan: {
    readonly version: number
    readonly publishedAtMs: number
    readonly summary: PlanSummary
  } | null
  readonly anchors: number
  /** Pairings that the page can show: of each product the strongest. */
  readonly listed: { readonly live: number; readonly refused: number }
  /** The clock can be moved on, and messages stay in a mailbox of the example. */
  readonly demo: boolean
}

export type AnchorPage = { readonly total: number; readonly anchors: readonly AnchorRow[] }

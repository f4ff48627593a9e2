// Decisions of the thank-you page, for judging another policy on them.

import type { Decision } from '../domain/decision.ts'

export type TriedDecisions = {
  /** That offered something since then, by order id; with what the shopper paid for it and kept, in minor units. */
  listThankYouDecisions(page: {
    readonly sinceMs: number
    readonly after: string | null
    readonly limit: number
  }): Promise<{ readonly decision: Decision; readonly keptMinor: number }[]>
}

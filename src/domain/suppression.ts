// Who gets no marketing, whatever else is said: by unsubscribing, complaining, bouncing, or because the shop says so. Kept
// under a keyed hash of the address, so that it outlives the erasure of everything else.

import type { Medium } from './recipient.ts'

export const suppressionReasons = [
  'unsubscribed',
  'complaint',
  'hard-bounce',
  'soft-bounces',
  'stop-word',
  'unclear-reply',
  'imported',
  'erased',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

export type Suppression = {
  readonly recipientHash: string
  readonly medium: Medium
  readonly reason: SuppressionReason
  readonly sinceMs: number
  /** `null` for good. Soft bounces pass after 30 days. */
  readonly untilMs: number | null
}

export function isSuppressed(suppressions: readonly Suppression[], medium: Medium, nowMs: number): boolean {
  return suppressions.some((one) => one.medium === medium && (one.untilMs === null || one.untilMs > nowMs))
}

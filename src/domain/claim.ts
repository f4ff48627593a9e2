// The question that is asked of each message at the moment it is claimed, and its answer. The store reads the facts in the
// transaction of the claim; the judge is pure.

import type { ConsentEvent } from './consent.ts'
import type { CancelReason } from './message.ts'
import type { Suppression } from './suppression.ts'

/** All that is known of a recipient at the moment of a claim, read in the transaction of the claim. */
export type ClaimFacts = {
  readonly suppressions: readonly Suppression[]
  /** Of this medium, oldest first. */
  readonly consents: readonly ConsentEvent[]
  /** When marketing to this recipient on this medium was claimed in the last 30 days, whatever the flow; oldest first. */
  readonly marketingAtMs: readonly number[]
  /** The latest other message that the shop reported. */
  readonly otherAtMs: number | null
  /** When an offer on an order of this recipient was last dismissed. */
  readonly dismissedAtMs: number | null
}

export type ClaimVerdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'later'; readonly dueAtMs: number; readonly reason: string }
  | { readonly kind: 'never'; readonly reason: CancelReason }

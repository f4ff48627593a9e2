// An acceptance is what became of one offer once the shopper clicked. One row per offer, for ever: a double click, a
// second tab, a retry find the row of the first. The states and their ways are those of src/accepting/transition.ts.

/** Still to be driven on. */
export const openStates = [
  /** Recorded, nothing was asked of anybody. */
  'new',
  /** The provider knows an unconfirmed payment; no money can move yet. */
  'ready',
  /** Confirmation was or is being asked for: from here money may be reserved. */
  'confirming',
  /** The bank wants to hear from the shopper (3-D Secure). */
  'action-required',
  /** Money is reserved. */
  'authorised',
  /** Money is taken: a method without reservation. */
  'captured',
  /** The order holds the line, money is not yet taken. */
  'line-added',
  /** The line is being taken out of the order again. */
  'unlining',
  /** The reservation is being given back. */
  'voiding',
  /** The money is being given back. */
  'refunding',
] as const
export type OpenState = (typeof openStates)[number]

/** Where an acceptance ends. */
export const finalStates = [
  'completed',
  'declined',
  'rejected',
  'void',
  'expired',
  'refunded',
  'undone',
  'reversed',
  /** Older than 24 hours and still open: a person is asked; nothing is charged any more. */
  'needs-attention',
] as const
export type FinalState = (typeof finalStates)[number]

export type AcceptanceState = OpenState | FinalState

/** Why it did not, or not yet, come to `completed`. */
export const acceptanceReasons = [
  'declined-by-bank',
  'authentication-failed',
  'sold-out',
  'price-changed',
  'order-closed',
  'expired',
  'provider-down',
  'capture-refused',
  'payment-refused',
  'shop-refused',
  'undone-by-shopper',
  'refunded-by-shop',
  'order-cancelled',
  'too-old',
] as const
export type AcceptanceReason = (typeof acceptanceReasons)[number]

export type Acceptance = {
  /** The offer's id: the key. Also the reference under which the line stands in the order. */
  readonly offerId: string
  readonly orderId: string
  /** What was shown and is charged, minor units. */
  readonly amountMinor: number
  readonly currency: string
  readonly state: AcceptanceState
  /** Where unlining, voiding and refunding end. */
  readonly goal: FinalState | null
  readonly reason: AcceptanceReason | null
  /** The provider's id of the payment; `null` before there is one. */
  readonly paymentId: string | null
  readonly consentVersion: string | null
  /** What the shopper needs to answer the bank. */
  readonly action: { readonly url: string | null; readonly clientSecret: string | null } | null
  /** Money that was taken, and that was given back, minor units. */
  readonly capturedMinor: number
  readonly refundedMinor: number
  /** True while the order holds the line, as far as was heard. */
  readonly hasLine: boolean
  /** Counts every change; a change names the version that it started from. */
  readonly version: number
  /** Someone drives it until then; only to avoid waste, correctness does not hang on it. */
  readonly leaseUntilMs: number
  /** When it is driven again at the earliest; `null` when nothing is left to do. */
  readonly dueAtMs: number | null
  /** Failed tries of the present step. */
  readonly tries: number
  /** Audits still to come after a final state: 2, 1 or 0. */
  readonly auditsLeft: number
  readonly acceptedAtMs: number
  /** When the final state was reached. */
  readonly finishedAtMs: number | null
}

/**
 * No open row is put off, and none is leased, for longer than this. One that says so was written before the clock was set back
 * (or while it was ahead): it is due, and nobody holds it.
 */
export const AHEAD_MAX_MS = 2 * 60_000

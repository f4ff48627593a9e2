// Consent is a log: what a person said, when, to whom, and with what proof. Events are added and never changed; of each
// purpose and medium the latest decides. Requirements C8 and C9 of docs/reliability.md.

import type { Medium } from './recipient.ts'

export const consentBases = ['express', 'soft-opt-in', 'us-opt-out'] as const
export type ConsentBasis = (typeof consentBases)[number]

/** The five things that a soft opt-in needs, each said by the shop; what is missing is not assumed. */
export type SoftOptInProof = {
  /** The address came with a sale by this legal entity. */
  readonly fromSaleBySameEntity: boolean
  /** The messages are about its own similar products. */
  readonly ownSimilarProducts: boolean
  /** A way out was offered where the address was taken. */
  readonly optOutOfferedAtCollection: boolean
  /** And is in every message. */
  readonly optOutInEveryMessage: boolean
  /** The person did not take it. */
  readonly notOptedOut: boolean
}

export type ConsentEvent = {
  /** Once and never again. */
  readonly key: string
  readonly recipientHash: string
  readonly medium: Medium
  readonly given: boolean
  /** `null` where consent was withdrawn. */
  readonly basis: ConsentBasis | null
  readonly softOptIn: SoftOptInProof | null
  /** Express consent to marketing by SMS needs it in writing. */
  readonly inWriting: boolean
  readonly legalEntity: string
  /** Version of the words that the person read. */
  readonly noticeVersion: string | null
  /** Where it was said: `checkout`, `account`, `unsubscribe-link`, `stop-word`, `import`. */
  readonly source: string
  readonly atMs: number
}

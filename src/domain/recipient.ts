// Whom a message about an order may reach. Comes in from the shop with the order; addresses are sealed where they are
// stored, and everything else knows a person by a keyed hash of the address. No street address is ever taken, and a post
// code is turned into time zones and forgotten.

export const media = ['email', 'sms'] as const
/** How a message reaches a person. Permission for one is none for the other. */
export type Medium = (typeof media)[number]

export type Recipient = {
  readonly email: string | null
  /** E.164: `+15125550100`. */
  readonly phone: string | null
  /** Keyed hashes of the two, 32 hex digits: what consents, suppressions and messages are kept under. */
  readonly emailHash: string | null
  readonly phoneHash: string | null
  readonly name: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  /** ISO 3166-2 without the country: `FL`. */
  readonly region: string | null
  /** IANA zones the person may be in, by post code and area code; empty where nothing is known. */
  readonly timeZones: readonly string[]
  /** BCP 47: `en-GB`. */
  readonly locale: string | null
}

/** Under which the person is known on this medium; `null` where it cannot reach them. */
export function recipientHash(
  recipient: Pick<Recipient, 'emailHash' | 'phoneHash'>,
  medium: Medium,
): string | null {
  return medium === 'email' ? recipient.emailHash : recipient.phoneHash
}

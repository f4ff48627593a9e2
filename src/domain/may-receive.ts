// May a message of this kind reach this person, by what they said? In: their consents of all media, the medium, the
// country, the sender's legal entity. Out: allowed, with the basis that allows it, or refused, with the reason. What is not
// proven is not assumed, and an unknown country has the strictest rules. Requirements C8, C9, C10 of docs/reliability.md.

import type { ConsentBasis, ConsentEvent, SoftOptInProof } from './consent.ts'
import type { Medium } from './recipient.ts'

export type Purpose = 'transactional' | 'marketing'

export type MayReceive =
  | { readonly kind: 'allowed'; readonly basis: ConsentBasis | 'transactional' }
  | { readonly kind: 'refused'; readonly reason: RefusedReason }

export type RefusedReason =
  /** Nobody ever said yes, to this sender, for this medium. */
  | 'nothing-said'
  | 'withdrawn'
  /** A soft opt-in of which one of the five proofs is missing. */
  | 'proof-missing'
  | 'not-in-writing'
  /** A basis that does not hold in this country or on this medium. */
  | 'basis-not-enough'

/** An opt-out regime for e-mail: CAN-SPAM, 15 USC 7704. */
const optOutCountries: ReadonlySet<string> = new Set(['US'])

/**
 * Where the law lets marketing by SMS rest on something less than consent in writing: ePrivacy 13, which puts SMS beside
 * e-mail, in the EU, the EEA, and the UK (PECR 22). In the US it does not (47 CFR 64.1200), and elsewhere we do not know.
 */
const ePrivacyCountries: ReadonlySet<string> = new Set(
  (
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE ' +
    // EEA
    'IS LI NO ' +
    'GB'
  ).split(' '),
)

export function mayReceive(
  consents: readonly ConsentEvent[],
  asked: {
    readonly medium: Medium
    readonly purpose: Purpose
    readonly country: string | null
    readonly legalEntity: string
  },
): MayReceive {
  if (asked.purpose === 'transactional') return { kind: 'allowed', basis: 'transactional' }
  const said = consents.filter(({ medium }) => medium === asked.medium)
  const hasLeft = said.some(withdraws)
  const given = sinceWithdrawn(said).filter(
    (event) => event.legalEntity === asked.legalEntity && !(hasLeft && isWeaker(event)),
  )
  const refusals: RefusedReason[] = []
  for (const event of given.toReversed()) {
    const refusal = refusalOf(event, asked.medium, asked.country)
    if (refusal === null && event.basis !== null) return { kind: 'allowed', basis: event.basis }
    refusals.push(refusal ?? 'basis-not-enough')
  }
  const [latest] = refusals
  if (latest !== undefined) return { kind: 'refused', reason: latest }
  return { kind: 'refused', reason: hasLeft ? 'withdrawn' : 'nothing-said' }
}

/** A withdrawal ends all that was said before it, to whatever entity; of the same instant it counts as the later one. */
function sinceWithdrawn(said: readonly ConsentEvent[]): ConsentEvent[] {
  const withdrawnAtMs = Math.max(Number.NEGATIVE_INFINITY, ...said.filter(withdraws).map(({ atMs }) => atMs))
  return said.filter(({ atMs }) => atMs > withdrawnAtMs).toSorted((a, b) => a.atMs - b.atMs)
}

/**
 * What stands on an address that came with a sale holds for people who never left: ePrivacy 13(2), 16 CFR 316 (affirmative
 * consent after an opt-out). Only a START gives back what the STOP before it took.
 */
function isWeaker({ basis, source }: ConsentEvent): boolean {
  return basis !== 'express' && source !== 'start-word'
}

function withdraws(event: ConsentEvent): boolean {
  return !event.given || event.softOptIn?.notOptedOut === false
}

/** `null` where this event alone is enough. */
function refusalOf(event: ConsentEvent, medium: Medium, country: string | null): RefusedReason | null {
  const isEPrivacy = country !== null && ePrivacyCountries.has(country.toUpperCase())
  switch (event.basis) {
    case 'express':
      return medium === 'email' || isEPrivacy || event.inWriting ? null : 'not-in-writing'
    case 'soft-opt-in':
      if (medium === 'sms' && !isEPrivacy) return 'basis-not-enough'
      return event.softOptIn !== null && isProven(event.softOptIn) ? null : 'proof-missing'
    case 'us-opt-out':
      return medium === 'email' && country !== null && optOutCountries.has(country.toUpperCase())
        ? null
        : 'basis-not-enough'
    case null:
      return 'basis-not-enough'
  }
}

function isProven(proof: SoftOptInProof): boolean {
  return (
    proof.fromSaleBySameEntity &&
    proof.ownSimilarProducts &&
    proof.optOutOfferedAtCollection &&
    proof.optOutInEveryMessage &&
    proof.notOptedOut
  )
}

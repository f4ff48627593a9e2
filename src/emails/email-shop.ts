// What an e-mail needs to know of the shop that sends it, and what a rendered e-mail is. Functions that make links
// answer `null` where there is no page; anything but http and https is never linked.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import type { MessageClass } from '../domain/message.ts'
import type { Picks } from '../domain/placement.ts'

/** What a template shows of a pick; the picks of a decision fit as they are. */
export type EmailPick = Omit<DecidedPick, 'evidence' | 'score' | 'propensity'>
export type EmailPicks = Picks<EmailPick>

export type EmailShop = {
  readonly name: string
  /** Of words, dates and money, for example `en-GB`. */
  readonly locale: string
  readonly homeUrl: string | null
  /** `null`: a reader answers the e-mail. */
  readonly supportEmail: string | null
  /** The sender's identity in the footer. */
  readonly legalEntity: string
  /** Line by line. */
  readonly postalAddress: readonly string[]
  readonly productUrl: (productId: string) => string | null
  readonly orderUrl: (orderId: string) => string | null
  /** Where a link to the nth pick leads on its way to its page, so that a click is known; absent: straight there. */
  readonly linkTo?: ((destination: string, index: number) => string) | undefined
}

/** What is known of the products that an e-mail names, by product id. */
export type EmailProducts = ReadonlyMap<string, { readonly title: string }>

export type RenderedEmail = {
  readonly class: MessageClass
  readonly subject: string
  readonly html: string
  readonly text: string
  /** Products that are really shown as picks, in order: what an exposure is counted for. */
  readonly shownPicks: readonly string[]
}

/** Sender, legal entity and postal address on one line; a name that the entity begins with is not said twice. */
export function senderLine({
  name,
  legalEntity,
  postalAddress,
}: Pick<EmailShop, 'name' | 'legalEntity' | 'postalAddress'>): string {
  const who = legalEntity.startsWith(name) ? [legalEntity] : [name, legalEntity]
  return [...who, ...postalAddress].filter(Boolean).join(', ')
}

// From what was decided to what a person reads. The renderer computes the class of what it rendered (requirement C1).

import type { Acceptance } from '../domain/acceptance.ts'
import type { Pick } from '../domain/decision.ts'
import type { MessageClass } from '../domain/message.ts'
import type { Offer } from '../domain/offer.ts'
import type { Order } from '../domain/order.ts'
import type { Picks } from '../domain/placement.ts'
import type { Medium, Recipient } from '../domain/recipient.ts'
import type { EmailContent, Moment, TextContent } from './channel.ts'

/** What a mail about an add-on tells of. */
export type AddOnFacts = {
  readonly offer: Offer
  readonly acceptance: Acceptance
  /** May have passed by the time of the mail; `null` where it cannot be taken back. */
  readonly undoUntilMs: number | null
  /** The page of the shop that holds the offer, and its way back; `null` where it is not known. */
  readonly offerUrl: string | null
}

export type RenderFacts = {
  readonly messageId: string
  /** `confirmation`, one of `addOnFlows`, or the name of a flow. */
  readonly flow: string
  readonly medium: Medium
  readonly order: Order
  /** Of what stands in the order and among the picks, by product id. */
  readonly titles: ReadonlyMap<string, string>
  readonly picks: Picks<Pick>
  /** Of a mail about an add-on, and of no other. */
  readonly addOn?: AddOnFacts | undefined
  readonly recipient: Recipient
  readonly atMs: number
}

export type RenderedMessage = {
  readonly class: MessageClass
  readonly content: EmailContent | TextContent
  /** The products that are really shown, and where the click on each leads in the end. */
  readonly shown: readonly { readonly product: string; readonly url: string | null }[]
  readonly moment: Moment
}

export type MessageRenderer = (facts: RenderFacts) => RenderedMessage

// From what was decided to what a person reads. The renderer computes the class of what it rendered (requirement C1).

import type { Pick } from '../domain/decision.ts'
import type { MessageClass } from '../domain/message.ts'
import type { Order } from '../domain/order.ts'
import type { Picks } from '../domain/placement.ts'
import type { Medium, Recipient } from '../domain/recipient.ts'
import type { EmailContent, Moment, TextContent } from './channel.ts'

export type RenderFacts = {
  readonly messageId: string
  /** `confirmation`, or the name of a flow. */
  readonly flow: string
  readonly medium: Medium
  readonly order: Order
  /** Of what stands in the order and among the picks, by product id. */
  readonly titles: ReadonlyMap<string, string>
  readonly picks: Picks<Pick>
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

// A channel takes a message and hands it on: a mail server, a mail or SMS provider, or a tool of the shop's that sends by
// itself at the moment we name. A caller may rely on this:
// - the same id twice is sent once, as far as the other side can tell: by its idempotency key where it has one, else the
//   channel remembers the ids that it handed over;
// - `rejected` and `try-later` say that nothing was sent, for sure; whatever leaves that open is `ambiguous`, also a
//   time-out and a connection lost after the content went out;
// - it never throws for what the other side does, and answers within a minute, the lease of a claim.
// `channel.contract.ts` is the battery.

import type { MessageClass } from '../domain/message.ts'
import type { Medium } from '../domain/recipient.ts'

export type Mailbox = { readonly name: string | null; readonly address: string }

export type EmailContent = {
  readonly kind: 'email'
  readonly from: Mailbox
  readonly replyTo: string | null
  readonly subject: string
  readonly html: string
  readonly text: string
  /** The https address for one-click unsubscribing (RFC 8058); always there in marketing, never in other mail. */
  readonly unsubscribeUrl: string | null
}

export type TextContent = { readonly kind: 'text'; readonly body: string }

/** What a tool that sends by itself needs to write the message. */
export type Moment = {
  readonly flow: string
  readonly orderId: string
  readonly atMs: number
  readonly picks: readonly {
    readonly product: string
    readonly title: string
    readonly need: string
    readonly price: string
    readonly amountMinor: number
    readonly currency: string
    readonly url: string | null
    readonly imageUrl: string | null
  }[]
}

export type Outgoing = {
  readonly id: string
  readonly medium: Medium
  readonly class: MessageClass
  readonly to: Mailbox
  readonly content: EmailContent | TextContent
  readonly moment: Moment
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly providerRef: string | null }
  /** Nobody will ever take it as it is: an address that is not there, a message that is refused. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly isAddress: boolean }
  /** Not taken, and may be later. */
  | { readonly kind: 'try-later'; readonly reason: string }
  | { readonly kind: 'ambiguous'; readonly reason: string }

export type Channel = {
  readonly name: string
  readonly medium: Medium
  send(message: Outgoing): Promise<SendOutcome>
  close(): Promise<void>
}

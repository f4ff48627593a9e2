// What one language has to say in messages; each of its files holds all of it. Braces are filled in by `say` of
// words-for.ts. Nothing here knows whether a parcel has arrived or a product was used, so nothing says so.

import type { AddOnFlow } from '../../domain/add-on-news.ts'

export const flowKinds = ['refill', 'complete-the-set', 'next-step', 'custom'] as const
/** The three flows that ship ready; a flow of the shop's own speaks in the neutral words of `custom`. */
export type FlowKind = (typeof flowKinds)[number]

export type FlowWords = {
  /** `{anchor}`: a title in quotation marks. Also the heading of the message. */
  readonly subject: string
  /** `{anchor}`, `{days}`: calendar days since the order, two at least. */
  readonly lead: string
  /** `{anchor}`: sooner than that. */
  readonly leadSoon: string
  readonly button: string
}

export type MailWords = {
  /** For Intl where the recipient's own locale is not known: how amounts and dates are written. */
  readonly tag: string
  /** `{title}`: how a title is set in quotation marks. */
  readonly quoted: string
  /** After a label in plain text. */
  readonly colon: string
  /** `{name}`. */
  readonly greeting: string
  readonly greetingNobody: string
  readonly flows: Readonly<Record<FlowKind, FlowWords>>
  /** `{anchor}`. In place of a need sentence that is written in another language. */
  readonly needs: Readonly<Record<'complete' | 'refill' | 'extend' | 'upsell', string>>
  readonly footer: {
    /** `{shop}`. Says that the message is advertising. */
    readonly advertisement: string
    /** `{order}`. */
    readonly why: string
    readonly unsubscribe: string
    /** `{address}`: where there is no link. */
    readonly unsubscribeByMail: string
  }
  readonly block: { readonly heading: string; readonly seeIt: string }
  readonly confirmation: {
    /** `{shop}`, `{order}`. */
    readonly subject: string
    readonly subjectWithoutShop: string
    readonly preview: string
    readonly thanks: string
    /** `{name}`. */
    readonly thanksTo: string
    readonly received: string
    readonly order: string
    readonly yourOrder: string
    readonly product: string
    readonly subtotal: string
    readonly delivery: string
    readonly deliveryFree: string
    readonly totalPaid: string
    /** Where the cost of delivery is not known. */
    readonly itemsTotal: string
    readonly deliveringTo: string
    readonly needHand: string
    readonly justReply: string
    readonly replyOrWrite: string
    readonly whatNext: string
    readonly seeOrder: string
    readonly because: string
    readonly questions: string
  }
  readonly addOn: {
    /** `{order}`. Also the heading. */
    readonly subject: Readonly<Record<AddOnFlow, string>>
    /** Money was taken, and the order could not be given the line. */
    readonly notAddedReturned: string
    /** The shop returned the money by itself; nobody knows here whether the goods stay. */
    readonly givenBack: string
    /** Before the amount. */
    readonly returned: string
    readonly taxIncluded: string
    readonly tax: string
    /** `{merchant}`. */
    readonly soldBy: string
    /** `{time}`, `{undo}`: what the button says. */
    readonly takeBack: string
  }
  readonly textMessage: {
    /** `{title}`, without quotation marks: an SMS is short. */
    readonly flows: Readonly<Record<FlowKind, string>>
    readonly stop: string
    /** `{order}`. */
    readonly confirmed: string
  }
  readonly picture: { readonly thanks: string; readonly more: string }
}

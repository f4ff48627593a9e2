// The confirmation e-mail of an order. Comes in: the order, the products it names, the decision for the placement
// `confirmation-email`. Goes out: subject, HTML and text. It must stay a transactional mail (message-class.ts): the subject
// comes from a fixed template without a word of offer, the whole order with total, address and support stands before the
// first pick, and picks stay small. Where two picks would make it marketing, one is shown, or none; without picks there is
// no block at all.

import { formatMoney } from '../domain/money.ts'
import { type Order, subtotalMinor } from '../domain/order.ts'
import { firstPicks } from '../domain/placement.ts'
import { confirmationHtml } from './confirmation-html.ts'
import { confirmationText } from './confirmation-text.ts'
import type { EmailPicks, EmailProducts, EmailShop, RenderedEmail } from './email-shop.ts'
import type { Totals } from './lines-table.ts'
import { type ClassifiedMail, classOfConfirmation, soundsLikeOffer } from './message-class.ts'
import { renderConfirmationBlock } from './render-confirmation-block.ts'
import { oneLine } from './to-markup.ts'
import { say, wordsIn } from './words/words-for.ts'

export type ConfirmationFacts = {
  readonly order: Order
  readonly products: EmailProducts
  /** `null` while none has been made: the mail goes out all the same. */
  readonly decision: { readonly picks: EmailPicks } | null
  readonly shop: EmailShop
  readonly recipient?: { readonly name: string; readonly address: readonly string[] } | undefined
  /** Absent where it is not known: the total is then that of the items. */
  readonly deliveryMinor?: number | undefined
  /** What happens next, in the shop's words: only the shop knows. */
  readonly nextSteps?: readonly string[] | undefined
}

export function renderConfirmation(facts: ConfirmationFacts): RenderedEmail {
  const picks = facts.decision?.picks ?? []
  for (const count of [2, 1] as const) {
    if (picks.length < count) continue
    const shown = firstPicks(picks, count)
    const mail = composeConfirmation(facts, shown)
    if (classOfConfirmation(mail) === 'transactional_with_offer') return toEmail(mail, shown)
  }
  return toEmail(composeConfirmation(facts, []), [])
}

function toEmail(mail: ClassifiedMail, shown: EmailPicks): RenderedEmail {
  return {
    class: classOfConfirmation(mail),
    subject: mail.subject,
    html: mail.html.whole,
    text: mail.text.whole,
    shownPicks: shown.map((pick) => pick.product),
  }
}

/** The mail with these picks, whatever its class; what it is made of lies open, so that the class can be computed. */
export function composeConfirmation(facts: ConfirmationFacts, picks: EmailPicks): ClassifiedMail {
  const block = renderConfirmationBlock({ picks }, facts.shop)
  const subject = subjectOf(facts)
  return {
    subject,
    html: confirmationHtml({ ...facts, subject, totals: totalsOf(facts) }, block.html),
    text: confirmationText({ ...facts, totals: totalsOf(facts) }, block.text),
    offers: picks.length,
  }
}

/** A shop whose name sounds like an offer ("The Sale Room") is named as the sender and not in the subject. */
function subjectOf({ shop, order }: ConfirmationFacts): string {
  const { confirmation } = wordsIn(shop.locale)
  const template = soundsLikeOffer(shop.name) ? confirmation.subjectWithoutShop : confirmation.subject
  return oneLine(say(template, { shop: shop.name, order: order.id }))
}

function totalsOf({ order, shop, deliveryMinor }: ConfirmationFacts): Totals {
  const words = wordsIn(shop.locale).confirmation
  const subtotal = subtotalMinor(order)
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: order.currency }, shop.locale)
  if (deliveryMinor === undefined) return [{ label: words.itemsTotal, amount: money(subtotal), strong: true }]
  const delivery = deliveryMinor === 0 ? words.deliveryFree : money(deliveryMinor)
  return [
    { label: words.subtotal, amount: money(subtotal), strong: false },
    { label: words.delivery, amount: delivery, strong: false },
    { label: words.totalPaid, amount: money(subtotal + deliveryMinor), strong: true },
  ]
}

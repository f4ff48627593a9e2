// The confirmation e-mail as plain text: the same as the HTML says, in the same order. Comes in: the facts and the block
// of picks as text, or ''. Goes out: the whole text, with the part that is about the order and the part that offers.

import { formatMoney } from '../domain/money.ts'
import type { Order } from '../domain/order.ts'
import { readableTitle } from '../domain/product.ts'
import { type EmailProducts, type EmailShop, senderLine } from './email-shop.ts'
import type { Totals } from './lines-table.ts'
import type { ClassifiedBody } from './message-class.ts'
import { oneLine, webUrl } from './to-markup.ts'
import { say, wordsIn } from './words/words-for.ts'

export type WrittenConfirmation = {
  readonly order: Order
  readonly products: EmailProducts
  readonly shop: EmailShop
  readonly recipient?: { readonly name: string; readonly address: readonly string[] } | undefined
  readonly nextSteps?: readonly string[] | undefined
  readonly totals: Totals
}

export function confirmationText(facts: WrittenConfirmation, block: string): ClassifiedBody {
  const { shop } = facts
  const words = wordsIn(shop.locale).confirmation
  const summary = summaryOf(facts)
  const foot = `${senderLine(shop)}\n${words.because}`
  const whole = [summary, ...(block === '' ? [] : [block]), foot].join('\n\n')
  return { whole, summary, offer: block }
}

function summaryOf(facts: WrittenConfirmation): string {
  const { order, shop, recipient, nextSteps } = facts
  const { colon, confirmation: words } = wordsIn(shop.locale)
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: order.currency }, shop.locale)
  const lines = order.lines.map(
    (line) =>
      `${line.quantity} × ${lineTitle(facts, line.productId)}  ${money(line.quantity * line.unitPriceMinor)}`,
  )
  const help = shop.supportEmail === null ? words.justReply : `${words.replyOrWrite} ${shop.supportEmail}`
  const url = webUrl(shop.orderUrl(order.id))
  return [
    recipient === undefined ? words.thanks : say(words.thanksTo, { name: oneLine(recipient.name) }),
    `${words.received}\n${words.order} ${oneLine(order.id)}, ${longDate(order.placedAtMs, shop.locale)}`,
    lines.join('\n'),
    facts.totals.map(({ label, amount }) => `${label}${colon} ${amount}`).join('\n'),
    ...(recipient === undefined || recipient.address.length === 0
      ? []
      : [`${words.deliveringTo}${colon}\n${[recipient.name, ...recipient.address].map(oneLine).join('\n')}`]),
    `${words.needHand} ${help}`,
    ...(nextSteps === undefined
      ? []
      : [`${words.whatNext}\n${nextSteps.map((step, at) => `${at + 1}. ${step}`).join('\n')}`]),
    ...(url === null ? [] : [`${words.yourOrder}${colon} ${url}`]),
  ].join('\n\n')
}

/** A product that is not known is named by its id. */
export function lineTitle({ products }: Pick<WrittenConfirmation, 'products'>, productId: string): string {
  return oneLine(readableTitle(products.get(productId)?.title ?? productId))
}

/** Making a format costs some 300 µs, a third of a whole mail; using it next to nothing. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

export function longDate(atMs: number, locale: string): string {
  const known = dateFormats.get(locale)
  const format = known ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  if (known === undefined) dateFormats.set(locale, format)
  return format.format(atMs)
}

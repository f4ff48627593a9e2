// The confirmation e-mail as HTML. Comes in: the facts and the block of picks, already markup, or ''. Goes out: the whole
// document, with the part that is about the order and the part that offers as they stand in it.

import { html, raw } from 'hono/html'
import { formatMoney } from '../domain/money.ts'
import { lineTitle, longDate, type WrittenConfirmation } from './confirmation-text.ts'
import { emailButton, emailFrame, emailSection, emailSerif } from './email-frame.ts'
import { senderLine } from './email-shop.ts'
import { linesTable } from './lines-table.ts'
import type { ClassifiedBody } from './message-class.ts'
import { joinMarkup, type Markup, toMarkup } from './to-markup.ts'
import type { MailWords } from './words/mail-words.ts'
import { say, wordsIn } from './words/words-for.ts'

const body = 'margin:0;font-size:16px;line-height:25px;color:#57534b;'

export function confirmationHtml(
  facts: WrittenConfirmation & { readonly subject: string },
  block: string,
): ClassifiedBody {
  const { shop, order, subject } = facts
  const words = wordsIn(shop.locale).confirmation
  const summary = joinMarkup([
    emailSection(introOf(facts, words), '40px 40px 26px'),
    emailSection(orderTable(facts, words), '0 40px'),
    emailSection(whereAndWho(facts, words), '28px 40px 10px'),
    ...(facts.nextSteps === undefined
      ? []
      : [emailSection(stepsOf(facts.nextSteps, words), '14px 40px 14px')]),
    emailSection(emailButton(words.seeOrder, shop.orderUrl(order.id)), '10px 40px 32px'),
  ])
  const questions =
    shop.supportEmail === null
      ? html``
      : html` ${words.questions} <a class="soft" href="mailto:${shop.supportEmail}" style="color:#57534b;">${shop.supportEmail}</a>`
  const whole = emailFrame({
    shop,
    subject,
    preview: words.preview,
    content: joinMarkup([summary, ...(block === '' ? [] : [emailSection(raw(block), '0 24px 24px')])]),
    footer: toMarkup(html`${senderLine(shop)}<br>${words.because}${questions}`),
  })
  return { whole, summary: summary.toString(), offer: block }
}

type Words = MailWords['confirmation']

function introOf(facts: WrittenConfirmation, words: Words): Markup {
  const { recipient, order } = facts
  const thanks = recipient === undefined ? words.thanks : say(words.thanksTo, { name: recipient.name })
  return toMarkup(
    html`<h1 class="ink" style="margin:0 0 10px;${emailSerif}font-size:28px;line-height:36px;font-weight:normal;color:#22302a;">${thanks}</h1><p class="soft" style="${body}">${words.received}<br>${words.order} <strong class="ink" style="color:#22302a;">${order.id}</strong>, ${longDate(order.placedAtMs, facts.shop.locale)}</p>`,
  )
}

function orderTable(facts: WrittenConfirmation, words: Words): Markup {
  const { order, shop } = facts
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: order.currency }, shop.locale)
  const lines = order.lines.map(({ productId, quantity, unitPriceMinor }) => ({
    title: lineTitle(facts, productId),
    detail: `${quantity} × ${money(unitPriceMinor)}`,
    amount: money(quantity * unitPriceMinor),
  }))
  return linesTable(words.yourOrder, lines, facts.totals)
}

function whereAndWho({ recipient, shop }: WrittenConfirmation, words: Words): Markup {
  const { supportEmail } = shop
  const help =
    supportEmail === null
      ? html`${words.justReply}`
      : html`${words.replyOrWrite}<br><a class="accent" href="mailto:${supportEmail}" style="color:#2d5544;">${supportEmail}</a>`
  const hand = html`${smallHeading(words.needHand)}<p class="soft" style="${body}">${help}</p>`
  if (recipient === undefined || recipient.address.length === 0) return toMarkup(hand)
  const address = html`${smallHeading(words.deliveringTo)}<p class="soft" style="${body}">${recipient.name}${recipient.address.map((part) => html`<br>${part}`)}</p>`
  return toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td valign="top" width="50%" class="half">${address}</td><td valign="top" width="50%" class="half" style="padding-left:16px;">${hand}</td></tr></table>`,
  )
}

function stepsOf(nextSteps: readonly string[], words: Words): Markup {
  const rows = nextSteps.map(
    (step, at) =>
      html`<tr><td valign="top" class="accent" style="padding:0 12px 8px 0;font-size:16px;line-height:25px;color:#2d5544;font-weight:600;">${at + 1}</td><td class="soft" style="padding:0 0 8px;font-size:16px;line-height:25px;color:#57534b;">${step}</td></tr>`,
  )
  return toMarkup(
    html`${smallHeading(words.whatNext)}<table role="presentation" cellpadding="0" cellspacing="0" border="0">${rows}</table>`,
  )
}

function smallHeading(text: string): Markup {
  return toMarkup(
    html`<h2 class="ink" style="margin:0 0 6px;font-size:16px;line-height:24px;font-weight:600;color:#22302a;">${text}</h2>`,
  )
}

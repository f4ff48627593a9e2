// The mail about an add-on: that it is on the order, what was ordered at what price in full, from whom, and until when and
// how it can be taken back (a durable medium, as directive 2011/83/EU, article 8(7) asks for); that it was not added and
// what became of the money; that the money goes back. Comes in: the order, the offer, what became of it. Goes out: subject,
// HTML and text. It offers nothing: there is no pick in it, and nothing to click but the order.

import { html } from 'hono/html'
import type { AddOnFlow } from '../domain/add-on-news.ts'
import { formatMoney } from '../domain/money.ts'
import { wordsFor } from '../domain/offer-words/words-for.ts'
import type { Order } from '../domain/order.ts'
import { readableTitle } from '../domain/product.ts'
import type { AddOnFacts } from '../ports/message-renderer.ts'
import { longDate } from './confirmation-text.ts'
import { emailButton, emailFrame, emailSection, emailSerif } from './email-frame.ts'
import { type EmailShop, type RenderedEmail, senderLine } from './email-shop.ts'
import { type Lines, linesTable, type Totals } from './lines-table.ts'
import { type ClassifiedMail, classOfConfirmation } from './message-class.ts'
import { calledName } from './render-follow-up.ts'
import { joinMarkup, oneLine, toMarkup, webUrl } from './to-markup.ts'
import type { MailWords } from './words/mail-words.ts'
import { languageOf, say, wordsIn } from './words/words-for.ts'

export type AddOnMailFacts = {
  readonly flow: AddOnFlow
  readonly order: Order
  readonly addOn: AddOnFacts
  readonly shop: EmailShop
  readonly recipient: { readonly name: string | null; readonly timeZones: readonly string[] }
  /** When it is sent. */
  readonly atMs: number
}

export function renderAddOn(facts: AddOnMailFacts): RenderedEmail {
  const said = sayAddOn(facts)
  const text = addOnText(said, facts)
  const page = addOnHtml(said, facts)
  const mail: ClassifiedMail = {
    subject: said.subject,
    html: { whole: page, summary: page, offer: '' },
    text: { whole: text, summary: text, offer: '' },
    offers: 0,
  }
  return { class: classOfConfirmation(mail), subject: said.subject, html: page, text, shownPicks: [] }
}

type Said = {
  readonly words: MailWords
  readonly subject: string
  readonly greeting: string
  /** What became of it. */
  readonly outcome: string
  readonly order: string
  readonly lines: Lines
  readonly totals: Totals
  /** From whom it is, and how it is taken back. */
  readonly notes: readonly string[]
  /** Where it is taken back, or the order is seen. */
  readonly url: string | null
}

function sayAddOn(facts: AddOnMailFacts): Said {
  const { flow, order, addOn, shop, recipient } = facts
  const { offer, acceptance, offerUrl } = addOn
  const words = wordsIn(shop.locale)
  const name = calledName(recipient.name)
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: offer.quote.currency }, shop.locale)
  const { quantity, unitPriceMinor } = offer.quote
  const line = {
    title: oneLine(readableTitle(offer.title)),
    detail: `${quantity} × ${money(unitPriceMinor)}`,
    amount: money(quantity * unitPriceMinor),
  }
  const until = takeBackUntil(facts, words)
  return {
    words,
    subject: say(words.addOn.subject[flow], { order: oneLine(order.id) }),
    greeting: name === null ? words.greetingNobody : say(words.greeting, { name }),
    outcome: outcomeOf(facts, words),
    order: `${words.confirmation.order} ${oneLine(order.id)}, ${longDate(acceptance.acceptedAtMs, shop.locale)}`,
    lines: [line],
    totals: totalsOf(facts, money, words),
    notes: [
      ...(flow === 'add-on-added' && offer.merchantOfRecord !== ''
        ? [say(words.addOn.soldBy, { merchant: oneLine(offer.merchantOfRecord) })]
        : []),
      ...(until === null ? [] : [until]),
    ],
    url: webUrl(until === null ? shop.orderUrl(order.id) : (offerUrl ?? shop.orderUrl(order.id))),
  }
}

/** The page says the same, in the same words, where it does. */
function outcomeOf({ flow, addOn, shop }: AddOnMailFacts, { addOn: words }: MailWords): string {
  const { offer, acceptance } = addOn
  const language = languageOf(shop.locale) ?? 'en'
  const isPacked = acceptance.reason === 'order-closed'
  const terms = { quote: offer.quote, oneClick: offer.oneClick, cartUrl: null, undoMinutes: null, isPacked }
  if (flow === 'add-on-added') return wordsFor('added', terms, language).message
  if (flow === 'add-on-returned')
    return acceptance.state === 'reversed' ? words.givenBack : wordsFor('undone', terms, language).message
  return acceptance.capturedMinor > 0
    ? words.notAddedReturned
    : wordsFor('not-charged', terms, language).message
}

function totalsOf(
  { flow, addOn }: AddOnMailFacts,
  money: (amountMinor: number) => string,
  { addOn: words, confirmation }: MailWords,
): Totals {
  const { offer, acceptance } = addOn
  if (flow !== 'add-on-added') {
    const { refundedMinor } = acceptance
    return refundedMinor === 0 ? [] : [{ label: words.returned, amount: money(refundedMinor), strong: true }]
  }
  const { deliveryMinor, taxMinor, taxIncluded } = offer.quote
  const delivery = deliveryMinor === 0 ? confirmation.deliveryFree : money(deliveryMinor)
  const tax = { label: taxIncluded ? words.taxIncluded : words.tax, amount: money(taxMinor), strong: false }
  return [
    { label: confirmation.delivery, amount: delivery, strong: false },
    ...(taxMinor === 0 ? [] : [tax]),
    { label: confirmation.totalPaid, amount: money(acceptance.capturedMinor), strong: true },
  ]
}

/** `null` where it is too late, or there is nothing to take back. */
function takeBackUntil(
  { addOn, shop, recipient, atMs }: AddOnMailFacts,
  { addOn: words }: MailWords,
): string | null {
  const { offer, undoUntilMs } = addOn
  if (undoUntilMs === null || undoUntilMs <= atMs) return null
  const [zone, another] = recipient.timeZones
  // Where they may be in several zones, one is named that all can reckon with.
  const timeZone = zone === undefined || another !== undefined ? 'UTC' : zone
  const time = new Intl.DateTimeFormat(shop.locale, {
    ...{ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone, timeZoneName: 'short' },
  }).format(undoUntilMs)
  const terms = { quote: offer.quote, oneClick: offer.oneClick, cartUrl: null, undoMinutes: 1 }
  const { undoLabel } = wordsFor('added', terms, languageOf(shop.locale) ?? 'en')
  return say(words.takeBack, { time, undo: undoLabel ?? '' })
}

const soft = 'margin:0;font-size:16px;line-height:25px;color:#57534b;'

function addOnHtml(said: Said, { shop }: AddOnMailFacts): string {
  const { words, subject, greeting, outcome, order, lines, totals, notes, url } = said
  const { confirmation } = words
  const intro = toMarkup(
    html`<h1 class="ink" style="margin:0 0 10px;${emailSerif}font-size:28px;line-height:36px;font-weight:normal;color:#22302a;">${subject}</h1><p class="soft" style="${soft}">${greeting}<br>${outcome}<br>${order}</p>`,
  )
  const told = notes.map((note) => html`<p class="soft" style="${soft}padding-bottom:12px;">${note}</p>`)
  const help =
    shop.supportEmail === null
      ? html`${confirmation.justReply}`
      : html`${confirmation.replyOrWrite} <a class="accent" href="mailto:${shop.supportEmail}" style="color:#2d5544;">${shop.supportEmail}</a>`
  const foot = toMarkup(html`${told}<p class="soft" style="${soft}">${confirmation.needHand} ${help}</p>`)
  return emailFrame({
    shop,
    subject,
    preview: outcome,
    content: joinMarkup([
      emailSection(intro, '40px 40px 22px'),
      emailSection(linesTable(confirmation.yourOrder, lines, totals), '0 40px'),
      emailSection(foot, '24px 40px 24px'),
      emailSection(emailButton(confirmation.seeOrder, url), '0 40px 36px'),
    ]),
    footer: toMarkup(html`${senderLine(shop)}<br>${confirmation.because}`),
  })
}

function addOnText(said: Said, { shop }: AddOnMailFacts): string {
  const { words, greeting, outcome, order, lines, totals, notes, url } = said
  const { colon, confirmation } = words
  const help =
    shop.supportEmail === null ? confirmation.justReply : `${confirmation.replyOrWrite} ${shop.supportEmail}`
  return [
    `${greeting}\n${outcome}\n${order}`,
    lines.map(({ title, detail, amount }) => `${title}\n${detail}  ${amount}`).join('\n'),
    ...(totals.length === 0
      ? []
      : [totals.map(({ label, amount }) => `${label}${colon} ${amount}`).join('\n')]),
    ...notes,
    `${confirmation.needHand} ${help}`,
    ...(url === null ? [] : [`${confirmation.yourOrder}${colon} ${url}`]),
    `${senderLine(shop)}\n${confirmation.because}`,
  ].join('\n\n')
}

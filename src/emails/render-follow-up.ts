// A follow-up e-mail: one or two picks, days after the order, when they are of use. Comes in: the order, the flow, the
// picks that share a day, and where to unsubscribe. Goes out: subject, HTML and text, or `null` when there is no pick.
// This is marketing: it says so, names the sender and its address, and carries the way out (CAN-SPAM, 15 USC 7704).
// Whether it may be sent at all is not decided here.

import { html } from 'hono/html'
import { dayOf } from '../domain/instant.ts'
import { formatMoney } from '../domain/money.ts'
import type { Order } from '../domain/order.ts'
import { readableTitle } from '../domain/product.ts'
import { emailFrame, emailSection, emailSerif } from './email-frame.ts'
import {
  type EmailPick,
  type EmailPicks,
  type EmailProducts,
  type EmailShop,
  type RenderedEmail,
  senderLine,
} from './email-shop.ts'
import { fillTemplate, type TemplateValues } from './fill-template.ts'
import { type TilePick, tilePicks, tileRow, tileText } from './product-tile.ts'
import { joinMarkup, oneLine, toMarkup, webUrl } from './to-markup.ts'
import { type FlowKind, type FlowWords, flowKinds, type MailWords } from './words/mail-words.ts'
import { quoted, say, wordsIn } from './words/words-for.ts'

/** The shop's own words in the language of the message; templates. */
export type OwnWords = { readonly subject?: string; readonly lead?: string; readonly button?: string }

export type FollowUpFacts = {
  /** `refill`, `complete-the-set`, `next-step`, or the name of a flow of the shop's own. */
  readonly flow: string
  readonly order: Order
  readonly products: EmailProducts
  readonly picks: EmailPicks
  readonly shop: EmailShop
  readonly ownWords?: OwnWords | undefined
  readonly recipient?: { readonly name: string } | undefined
  /** When it is read, as far as that is known: when it is sent. */
  readonly atMs: number
  /** `null` only in a shop that sends nothing yet. */
  readonly unsubscribeUrl: string | null
}

/** Before this many days a message does not count them. */
const DAYS_TOLD_MIN = 2
const NAME_LENGTH_MAX = 60
const ANCHOR_IN_SUBJECT_MAX = 45

export function renderFollowUp(facts: FollowUpFacts): RenderedEmail | null {
  const { picks, shop } = facts
  const [first] = picks
  if (first === undefined) return null
  const words = wordsIn(shop.locale)
  const said = sentences(facts, first, words)
  const tiles = tilePicks(picks, shop)
  return {
    class: 'marketing_email',
    subject: said.subject,
    html: followUpHtml(facts, said, tiles, words),
    text: followUpText(facts, said, tiles, words),
    shownPicks: picks.map((pick) => pick.product),
  }
}

export function flowKind(flow: string): FlowKind {
  return flowKinds.find((one) => one === flow) ?? 'custom'
}

/** As one is called in a greeting. */
export function calledName(name: string | null | undefined): string | null {
  const [first = ''] = oneLine(name ?? '').split(' ')
  return first === '' ? null : [...first].slice(0, NAME_LENGTH_MAX).join('')
}

type Sentences = {
  readonly subject: string
  readonly greeting: string
  readonly lead: string
  readonly button: string
}

function sentences(facts: FollowUpFacts, first: EmailPick, words: MailWords): Sentences {
  const { shop, recipient, ownWords = {} } = facts
  const flow = words.flows[flowKind(facts.flow)]
  const title = anchorTitle(facts, first)
  const name = calledName(recipient?.name)
  const days = dayOf(facts.atMs) - dayOf(facts.order.placedAtMs)
  const inSubject = quoted(title, words, ANCHOR_IN_SUBJECT_MAX)
  const own: TemplateValues = {
    shop: shop.name,
    name,
    anchor: quoted(title, words),
    addOn: quoted(oneLine(readableTitle(first.title)), words),
    days: days < DAYS_TOLD_MIN ? null : String(days),
    price: formatMoney(first.price, shop.locale),
  }
  const ownOr = (template: string | undefined, ours: string, values = own): string =>
    oneLine((template === undefined ? null : fillTemplate(template, values)) ?? ours)
  return {
    subject: ownOr(ownWords.subject, say(flow.subject, { anchor: inSubject }), { ...own, anchor: inSubject }),
    greeting: name === null ? words.greetingNobody : say(words.greeting, { name }),
    lead: ownOr(ownWords.lead, ourLead(flow, own)),
    button: ownOr(ownWords.button, flow.button),
  }
}

function ourLead(flow: FlowWords, { anchor, days }: TemplateValues): string {
  return days === null
    ? say(flow.leadSoon, { anchor: anchor ?? '' })
    : say(flow.lead, { anchor: anchor ?? '', days })
}

/** The product that the pick goes with; where its title is not known, the pick's own. */
function anchorTitle({ products }: FollowUpFacts, first: EmailPick): string {
  return oneLine(readableTitle(products.get(first.anchor)?.title ?? first.title))
}

function followUpHtml(
  facts: FollowUpFacts,
  { subject, greeting, lead, button }: Sentences,
  tiles: readonly TilePick[],
  words: MailWords,
): string {
  const { shop } = facts
  const intro = toMarkup(
    html`<h1 class="ink" style="margin:0 0 14px;${emailSerif}font-size:26px;line-height:34px;font-weight:normal;color:#22302a;">${subject}</h1><p class="soft" style="margin:0;font-size:16px;line-height:25px;color:#57534b;">${greeting}<br>${lead}</p>`,
  )
  const gap = html`<tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr>`
  const offers = toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="offer" style="background:#f8f5f0;border-radius:10px;">${gap}${tiles.map((tile) => tileRow(tile, button))}${gap}</table>`,
  )
  const leave = webUrl(facts.unsubscribeUrl)
  const way =
    leave !== null
      ? html`<br><a class="soft" href="${leave}" target="_blank" style="color:#57534b;">${words.footer.unsubscribe}</a>`
      : byMail(shop, words) === null
        ? html``
        : html`<br>${byMail(shop, words)}`
  return emailFrame({
    shop,
    subject,
    preview: tiles[0]?.need ?? '',
    content: joinMarkup([emailSection(intro, '40px 40px 22px'), emailSection(offers, '0 24px 28px')]),
    footer: toMarkup(html`${whyLine(facts, words)}<br>${senderLine(shop)}${way}`),
  })
}

function followUpText(
  facts: FollowUpFacts,
  { greeting, lead }: Sentences,
  tiles: readonly TilePick[],
  words: MailWords,
): string {
  const leave = webUrl(facts.unsubscribeUrl)
  const way =
    leave === null ? byMail(facts.shop, words) : `${words.footer.unsubscribe}${words.colon} ${leave}`
  return [
    `${greeting}\n${lead}`,
    ...tiles.map(tileText),
    [whyLine(facts, words), senderLine(facts.shop), way].filter((line) => line !== null).join('\n'),
  ].join('\n\n')
}

function whyLine({ shop, order }: FollowUpFacts, { footer }: MailWords): string {
  return `${say(footer.advertisement, { shop: shop.name })} ${say(footer.why, { order: oneLine(order.id) })}`
}

function byMail({ supportEmail }: EmailShop, { footer }: MailWords): string | null {
  return supportEmail === null ? null : say(footer.unsubscribeByMail, { address: supportEmail })
}

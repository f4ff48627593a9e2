// The confirmation e-mail of an order. Comes in: the order, the products it names, the decision for the placement
// `confirmation-email`. Goes out: subject, HTML and text. It must stay a transactional mail (reading of 16 CFR 316.3):
// the subject comes from a fixed template without a word of offer, the whole order with total, address and support
// stands before the first pick, and picks make at most 30 % of what a reader sees. Where two picks would be more, one is
// shown, or none; without picks there is no block at all.

import { html, raw } from 'hono/html'
import { formatMoney } from '../domain/money.ts'
import { type Order, subtotalMinor } from '../domain/order.ts'
import { firstPicks } from '../domain/placement.ts'
import { readableTitle } from '../domain/product.ts'
import { emailButton, emailFrame, emailSection, emailSerif } from './email-frame.ts'
import type { EmailPicks, EmailProducts, EmailShop, RenderedEmail } from './email-shop.ts'
import { type ConfirmationBlock, renderConfirmationBlock } from './render-confirmation-block.ts'
import { joinMarkup, type Markup, oneLine, toMarkup, visibleCharacters } from './to-markup.ts'

/** Largest share of the visible characters that picks may take. */
export const OFFER_SHARE_MAX = 0.3

export type ConfirmationFacts = {
  readonly order: Order
  readonly products: EmailProducts
  /** `null` while none has been made: the mail goes out all the same. */
  readonly decision: { readonly picks: EmailPicks } | null
  readonly shop: EmailShop
  readonly recipient?: { readonly name: string; readonly address: readonly string[] } | undefined
  readonly deliveryMinor?: number | undefined
}

export function renderConfirmation(facts: ConfirmationFacts): RenderedEmail {
  const picks = facts.decision?.picks ?? []
  for (const count of [2, 1] as const) {
    if (picks.length < count) continue
    const shown = firstPicks(picks, count)
    const block = renderConfirmationBlock({ picks: shown }, facts.shop)
    const html = confirmationHtml(facts, block)
    const text = confirmationText(facts, block)
    const fits =
      visibleCharacters(block.html) <= OFFER_SHARE_MAX * visibleCharacters(html) &&
      block.text.length <= OFFER_SHARE_MAX * text.length
    if (fits) return { subject: subjectOf(facts), html, text, shownPicks: shown.map((pick) => pick.product) }
  }
  return {
    subject: subjectOf(facts),
    html: confirmationHtml(facts, null),
    text: confirmationText(facts, null),
    shownPicks: [],
  }
}

function subjectOf({ shop, order }: ConfirmationFacts): string {
  return oneLine(`Your ${shop.name} order ${order.id} is confirmed`)
}

function titleOf({ products }: ConfirmationFacts, productId: string): string {
  return oneLine(readableTitle(products.get(productId)?.title ?? `Product ${productId}`))
}

type Totals = readonly { readonly label: string; readonly amount: string; readonly strong: boolean }[]

function totalsOf({ order, shop, deliveryMinor = 0 }: ConfirmationFacts): Totals {
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: order.currency }, shop.locale)
  const subtotal = subtotalMinor(order)
  return [
    { label: 'Subtotal', amount: money(subtotal), strong: false },
    { label: 'Delivery', amount: deliveryMinor === 0 ? 'Free' : money(deliveryMinor), strong: false },
    { label: 'Total paid', amount: money(subtotal + deliveryMinor), strong: true },
  ]
}

const nextSteps = [
  'We check and pack your order, usually within one working day.',
  'When the parcel leaves us you get another message from us, with its tracking number.',
  'Something not right? Reply to this e-mail within 30 days of delivery and a person will sort it out.',
] as const

function dateOf({ order, shop }: ConfirmationFacts): string {
  return new Intl.DateTimeFormat(shop.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(order.placedAtMs)
}

function confirmationHtml(facts: ConfirmationFacts, block: ConfirmationBlock | null): string {
  const { shop, order, recipient } = facts
  const greeting = recipient === undefined ? 'Thank you for your order' : `Thank you, ${recipient.name}`
  const intro = toMarkup(
    html`<h1 class="ink" style="margin:0 0 10px;${emailSerif}font-size:28px;line-height:36px;font-weight:normal;color:#22302a;">${greeting}</h1><p class="soft" style="margin:0;font-size:16px;line-height:25px;color:#57534b;">We have received your payment and your order is confirmed.<br>Order <strong class="ink" style="color:#22302a;">${order.id}</strong>, ${dateOf(facts)}</p>`,
  )
  const steps = toMarkup(
    html`${smallHeading('What happens next')}<table role="presentation" cellpadding="0" cellspacing="0" border="0">${nextSteps.map(
      (step, at) =>
        html`<tr><td valign="top" class="accent" style="padding:0 12px 8px 0;font-size:14px;line-height:22px;color:#2d5544;font-weight:600;">${at + 1}</td><td class="soft" style="padding:0 0 8px;font-size:14px;line-height:22px;color:#57534b;">${step}</td></tr>`,
    )}</table>`,
  )
  const content = joinMarkup([
    emailSection(intro, '40px 40px 26px'),
    emailSection(linesTable(facts), '0 40px'),
    emailSection(whereAndWho(facts), '28px 40px 6px'),
    emailSection(steps, '18px 40px 20px'),
    emailSection(emailButton('See your order', shop.orderUrl(order.id)), '0 40px 32px'),
    ...(block === null ? [] : [emailSection(blockAsMarkup(block), '0 24px 24px')]),
  ])
  const footer = toMarkup(
    html`${shop.name}, ${shop.postalAddress.join(', ')}<br>You receive this because you placed an order with us. Questions: <a class="soft" href="mailto:${shop.supportEmail}" style="color:#6a665e;">${shop.supportEmail}</a>`,
  )
  return emailFrame({
    shop,
    subject: subjectOf(facts),
    preview: `${totalsOf(facts)[2]?.amount ?? ''} paid. Here is everything about your order.`,
    content,
    footer,
  })
}

/** The block was rendered with escaping already; it is put in as it is. */
function blockAsMarkup(block: ConfirmationBlock): Markup {
  return raw(block.html)
}

function smallHeading(text: string): Markup {
  return toMarkup(
    html`<h2 class="ink" style="margin:0 0 8px;font-size:14px;line-height:20px;font-weight:600;color:#22302a;">${text}</h2>`,
  )
}

function linesTable(facts: ConfirmationFacts): Markup {
  const { order, shop } = facts
  const cell = 'padding:13px 0;border-bottom:1px solid #e8e3da;font-size:15px;line-height:22px;'
  const rows = order.lines.map((line) => {
    const amount = formatMoney(
      { amountMinor: line.quantity * line.unitPriceMinor, currency: order.currency },
      shop.locale,
    )
    const unit = formatMoney({ amountMinor: line.unitPriceMinor, currency: order.currency }, shop.locale)
    return html`<tr><td class="ink rule" style="${cell}color:#22302a;">${titleOf(facts, line.productId)}<br><span class="soft" style="font-size:13px;color:#6a665e;">${line.quantity} × ${unit}</span></td><td class="ink rule" align="right" valign="top" style="${cell}color:#22302a;white-space:nowrap;padding-left:16px;">${amount}</td></tr>`
  })
  const totals = totalsOf(facts).map(({ label, amount, strong }) => {
    const look = strong
      ? 'padding:10px 0 0;font-size:17px;font-weight:600;color:#22302a;'
      : 'padding:10px 0 0;font-size:15px;color:#57534b;'
    const tone = strong ? 'ink' : 'soft'
    return html`<tr><td class="${tone}" style="${look}">${label}</td><td class="${tone}" align="right" style="${look}">${amount}</td></tr>`
  })
  return toMarkup(
    html`<table width="100%" cellpadding="0" cellspacing="0" border="0" aria-label="Your order">${rows}${totals}</table>`,
  )
}

function whereAndWho({ recipient, shop }: ConfirmationFacts): Markup {
  const line = 'margin:0;font-size:14px;line-height:22px;color:#57534b;'
  const address =
    recipient === undefined
      ? html``
      : html`${smallHeading('Delivering to')}<p class="soft" style="${line}">${recipient.name}${recipient.address.map((part) => html`<br>${part}`)}</p>`
  return toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td valign="top" width="50%">${address}</td><td valign="top" width="50%" style="padding-left:16px;">${smallHeading('Need a hand?')}<p class="soft" style="${line}">Reply to this e-mail or write to<br><a class="accent" href="mailto:${shop.supportEmail}" style="color:#2d5544;">${shop.supportEmail}</a></p></td></tr></table>`,
  )
}

function confirmationText(facts: ConfirmationFacts, block: ConfirmationBlock | null): string {
  const { order, shop, recipient } = facts
  const lines = order.lines.map((line) => {
    const amount = formatMoney(
      { amountMinor: line.quantity * line.unitPriceMinor, currency: order.currency },
      shop.locale,
    )
    return `${line.quantity} × ${titleOf(facts, line.productId)}  ${amount}`
  })
  const url = shop.orderUrl(order.id)
  return [
    recipient === undefined ? 'Thank you for your order.' : `Thank you, ${oneLine(recipient.name)}.`,
    `We have received your payment and your order is confirmed.\nOrder ${order.id}, ${dateOf(facts)}`,
    lines.join('\n'),
    totalsOf(facts)
      .map(({ label, amount }) => `${label}: ${amount}`)
      .join('\n'),
    ...(recipient === undefined
      ? []
      : [`Delivering to:\n${[recipient.name, ...recipient.address].map(oneLine).join('\n')}`]),
    `Need a hand? Reply to this e-mail or write to ${shop.supportEmail}.`,
    `What happens next:\n${nextSteps.map((step, at) => `${at + 1}. ${step}`).join('\n')}`,
    ...(url === null ? [] : [`Your order: ${url}`]),
    ...(block === null ? [] : [block.text]),
    `${shop.name}, ${shop.postalAddress.join(', ')}\nYou receive this because you placed an order with us.`,
  ].join('\n\n')
}

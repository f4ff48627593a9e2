// A follow-up e-mail: one or two picks, days after the order, when they are of use. Comes in: the order, the decision's
// picks that share a day, and where to unsubscribe. Goes out: subject, HTML and text, or `null` when there is no pick.
// This is marketing: it says so, names the sender and its address, and carries the unsubscribe link (CAN-SPAM, 15 USC
// 7704). Whether it may be sent at all is not decided here.

import { html } from 'hono/html'
import type { Order } from '../domain/order.ts'
import { readableTitle } from '../domain/product.ts'
import { emailButton, emailFrame, emailSection, emailSerif } from './email-frame.ts'
import type { EmailPick, EmailPicks, EmailProducts, EmailShop, RenderedEmail } from './email-shop.ts'
import { pickRows } from './render-confirmation-block.ts'
import { joinMarkup, oneLine, toMarkup, webUrl } from './to-markup.ts'

export type FollowUpFacts = {
  readonly order: Order
  readonly products: EmailProducts
  readonly picks: EmailPicks
  readonly shop: EmailShop
  readonly recipient?: { readonly name: string } | undefined
  readonly unsubscribeUrl: string
}

export function renderFollowUp(facts: FollowUpFacts): RenderedEmail | null {
  const { picks, shop, recipient, unsubscribeUrl } = facts
  const [first] = picks
  if (first === undefined) return null
  const anchor = oneLine(readableTitle(facts.products.get(first.anchor)?.title ?? 'your order'))
  const subject = subjectOf(first, anchor)
  const rows = pickRows(picks, shop)
  const greeting = recipient === undefined ? 'Hello,' : `Hello ${oneLine(recipient.name)},`
  const lead = leadOf(first, anchor)
  const leave = webUrl(unsubscribeUrl)
  const why = `Advertisement from ${shop.name}. You get this because you bought from us: order ${oneLine(facts.order.id)}.`
  const firstUrl = webUrl(first.url) ?? webUrl(shop.productUrl(first.product))
  const content = joinMarkup([
    emailSection(
      toMarkup(
        html`<h1 class="ink" style="margin:0 0 14px;${emailSerif}font-size:26px;line-height:34px;font-weight:normal;color:#22302a;">${subject}</h1><p class="soft" style="margin:0;font-size:16px;line-height:25px;color:#57534b;">${greeting}<br>${lead}</p>`,
      ),
      '40px 40px 22px',
    ),
    emailSection(
      toMarkup(
        html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="offer" style="background:#f8f5f0;border-radius:10px;"><tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr>${rows.html}<tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr></table>`,
      ),
      '0 24px',
    ),
    emailSection(emailButton('Have a look', firstUrl), '24px 40px 36px'),
  ])
  const footer = toMarkup(
    html`${why}<br>${shop.name}, ${shop.postalAddress.join(', ')}${leave === null ? '' : html`<br><a class="soft" href="${leave}" target="_blank" style="color:#6a665e;">Unsubscribe</a>`}`,
  )
  const text = [
    greeting,
    lead,
    rows.text,
    `${why}\n${shop.name}, ${shop.postalAddress.join(', ')}\nUnsubscribe: ${leave ?? `write to ${shop.supportEmail}`}`,
  ].join('\n\n')
  return {
    subject,
    html: emailFrame({ shop, subject, preview: first.need, content, footer }),
    text,
    shownPicks: picks.map((pick) => pick.product),
  }
}

function subjectOf(pick: EmailPick, anchor: string): string {
  if (pick.relation === 'refill') return `Running low? ${anchor}`
  if (pick.relation === 'extend') return `What comes after: ${anchor}`
  if (pick.relation === 'upsell') return `For your ${anchor}`
  return `To go with: ${anchor}`
}

/** Says nothing of the parcel: whether it has arrived is not known here. */
function leadOf(pick: EmailPick, anchor: string): string {
  if (pick.relation === 'refill')
    return `it has been a while since you ordered “${anchor}”. In case it is nearly used up:`
  if (pick.relation === 'extend') return `you recently ordered “${anchor}”. This is what others bought next:`
  if (pick.relation === 'upsell')
    return `you have “${anchor}” from us. You may like this for it, or next time:`
  return `you recently ordered “${anchor}”. This goes well with it:`
}

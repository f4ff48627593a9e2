// How a mailbox would show the order's e-mails: a head with sender and subject, and the message itself in a frame of its
// own. Nothing leaves the machine; what Aftercart really handed over is in the mailbox (mailbox-pages.ts).

import { html } from 'hono/html'
import type { RenderedEmail } from '../../../src/emails/email-shop.ts'
import type { ShownPick } from '../aftercart-client.ts'
import type { ShopOrder } from '../shop-memory.ts'
import { type Markup, orderPath, pageLayout, productPath, tilePath, type View } from './page-layout.ts'

export type EmailLook = 'desktop' | 'phone' | 'text'

const lookNames: Readonly<Record<EmailLook, string>> = {
  desktop: 'Desktop',
  phone: 'Phone',
  text: 'Plain text',
}

export const frameScript = (view: View): Markup =>
  html`<script src="${view.basePath}/assets/frame-height.js?v=${view.assetVersion}" defer></script>`

export function emailPage(view: View, order: ShopOrder, email: RenderedEmail, look: EmailLook): Markup {
  const path = orderPath(view, order.id)
  const message =
    look === 'text'
      ? html`<pre class="mail-text">${email.text}</pre>`
      : messageFrame(`${path}/email/message`, 'The confirmation e-mail', look)
  const main = html`${backLink(path)}
<div class="heading-row"><h1>The confirmation e-mail</h1>${lookChips(`${path}/email`, look)}</div>
<p class="soft lead">Sent right after the order. The order comes first, whole; what pairs with it comes last and stays small.</p>
<article class="mail">${mailHead(view, order, email.subject)}${message}</article>
${frameScript(view)}`
  return pageLayout(view, { title: 'Confirmation e-mail', main })
}

export function lookChips(path: string, look: EmailLook): Markup {
  const looks = (Object.keys(lookNames) as EmailLook[]).map(
    (name) =>
      html`<li><a class="chip" href="${path}?as=${name}"${name === look ? html` aria-current="page"` : ''}>${lookNames[name]}</a></li>`,
  )
  return html`<nav aria-label="Show as"><ul class="chips chips-tight">${looks}</ul></nav>`
}

export function isEmailLook(text: string): text is EmailLook {
  return Object.hasOwn(lookNames, text)
}

function backLink(path: string): Markup {
  return html`<nav class="crumbs" aria-label="Where you are"><a href="${path}/thank-you">Back to the order</a></nav>`
}

function mailHead(view: View, order: ShopOrder, subject: string): Markup {
  return html`<header class="mail-head"><p class="mail-subject">${subject}</p>
<p class="soft small">From ${view.shopName} to ${order.name} &lt;${order.email}&gt;</p></header>`
}

/** The frame may not run script; it is of the same origin so that its height can be measured. */
export function messageFrame(src: string, title: string, look: EmailLook): Markup {
  return html`<iframe class="mail-frame mail-${look}" src="${src}" title="${title}" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>`
}

export type FollowUp = {
  readonly day: number
  readonly date: string
  readonly email: RenderedEmail
  readonly picks: readonly ShownPick[]
}

export function followUpsPage(
  view: View,
  order: ShopOrder,
  planned: readonly FollowUp[] | null,
  orderDate: string,
): Markup {
  const path = orderPath(view, order.id)
  const followUps = planned ?? []
  const none =
    planned === null
      ? 'Aftercart could not be reached just now, so there is nothing to show. Your order is not affected.'
      : 'Nothing that the confirmation did not show becomes more useful later, so no follow-up would be sent. Silence is a fine answer too.'
  const main = html`${backLink(path)}
<h1>The follow-ups this order would get</h1>
<p class="soft lead">Each is sent only when it is of use, and only to people who agreed to get e-mail; what the confirmation showed is not shown again. This page shows the plan, as if you had agreed${view.hasMailbox ? html`; what is really sent is in the <a href="${view.basePath}/mailbox">mailbox</a>` : ''}.</p>
<ol class="timeline">
<li class="moment moment-now"><p class="moment-day">Day 0<span class="soft small">${orderDate}</span></p><div class="moment-body"><p><strong>You order.</strong> Thank-you page and confirmation e-mail, at once.</p></div></li>
${followUps.length === 0 ? html`<li class="moment"><p class="moment-day">Later</p><div class="moment-body"><p>${none}</p></div></li>` : ''}
${followUps.map((followUp, at) =>
  moment(view, order, followUp, {
    src: `${path}/follow-ups/${at + 1}/message`,
    firstOfItsKind: followUps.findIndex((one) => kindOf(one) === kindOf(followUp)) === at,
  }),
)}
</ol>
${followUps.length === 0 ? '' : frameScript(view)}`
  return pageLayout(view, { title: 'Follow-ups', main })
}

function kindOf({ picks }: FollowUp): ShownPick['relation'] | undefined {
  return picks[0]?.relation
}

function moment(
  view: View,
  order: ShopOrder,
  followUp: FollowUp,
  { src, firstOfItsKind }: { readonly src: string; readonly firstOfItsKind: boolean },
): Markup {
  const { day, date, email, picks } = followUp
  return html`<li class="moment"><p class="moment-day">Day ${day}<span class="soft small">${date}</span></p>
<div class="moment-body">
<p class="moment-subject">${email.subject}</p>
<ul class="moment-picks">${picks.map(
    (pick) =>
      html`<li><img class="tile" src="${tilePath(view, pick.product)}" alt="" width="400" height="400"><span><a href="${productPath(view, pick.product)}">${pick.title}</a><span class="soft">${pick.need}</span><span>${view.money(pick.price.amountMinor)}</span></span></li>`,
  )}</ul>
<p class="moment-why"><strong>Why then?</strong> ${whyThen(picks[0], day, firstOfItsKind)}</p>
<details class="why"><summary>Show the e-mail</summary><div class="mail">${mailHead(view, order, email.subject)}${messageFrame(src, email.subject, 'desktop')}</div></details>
</div></li>`
}

/** What is true of every follow-up of a kind is said with the first. */
function whyThen(pick: ShownPick | undefined, day: number, firstOfItsKind: boolean): string {
  if (pick === undefined) return ''
  if (pick.relation === 'refill') {
    return `${pick.reason} Day ${day} leaves time for the parcel before it runs out.`
  }
  if (!firstOfItsKind) return pick.reason
  if (pick.relation === 'upsell') return `A step up is offered only at a moment of its own. ${pick.reason}`
  if (pick.relation === 'extend') return `It is bought after, not with, what was ordered. ${pick.reason}`
  return `Customers also take it in a later order, not only with the first. ${pick.reason}`
}

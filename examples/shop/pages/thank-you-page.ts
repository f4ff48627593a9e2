// After the order: thanks first, then one pick or none, then the order; on a phone the order stands before the pick.
// Without a pick, or where the widget has nothing to show, the page is still worth having: what happens next and how to
// get the most of it. The button starts a
// new order, and says so, since the paid one is never touched.

import { html, raw } from 'hono/html'
import type { Advice, ShownDecision, ShownPick } from '../aftercart-client.ts'
import { exampleAddress } from '../example-people.ts'
import type { Shelf } from '../product-shelf.ts'
import type { ShopOrder } from '../shop-memory.ts'
import { type Markup, orderPath, pageLayout, productPath, tilePath, type View } from './page-layout.ts'
import { whyThis } from './why-this.ts'

export type Suggestion = {
  readonly advice: Advice
  /** That can be accepted on this page, with its markup for readers without script; `null` where Aftercart issued none. */
  readonly offer: { readonly token: string; readonly markup: string | null } | null
}

export function thankYouPage(
  view: View,
  order: ShopOrder,
  { advice, offer }: Suggestion,
  shelf: Shelf,
): Markup {
  const pick = advice.kind === 'decided' ? advice.decision.picks[0] : undefined
  const first = order.name.split(' ')[0] ?? order.name
  const path = orderPath(view, order.id)
  const main = html`<div class="thanks">
<section class="thanks-head">
<svg class="tick" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="23"/><path d="M15 25l6 6 12-13"/></svg>
<h1>Thank you, ${first}</h1>
<p>Your order <strong>${order.id}</strong> is paid and confirmed. <span class="soft">${confirmationNote(view, order, path)}</span></p>
</section>
${pick !== undefined && advice.kind === 'decided' ? offered(view, pick, advice.decision, { shelf, offer }) : helpful()}
<div class="thanks-columns">
${summary(view, order, shelf)}
${nextSteps(order)}
</div>
<nav class="behind" aria-label="What else this order would get">
<h2>What else this order gets</h2>
<ul>
${view.hasMailbox ? html`<li><a href="${view.basePath}/mailbox">Open the mailbox of the example</a><span class="soft">The confirmation is there in a moment; what follows comes when its day does.</span></li>` : ''}
<li><a href="${path}/email">See the confirmation e-mail</a><span class="soft">The whole order, then one or two picks.</span></li>
<li><a href="${path}/follow-ups">See the follow-ups this order would get</a><span class="soft">Only what becomes useful later, on the day it does.</span></li>
<li><a href="/">See all pairings and their evidence</a><span class="soft">The owner’s page of Aftercart.</span></li>
</ul>
</nav>
</div>`
  return pageLayout(view, { title: 'Thank you', main })
}

function confirmationNote({ hasMailbox, basePath }: View, order: ShopOrder, path: string): Markup {
  return hasMailbox
    ? html`The confirmation is on its way to ${order.email}; <a href="${basePath}/mailbox">read it in the mailbox</a> of the example.`
    : html`The example sends no mail; <a href="${path}/email">see the confirmation e-mail</a> here instead.`
}

function offered(
  view: View,
  pick: ShownPick,
  decision: ShownDecision,
  { shelf, offer }: { readonly shelf: Shelf; readonly offer: Suggestion['offer'] },
): Markup {
  if (offer === null) return suggestion(view, pick, decision, shelf)
  const anchorTitle = shelf.get(pick.anchor)?.title ?? 'your product'
  return html`<div class="add-on">
<script src="/aftercart.js" defer></script>
<script src="${view.basePath}/assets/add-on.js?v=${view.assetVersion}" defer></script>
<aftercart-offer token="${offer.token}" locale="en" image="${tilePath(view, pick.product)}">${helpful()}</aftercart-offer>
<noscript>${offer.markup === null ? suggestion(view, pick, decision, shelf) : raw(offer.markup)}</noscript>
${whyThis(pick, decision, anchorTitle)}
</div>`
}

/** Without one click: a new order, and the paid one stays as it is. */
function suggestion(view: View, pick: ShownPick, decision: ShownDecision, shelf: Shelf): Markup {
  const known = shelf.get(pick.product)
  const title = known?.title ?? pick.title
  const price = view.money(pick.price.amountMinor)
  const anchorTitle = shelf.get(pick.anchor)?.title ?? 'your product'
  return html`<section class="offer" aria-labelledby="offer-title">
<a class="offer-tile" href="${productPath(view, pick.product)}" tabindex="-1" aria-hidden="true"><img class="tile" src="${tilePath(view, pick.product)}" alt="" width="400" height="400"></a>
<div class="offer-words">
<p class="offer-need">${pick.need}</p>
<h2 id="offer-title"><a href="${productPath(view, pick.product)}">${title}</a></h2>
<p class="price-large">${price}</p>
<form method="post" action="${view.basePath}/cart/start">
<input type="hidden" name="product" value="${pick.product}">
<button class="button" type="submit">Start a new order with it · ${price}</button>
</form>
<p class="soft small">Your order stays exactly as you paid it.</p>
${whyThis(pick, decision, anchorTitle)}
</div>
</section>`
}

function helpful(): Markup {
  return html`<section class="helpful" aria-labelledby="helpful-title">
<h2 id="helpful-title">How to get the most of it</h2>
<ul>
<li><strong>When it arrives</strong><span>Unpack it over a table and keep the box until you are sure that all is well.</span></li>
<li><strong>If it is a present</strong><span>Tell us before it is packed, and no prices go into the parcel.</span></li>
<li><strong>If something is not right</strong><span>Write to us within 30 days. A person answers, and returns are free.</span></li>
</ul>
</section>`
}

function summary(view: View, order: ShopOrder, shelf: Shelf): Markup {
  const lines = [...order.lines, ...order.addOns.values()]
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
  return html`<section class="panel" id="summary" aria-labelledby="summary-title"><h2 class="panel-heading" id="summary-title">Your order</h2>
<ul class="summary-lines">${lines.map(({ productId, quantity, unitPriceMinor }) => {
    const title = shelf.get(productId)?.title ?? productId
    return html`<li><img class="tile" src="${tilePath(view, productId)}" alt="" width="400" height="400"><span>${title}<span class="soft small">${quantity} × ${view.money(unitPriceMinor)}</span></span><span>${view.money(quantity * unitPriceMinor)}</span></li>`
  })}</ul>
<dl class="totals"><div><dt>Delivery</dt><dd>Free</dd></div><div class="totals-sum"><dt>Total paid (simulated)</dt><dd>${view.money(total)}</dd></div></dl>
</section>`
}

function nextSteps(order: ShopOrder): Markup {
  return html`<section class="panel next-steps" aria-labelledby="next-title"><h2 class="panel-heading" id="next-title">What happens next</h2>
<ol class="steps">
<li class="step-done"><strong>Paid</strong><span class="soft">Just now</span></li>
<li><strong>Packed</strong><span class="soft">Within one working day</span></li>
<li><strong>On its way</strong><span class="soft">Two to three days to ${exampleAddress[1]}</span></li>
</ol>
<p class="soft small">Going to ${order.name}, ${exampleAddress.join(', ')}</p>
</section>`
}

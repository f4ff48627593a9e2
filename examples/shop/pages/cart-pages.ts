// The cart and the checkout. Plain forms; the payment is simulated and says so before and on the button.

import { html } from 'hono/html'
import { addOnScenes } from '../add-on-scenes.ts'
import { exampleAddress, examplePeople, examplePerson } from '../example-people.ts'
import type { ShopProduct } from '../shop-product.ts'
import { type Markup, pageLayout, productPath, tilePath, type View } from './page-layout.ts'

export type CartLine = { readonly product: ShopProduct; readonly units: number }

export function cartTotal(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { product, units }) => sum + product.priceMinor * units, 0)
}

export function cartPage(view: View, lines: readonly CartLine[]): Markup {
  if (lines.length === 0) {
    const main = html`<h1>Your cart</h1><div class="empty"><p>Your cart is empty.</p><p><a class="button" href="${view.basePath}">Find something nice</a></p></div>`
    return pageLayout(view, { title: 'Your cart', main })
  }
  const main = html`<h1>Your cart</h1>
<div class="with-aside">
<ul class="cart-lines">${lines.map((line) => cartLine(view, line))}</ul>
<aside class="panel" aria-label="Summary">
${totals(view, lines)}
<p><a class="button button-wide" href="${view.basePath}/checkout">Go to checkout</a></p>
<p class="soft small">The checkout is an example: no payment is taken.</p>
</aside>
</div>`
  return pageLayout(view, { title: 'Your cart', main })
}

function cartLine(view: View, { product, units }: CartLine): Markup {
  const { id, title, priceMinor } = product
  return html`<li class="cart-line">
<a class="cart-tile" href="${productPath(view, id)}" tabindex="-1" aria-hidden="true"><img class="tile" src="${tilePath(view, id)}" alt="" width="400" height="400"></a>
<div class="cart-words"><a class="cart-title" href="${productPath(view, id)}">${title}</a>
<p class="soft small">${view.money(priceMinor)} each</p>
<div class="cart-forms">
<form method="post" action="${view.basePath}/cart/units">
<input type="hidden" name="product" value="${id}">
<label class="unseen" for="units-${id}">Quantity of ${title}</label>
<input id="units-${id}" name="units" type="number" inputmode="numeric" min="0" max="99" value="${units}" required>
<button class="link-button" type="submit">Update<span class="unseen"> quantity of ${title}</span></button>
</form>
<form method="post" action="${view.basePath}/cart/units">
<input type="hidden" name="product" value="${id}"><input type="hidden" name="units" value="0">
<button class="link-button" type="submit">Remove<span class="unseen"> ${title}</span></button>
</form>
</div></div>
<p class="cart-amount">${view.money(priceMinor * units)}</p>
</li>`
}

function totals(view: View, lines: readonly CartLine[]): Markup {
  const total = view.money(cartTotal(lines))
  return html`<dl class="totals"><div><dt>Subtotal</dt><dd>${total}</dd></div><div><dt>Delivery</dt><dd>Free</dd></div><div class="totals-sum"><dt>Total</dt><dd>${total}</dd></div></dl>`
}

export function checkoutPage(
  view: View,
  lines: readonly CartLine[],
  entered?: { readonly name: string; readonly email: string; readonly problem: string },
): Markup {
  const { name, email } = entered ?? examplePerson
  const total = view.money(cartTotal(lines))
  const main = html`<h1>Checkout</h1>
<div class="with-aside">
<form class="checkout" method="post" action="${view.basePath}/checkout">
${entered === undefined ? '' : html`<p class="problem" role="alert">${entered.problem}</p>`}
<fieldset><legend>Who is ordering?</legend>
<p class="soft small">Returning customers are taken from the order history of the demo. What they bought before plays a part in what they are offered: with one Regency cakestand in the cart, each of them gets another offer.</p>
<div class="choices">${examplePeople.map(
    (person, at) =>
      html`<label class="choice"><input type="radio" name="person" value="${person.key}"${at === 0 ? html` checked` : ''}><span><strong>${person.label}</strong><span class="soft small">${person.note}</span></span></label>`,
  )}</div></fieldset>
<fieldset><legend>Where should it go?</legend>
<div class="field"><label for="name">Name</label><input id="name" name="name" autocomplete="off" value="${name}" required maxlength="80"></div>
<div class="field"><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="off" value="${email}" required maxlength="120"></div>
<p class="address"><span class="soft small">Delivery address of the example</span>${exampleAddress.join(', ')}</p>
<label class="choice"><input type="checkbox" name="messages" value="yes"><span><strong>Write to me when something runs low or goes well with this order.</strong><span class="soft small">One message a week at most; every one has a link that ends them. Tick it to see the follow-ups in the mailbox of the example.</span></span></label>
</fieldset>
<fieldset><legend>Payment</legend>
<p class="panel panel-note"><strong>Simulated payment.</strong> No card is asked for and nothing is charged: the order counts as paid as soon as you place it.</p>
<details class="scenes"><summary>What should happen to an add-on after the payment?</summary>
<div class="choices">${addOnScenes.map(
    (scene, at) =>
      html`<label class="choice"><input type="radio" name="scene" value="${scene.key}"${at === 0 ? html` checked` : ''}><span><strong>${scene.label}</strong><span class="soft small">${scene.note}</span></span></label>`,
  )}</div></details>
</fieldset>
<button class="button button-wide" type="submit">Place example order · ${total}</button>
</form>
<aside class="panel" aria-label="Your order"><h2 class="panel-heading">Your order</h2>
<ul class="summary-lines">${lines.map(
    ({ product, units }) =>
      html`<li><img class="tile" src="${tilePath(view, product.id)}" alt="" width="400" height="400"><span>${product.title}<span class="soft small">${units} × ${view.money(product.priceMinor)}</span></span><span>${view.money(product.priceMinor * units)}</span></li>`,
  )}</ul>
${totals(view, lines)}</aside>
</div>`
  return pageLayout(view, { title: 'Checkout', main, quiet: true })
}

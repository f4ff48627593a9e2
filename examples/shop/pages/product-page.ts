// One product: picture, price, how many, into the cart. Nothing is offered here: offers come after payment.

import { html } from 'hono/html'
import type { ShopProduct } from '../shop-product.ts'
import { productGrid } from './listing-pages.ts'
import { type Markup, pageLayout, tilePath, type View } from './page-layout.ts'

export function productPage(view: View, product: ShopProduct, alike: readonly ShopProduct[]): Markup {
  const { id, title, category, priceMinor } = product
  const main = html`<nav class="crumbs" aria-label="Where you are"><a href="${view.basePath}">Home</a>${
    category === null
      ? ''
      : html` <span aria-hidden="true">/</span> <a href="${view.basePath}/search?${new URLSearchParams({ category }).toString()}">${category}</a>`
  }</nav>
<div class="product-detail">
<img class="tile tile-large" src="${tilePath(view, id)}" alt="" width="400" height="400">
<div class="product-words">
<h1>${title}</h1>
<p class="price-large">${view.money(priceMinor)}</p>
<form class="buy" method="post" action="${view.basePath}/cart/add">
<input type="hidden" name="product" value="${id}">
<label for="units">Quantity</label>
<input id="units" name="units" type="number" inputmode="numeric" min="1" max="99" value="1" required>
<button class="button" type="submit">Add to cart</button>
</form>
<ul class="assurances">
<li>Free delivery in this example</li>
<li>Sent within one working day</li>
<li>30 days to change your mind</li>
</ul>
<p class="soft small">Product code ${id}</p>
</div>
</div>
${alike.length === 0 ? '' : html`<section class="alike"><h2>More in ${category}</h2>${productGrid(view, alike)}</section>`}`
  return pageLayout(view, { title, main })
}

// The frame of every page of the shop: head, header with search and cart, footer. Pages come in as markup, a document
// goes out. Everything is made with `html`, which escapes each value; no page has inline script or style.

import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** What all pages know. */
export type View = {
  readonly basePath: string
  readonly shopName: string
  readonly cartUnits: number
  readonly money: (amountMinor: number) => string
  /** Changes when style or script change, so that browsers may keep them. */
  readonly assetVersion: string
  /** The shop's day where it is not today. */
  readonly apartOn: string | null
  /** Messages are really sent, into a mailbox of the example. */
  readonly hasMailbox: boolean
}

export function pageLayout(
  view: View,
  page: {
    readonly title: string
    readonly main: Markup
    readonly words?: string | undefined
    /** A checkout has nothing that leads away from it. */
    readonly quiet?: boolean | undefined
  },
): Markup {
  const { basePath, assetVersion, apartOn } = view
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title} · ${view.shopName}</title>
<link rel="icon" type="image/svg+xml" href="${basePath}/assets/icon.svg">
<link rel="stylesheet" href="${basePath}/assets/shop.css?v=${assetVersion}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<p class="notice">This is an example shop that comes with Aftercart. Nothing is sold and no payment is taken.${apartOn === null ? '' : ` In this shop it is ${apartOn}: it goes on from where its order history ends.`}</p>
${header(view, page.words ?? '', page.quiet ?? false)}
<main id="main" class="wide">${page.main}</main>
<footer class="footer"><div class="wide">
<p><strong>${view.shopName}</strong> is not a real shop. Its products and prices are those of <em>Online Retail</em>, Chen, D. (2015), UCI Machine Learning Repository, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.</p>
<p>What is offered after an order comes from <a href="/">Aftercart</a>.</p>
</div></footer>
</body>
</html>`
}

function header({ basePath, shopName, cartUnits, hasMailbox }: View, words: string, quiet: boolean): Markup {
  const brand = html`<a class="brand" href="${basePath}">${shopName}</a>`
  if (quiet) return html`<header class="header"><div class="wide header-row">${brand}</div></header>`
  const cartLabel = cartUnits === 1 ? 'Cart, 1 item' : `Cart, ${cartUnits} items`
  return html`<header class="header"><div class="wide header-row">
${brand}
<form class="search" role="search" action="${basePath}/search" method="get">
<label class="unseen" for="words">Search products</label>
<input id="words" name="q" type="search" value="${words}" placeholder="Try “regency teacup”" autocomplete="off" maxlength="100">
<button class="search-button" type="submit">Search</button>
</form>
<div class="header-links">${hasMailbox ? html`<a class="cart-link" href="${basePath}/mailbox">Mailbox</a>` : ''}
<a class="cart-link" href="${basePath}/cart" aria-label="${cartLabel}">Cart<span class="cart-count" aria-hidden="true">${cartUnits}</span></a></div>
</div></header>`
}

export function productPath({ basePath }: View, productId: string): string {
  return `${basePath}/products/${encodeURIComponent(productId)}`
}

export function tilePath({ basePath }: View, productId: string): string {
  return `${basePath}/tiles/${encodeURIComponent(productId)}.svg`
}

export function orderPath({ basePath }: View, orderId: string): string {
  return `${basePath}/orders/${encodeURIComponent(orderId)}`
}

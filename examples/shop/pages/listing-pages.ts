// Pages that list products: the front page and search with paging. Products come in already found and cut to a page.

import { html } from 'hono/html'
import type { Shelf } from '../product-shelf.ts'
import type { ShopProduct } from '../shop-product.ts'
import { type Markup, pageLayout, productPath, tilePath, type View } from './page-layout.ts'

export function productGrid(view: View, products: readonly ShopProduct[]): Markup {
  return html`<ul class="grid">${products.map(
    (product) =>
      html`<li class="product"><a href="${productPath(view, product.id)}"><img class="tile" src="${tilePath(view, product.id)}" alt="" width="400" height="400" loading="lazy"><span class="product-title">${product.title}</span><span class="product-price">${view.money(product.priceMinor)}</span></a></li>`,
  )}</ul>`
}

const HERO_TILES = 4

export function homePage(view: View, shelf: Shelf, popular: readonly ShopProduct[]): Markup {
  const main = html`<section class="hero"><div>
<h1>Small things that make a home kinder</h1>
<p>Teacups, lanterns, lunch bags and ${shelf.count.toLocaleString('en-GB')} more reasons to wrap something up. Put some in your cart, check out, and see what happens after the order.</p>
<p><a class="button" href="${view.basePath}/search?q=regency+teacup">Start with a Regency teacup</a></p>
</div><div class="hero-tiles" aria-hidden="true">${popular.slice(0, HERO_TILES).map(({ id }) => html`<img class="tile" src="${tilePath(view, id)}" alt="" width="400" height="400">`)}</div></section>
${categoryNav(view, shelf, null)}
<h2>Popular right now</h2>
${productGrid(view, popular)}
<p class="more"><a class="button button-quiet" href="${view.basePath}/search">See all products</a></p>`
  return pageLayout(view, { title: 'Gifts and homeware', main })
}

function categoryNav(view: View, shelf: Shelf, chosen: string | null): Markup {
  if (shelf.categories.length === 0) return html``
  const link = (name: string): Markup =>
    html`<li><a class="chip" href="${searchPath(view, '', name, 1)}"${name === chosen ? html` aria-current="page"` : ''}>${name}</a></li>`
  return html`<nav aria-label="Categories"><ul class="chips">${shelf.categories.slice(0, 14).map(({ name }) => link(name))}</ul></nav>`
}

function searchPath({ basePath }: View, words: string, category: string | null, page: number): string {
  const query = new URLSearchParams()
  if (words !== '') query.set('q', words)
  if (category !== null) query.set('category', category)
  if (page > 1) query.set('page', String(page))
  const text = query.toString()
  return `${basePath}/search${text === '' ? '' : `?${text}`}`
}

export type SearchFacts = {
  readonly words: string
  readonly category: string | null
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly found: readonly ShopProduct[]
}

export function searchPage(view: View, shelf: Shelf, facts: SearchFacts): Markup {
  const { words, category, total, page, pages, found } = facts
  const heading = words !== '' ? `“${words}”` : (category ?? 'All products')
  const count = total === 1 ? '1 product' : `${total.toLocaleString('en-GB')} products`
  const none = html`<div class="empty"><p>Nothing matches. Try fewer or other words, for example <a href="${searchPath(view, 'teacup', null, 1)}">teacup</a>, <a href="${searchPath(view, 'lantern', null, 1)}">lantern</a> or <a href="${searchPath(view, 'lunch bag', null, 1)}">lunch bag</a>.</p></div>`
  const step = (to: number, label: string, rel: string): Markup =>
    html`<a class="button button-quiet" rel="${rel}" href="${searchPath(view, words, category, to)}">${label}</a>`
  const main = html`${categoryNav(view, shelf, category)}
<div class="heading-row"><h1>${heading}</h1><p class="soft">${count}</p></div>
${total === 0 ? none : productGrid(view, found)}
${
  pages > 1
    ? html`<nav class="pager" aria-label="Pages">${page > 1 ? step(page - 1, 'Previous', 'prev') : html`<span></span>`}<p class="soft">Page ${page} of ${pages}</p>${page < pages ? step(page + 1, 'Next', 'next') : html`<span></span>`}</nav>`
    : ''
}`
  return pageLayout(view, { title: heading, main, words })
}

// Pages for what is not there: said kindly, with a way on.

import { html } from 'hono/html'
import { type Markup, pageLayout, type View } from './page-layout.ts'

export type Missing = 'page' | 'product' | 'order'

const sentences: Readonly<Record<Missing, readonly [string, string]>> = {
  page: ['We could not find this page', 'The address may have a slip of the pen in it.'],
  product: ['We do not have this product', 'It may have sold out, or its code may be written differently.'],
  order: [
    'We do not know this order',
    'The example shop keeps orders in memory and forgets them when it is restarted. Place another one: it takes a minute.',
  ],
}

export function notFoundPage(view: View, missing: Missing): Markup {
  const [heading, text] = sentences[missing]
  const main = html`<div class="empty"><h1>${heading}</h1><p>${text}</p><p><a class="button" href="${view.basePath}">Back to the shop</a></p></div>`
  return pageLayout(view, { title: heading, main })
}

export function failedPage(view: View): Markup {
  const main = html`<div class="empty"><h1>Something went wrong on our side</h1><p>Your cart and your orders are as they were. Please try again.</p><p><a class="button" href="${view.basePath}">Back to the shop</a></p></div>`
  return pageLayout(view, { title: 'Something went wrong', main })
}

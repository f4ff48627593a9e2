// The confirmation block as MJML, to stand in the `mj-body` of a host's own template. Comes in: heading, picks, the words
// of the link. Goes out: one `mj-section` for the heading and one for each pick, every value escaped.

import { html } from 'hono/html'
import type { TilePick } from './product-tile.ts'
import { joinMarkup, type Markup, toMarkup } from './to-markup.ts'

export function blockMjml(heading: string, picks: readonly TilePick[], seeIt: string): string {
  const head = html`<mj-section background-color="#f8f5f0" padding="22px 0 0"><mj-column><mj-text font-family="Georgia, 'Times New Roman', serif" font-size="20px" line-height="26px" color="#22302a" padding="0 24px">${heading}</mj-text></mj-column></mj-section>
`
  return joinMarkup([toMarkup(head), ...picks.map((pick) => pickSection(pick, seeIt))]).toString()
}

function pickSection({ title, need, price, url, imageUrl }: TilePick, seeIt: string): Markup {
  const picture =
    imageUrl === null
      ? html``
      : html`<mj-column width="25%"><mj-image src="${imageUrl}" alt="${title}" width="88px" padding="0 0 0 24px" align="left" /></mj-column>`
  const link =
    url === null
      ? html``
      : html`<mj-button href="${url}" align="left" background-color="#2d5544" color="#ffffff" border-radius="999px" font-size="16px" padding="12px 24px 0" inner-padding="12px 24px">${seeIt}</mj-button>`
  return toMarkup(html`<mj-section background-color="#f8f5f0" padding="12px 0"><mj-group>${picture}<mj-column width="${imageUrl === null ? '100%' : '75%'}"><mj-text font-size="17px" line-height="24px" font-weight="600" color="#22302a" padding="0 24px">${title}</mj-text><mj-text font-size="16px" line-height="24px" color="#57534b" padding="4px 24px 0">${need}</mj-text><mj-text font-size="16px" line-height="24px" color="#22302a" padding="6px 24px 0">${price}</mj-text>${link}</mj-column></mj-group></mj-section>
`)
}

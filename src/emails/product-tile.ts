// One pick as a message shows it. Comes in: the pick of a decision and the shop. Goes out: its plain values, and the same
// as a row of a table and as lines of text. Titles are never trusted.

import { html } from 'hono/html'
import { formatMoney } from '../domain/money.ts'
import { readableTitle } from '../domain/product.ts'
import { emailButton, emailFont } from './email-frame.ts'
import type { EmailPick, EmailPicks, EmailShop } from './email-shop.ts'
import { type Markup, oneLine, toMarkup, webUrl } from './to-markup.ts'

export type TilePick = {
  readonly product: string
  readonly title: string
  readonly need: string
  readonly price: string
  /** Through our count of clicks where there is one. */
  readonly url: string | null
  readonly imageUrl: string | null
  readonly relation: EmailPick['relation']
}

export type TileShop = Pick<EmailShop, 'locale' | 'productUrl' | 'linkTo'>

export function tilePicks(picks: EmailPicks, shop: TileShop): readonly TilePick[] {
  return picks.map((pick, index) => {
    const destination = destinationOf(pick, shop)
    return {
      product: pick.product,
      title: oneLine(readableTitle(pick.title)),
      need: oneLine(pick.need),
      price: formatMoney(pick.price, shop.locale),
      url: destination === null ? null : webUrl(shop.linkTo?.(destination, index) ?? destination),
      imageUrl: webUrl(pick.imageUrl),
      relation: pick.relation,
    }
  })
}

/** Where a click ends: the page of the product. */
export function destinationOf(
  pick: Pick<EmailPick, 'product' | 'url'>,
  shop: Pick<EmailShop, 'productUrl'>,
): string | null {
  return webUrl(pick.url) ?? webUrl(shop.productUrl(pick.product))
}

/** With a button where a label is given: a follow-up asks, a confirmation only mentions. */
export function tileRow(pick: TilePick, buttonLabel: string | null): Markup {
  const titleStyle = `font-size:17px;line-height:24px;font-weight:600;color:#22302a;text-decoration:none;${emailFont}`
  const title =
    pick.url === null
      ? html`<span class="ink" style="${titleStyle}">${pick.title}</span>`
      : html`<a class="ink" href="${pick.url}" target="_blank" style="${titleStyle}text-decoration:underline;">${pick.title}</a>`
  const words = html`${title}<div class="soft" style="padding-top:4px;font-size:16px;line-height:24px;color:#57534b;${emailFont}">${pick.need}</div>`
  const price = html`<div class="ink" style="padding-top:6px;font-size:16px;line-height:24px;color:#22302a;${emailFont}">${pick.price}</div>`
  const button =
    buttonLabel === null || pick.url === null
      ? html``
      : html`<div style="padding-top:14px;">${emailButton(buttonLabel, pick.url)}</div>`
  return toMarkup(
    html`<tr><td class="tile" style="padding:12px 24px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${picture(pick)}<td valign="top">${words}${price}${button}</td></tr></table></td></tr>`,
  )
}

/** Without a picture there is no box: mail clients show no SVG, and a letter in a square says nothing. */
function picture({ imageUrl, title }: TilePick): Markup {
  if (imageUrl === null) return toMarkup(html``)
  return toMarkup(
    html`<td width="104" valign="top" style="width:104px;"><img src="${imageUrl}" width="88" height="88" alt="${title}" style="display:block;border-radius:8px;border:0;"></td>`,
  )
}

export function tileText({ title, price, need, url }: TilePick): string {
  return [`${title}, ${price}`, need, url ?? ''].filter(Boolean).join('\n')
}

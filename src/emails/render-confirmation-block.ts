// The block "Pairs well with your order" on its own, for a shop that renders its confirmation e-mail itself.
// Comes in: a decision for the placement `confirmation-email`. Goes out: the block as an HTML fragment (table, inline
// styles), as plain text and as plain values; all three are empty when there is no pick. Titles are never trusted.

import { html } from 'hono/html'
import { formatMoney } from '../domain/money.ts'
import { readableTitle } from '../domain/product.ts'
import { emailFont, emailSerif } from './email-frame.ts'
import type { EmailPick, EmailPicks, EmailShop } from './email-shop.ts'
import { joinMarkup, type Markup, oneLine, toMarkup, webUrl } from './to-markup.ts'

export type BlockPick = {
  readonly product: string
  readonly title: string
  readonly need: string
  readonly price: string
  readonly url: string | null
  readonly imageUrl: string | null
  readonly relation: EmailPick['relation']
}

export type ConfirmationBlock = {
  readonly html: string
  readonly text: string
  readonly json: { readonly heading: string; readonly picks: readonly BlockPick[] } | null
}

type BlockShop = { readonly locale: EmailShop['locale']; readonly productUrl: EmailShop['productUrl'] }

export const blockHeading = 'Pairs well with your order'

export function renderConfirmationBlock(
  decision: { readonly picks: EmailPicks },
  shop: BlockShop,
): ConfirmationBlock {
  const picks = decision.picks.map((pick) => toBlockPick(pick, shop))
  if (picks.length === 0) return { html: '', text: '', json: null }
  return {
    html: blockMarkup(picks).toString(),
    text: blockText(picks),
    json: { heading: blockHeading, picks },
  }
}

function toBlockPick(pick: EmailPick, shop: BlockShop): BlockPick {
  return {
    product: pick.product,
    title: oneLine(readableTitle(pick.title)),
    need: oneLine(pick.need),
    price: formatMoney(pick.price, shop.locale),
    url: webUrl(pick.url) ?? webUrl(shop.productUrl(pick.product)),
    imageUrl: webUrl(pick.imageUrl),
    relation: pick.relation,
  }
}

function blockMarkup(picks: readonly BlockPick[]): Markup {
  return toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="offer" style="background:#f8f5f0;border-radius:10px;"><tr><td style="padding:22px 24px 8px;"><h2 class="ink" style="margin:0;${emailSerif}font-size:18px;line-height:24px;font-weight:normal;color:#22302a;">${blockHeading}</h2></td></tr>${picks.map(pickRow)}<tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr></table>`,
  )
}

export function pickRow(pick: BlockPick): Markup {
  const titleStyle = `font-size:16px;line-height:22px;font-weight:600;color:#22302a;text-decoration:none;${emailFont}`
  const title =
    pick.url === null
      ? html`<span class="ink" style="${titleStyle}">${pick.title}</span>`
      : html`<a class="ink" href="${pick.url}" target="_blank" style="${titleStyle}text-decoration:underline;">${pick.title}</a>`
  const words = html`${title}<div class="soft" style="padding-top:3px;font-size:14px;line-height:21px;color:#57534b;${emailFont}">${pick.need}</div>`
  const price = html`<div class="ink" style="padding-top:5px;font-size:15px;line-height:20px;color:#22302a;${emailFont}">${pick.price}</div>`
  return toMarkup(
    html`<tr><td style="padding:10px 24px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${picture(pick)}<td valign="top">${words}${price}</td></tr></table></td></tr>`,
  )
}

/** Without a picture there is no box: mail clients show no SVG, and a letter in a square says nothing. */
function picture({ imageUrl }: BlockPick): Markup {
  if (imageUrl === null) return toMarkup(html``)
  return toMarkup(
    html`<td width="90" valign="top" style="width:90px;"><img src="${imageUrl}" width="72" height="72" alt="" style="display:block;border-radius:8px;border:0;"></td>`,
  )
}

function blockText(picks: readonly BlockPick[]): string {
  return [blockHeading, ...picks.map(pickText)].join('\n\n')
}

export function pickText({ title, price, need, url }: BlockPick): string {
  return [`${title}, ${price}`, need, url ?? ''].filter(Boolean).join('\n')
}

export function pickRows(picks: EmailPicks, shop: BlockShop): { html: Markup; text: string } {
  const shown = picks.map((pick) => toBlockPick(pick, shop))
  return { html: joinMarkup(shown.map(pickRow)), text: shown.map(pickText).join('\n\n') }
}

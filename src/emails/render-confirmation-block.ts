// The block "Pairs well with your order" on its own, for a shop that renders its confirmation e-mail itself.
// Comes in: a decision for the placement `confirmation-email`. Goes out: the block as an HTML fragment (table, inline
// styles), as plain text, as plain values, as MJML, and as a Liquid template that a host fills with the plain values; all
// are empty when there is no pick. Titles are never trusted; braces in HTML and MJML are entities, so that a host that
// runs a template language over them finds nothing to run.

import { html } from 'hono/html'
import { blockLiquid } from './block-liquid.ts'
import { blockMjml } from './block-mjml.ts'
import { emailSerif } from './email-frame.ts'
import type { EmailPicks } from './email-shop.ts'
import { type TilePick, type TileShop, tilePicks, tileRow, tileText } from './product-tile.ts'
import { toMarkup, withoutBraces } from './to-markup.ts'
import { wordsIn } from './words/words-for.ts'

export type ConfirmationBlock = {
  readonly html: string
  readonly text: string
  readonly json: { readonly heading: string; readonly picks: readonly TilePick[] } | null
  /** The same for every order: it reads `json` from the metafield `aftercart.confirmation` of the order. */
  readonly liquid: string
  readonly mjml: string
}

export function renderConfirmationBlock(
  decision: { readonly picks: EmailPicks },
  shop: TileShop,
): ConfirmationBlock {
  const picks = tilePicks(decision.picks, shop)
  if (picks.length === 0) return { html: '', text: '', json: null, liquid: '', mjml: '' }
  const { heading, seeIt } = wordsIn(shop.locale).block
  return {
    html: withoutBraces(blockMarkup(heading, picks)),
    text: [heading, ...picks.map(tileText)].join('\n\n'),
    json: { heading, picks },
    liquid: blockLiquid,
    mjml: withoutBraces(blockMjml(heading, picks, seeIt)),
  }
}

function blockMarkup(heading: string, picks: readonly TilePick[]): string {
  return toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="offer" style="background:#f8f5f0;border-radius:10px;"><tr><td class="tile" style="padding:22px 24px 6px;"><h2 class="ink" style="margin:0;${emailSerif}font-size:20px;line-height:26px;font-weight:normal;color:#22302a;">${heading}</h2></td></tr>${picks.map((pick) => tileRow(pick, null))}<tr><td style="font-size:0;line-height:0;height:12px;">&nbsp;</td></tr></table>`,
  ).toString()
}

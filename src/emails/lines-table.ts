// What was bought and what it comes to, as a table. Comes in: lines and totals, amounts as they are read. Goes out: markup.

import { html } from 'hono/html'
import { type Markup, toMarkup } from './to-markup.ts'

/** `strong`: what it comes to. */
export type Totals = readonly { readonly label: string; readonly amount: string; readonly strong: boolean }[]
/** `detail`: quantity and price of one. */
export type Lines = readonly { readonly title: string; readonly detail: string; readonly amount: string }[]

const cell = 'padding:13px 0;border-bottom:1px solid #e8e3da;font-size:16px;line-height:24px;'

export function linesTable(label: string, lines: Lines, totals: Totals): Markup {
  const rows = lines.map(
    ({ title, detail, amount }) =>
      html`<tr><td class="ink rule" style="${cell}color:#22302a;">${title}<br><span class="soft" style="font-size:14px;color:#57534b;">${detail}</span></td><td class="ink rule" align="right" valign="top" style="${cell}color:#22302a;white-space:nowrap;padding-left:16px;">${amount}</td></tr>`,
  )
  const sums = totals.map(({ label: of, amount, strong }) => {
    const look = strong
      ? 'padding:10px 0 0;font-size:17px;font-weight:600;color:#22302a;'
      : 'padding:10px 0 0;font-size:16px;color:#57534b;'
    const tone = strong ? 'ink' : 'soft'
    return html`<tr><td class="${tone}" style="${look}">${of}</td><td class="${tone}" align="right" style="${look}">${amount}</td></tr>`
  })
  return toMarkup(
    html`<table width="100%" cellpadding="0" cellspacing="0" border="0" aria-label="${label}">${rows}${sums}</table>`,
  )
}

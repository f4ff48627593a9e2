// Rows of bars with their intervals: name, bar, figure. Comes in: values on one scale. Goes out: markup; the words are
// text that scales and wraps with the page, only the bar is drawn. It is hidden from screen readers, which get the table
// beside it.

import { html } from 'hono/html'
import { joinMarkup, type Markup, toMarkup } from '../emails/to-markup.ts'
import type { Estimate } from '../measuring/estimate.ts'

export type BarRow = {
  readonly name: string
  readonly note?: string
  /** As it stands at the end of the row. */
  readonly figure: string
  readonly value: number
  readonly interval: Pick<Estimate, 'low' | 'high'> | null
  /** `plain`: what is attributed; `strong`: what was caused. */
  readonly look: 'plain' | 'strong'
}

export function intervalBars(rows: readonly BarRow[]): Markup {
  const highest = Math.max(0, ...rows.map(({ value, interval }) => Math.max(value, interval?.high ?? value)))
  const lowest = Math.min(0, ...rows.map(({ value, interval }) => Math.min(value, interval?.low ?? value)))
  const span = highest - lowest || 1
  const at = (value: number): string => `${(((value - lowest) / span) * 100).toFixed(2)}%`
  const drawn = rows.map(({ name, note, figure, value, interval, look }) => {
    const width = `${((Math.abs(value) / span) * 100).toFixed(2)}%`
    const whisker =
      interval === null
        ? html``
        : html`<line x1="${at(interval.low)}" x2="${at(interval.high)}" y1="13" y2="13" class="halo"/><line x1="${at(interval.low)}" x2="${at(interval.high)}" y1="13" y2="13"/><line x1="${at(interval.low)}" x2="${at(interval.low)}" y1="8" y2="18"/><line x1="${at(interval.high)}" x2="${at(interval.high)}" y1="8" y2="18"/>`
    const zero = lowest < 0 ? html`<line class="zero" x1="${at(0)}" x2="${at(0)}" y1="0" y2="26"/>` : html``
    return toMarkup(
      html`<div class="bar"><span class="bar-name">${name}${note === undefined ? html`` : html` <small>${note}</small>`}</span><svg width="100%" height="26" class="${look}"><rect x="${at(Math.min(0, value))}" y="4" width="${width}" height="18" rx="3"/>${zero}${whisker}</svg><span class="bar-figure">${figure}</span></div>`,
    )
  })
  return toMarkup(html`<div class="bars" aria-hidden="true">${joinMarkup(drawn)}</div>`)
}

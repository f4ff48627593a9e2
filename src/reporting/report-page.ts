// The report as one page that stands alone: no script, nothing fetched, printable on A4. Comes in: a report. Goes out: a
// whole HTML document. First what offers earned and what to change next; then the tables that this stands on. Titles and
// ids come from outside: they are escaped, and lose what would change the direction of reading.

import { html, raw } from 'hono/html'
import { isoDate } from '../domain/instant.ts'
import { withoutDirections } from '../domain/without-directions.ts'
import { joinMarkup, type Markup, toMarkup } from '../emails/to-markup.ts'
import type { Advice } from '../measuring/advice/advice.ts'
import { percent, roundMoney } from '../measuring/advice/say-figures.ts'
import type { Report } from '../measuring/report.ts'
import { sayTerm } from '../measuring/say-term.ts'
import { effectWords } from './advice-words.ts'
import { type BarRow, intervalBars } from './interval-bars.ts'
import { methodNotes } from './method-notes.ts'
import { pageStyle } from './page-style.ts'
import {
  causedTable,
  experimentTable,
  messageTable,
  orderValueTable,
  pairingTable,
  placementNames,
  placementTable,
  type ReportTable,
  rateText,
  relationTable,
  worthTable,
} from './report-tables.ts'

const NEXT = 3
const PAIRINGS_DRAWN = 10
const PAIRINGS_LISTED = 40

export type PageFacts = { readonly shopName: string }

export function renderReportPage(report: Report, { shopName }: PageFacts): string {
  const [first = '', ...others] = report.headlines
  const changes = report.advice.filter(({ action }) => action !== 'keep' && action !== 'wait')
  const next = changes.length === 0 ? report.advice.slice(0, NEXT) : changes.slice(0, NEXT)
  const rest = report.advice.filter((one) => !next.includes(one))
  const period = `${longDate(report.period.fromMs)} to ${longDate(report.period.toMs - 1)}`
  const page = toMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>What offers earned, ${period}</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
<main class="sheet">
<p class="eyebrow"><span><b>${shopName === '' ? 'Aftercart' : shopName}</b> · What offers after payment earned</span><span>${period}</span></p>
<h1>${unbroken(first)}</h1>
<div class="lead">${others.map((line) => html`<p>${unbroken(line)}</p>`)}</div>
<div class="front">
<section class="card" aria-labelledby="next-title"><h2 id="next-title">What to change next</h2>${adviceList(next, report)}</section>
<section class="card" aria-labelledby="earned-title"><h2 id="earned-title">What it earned</h2>${earned(report)}</section>
</div>
${section('What was caused', '', [tableOf(causedTable(report))])}
${section('Where offers stand', placesNote(report), [placementBars(report), tableOf(placementTable(report)), tableOf(relationTable(report)), tableOf(orderValueTable(report))])}
${section('Pairings', 'Attach rate: of the orders that saw the pairing, how many took it. The line is the interval of 95 %; where two lines overlap widely, nobody knows yet which is better.', [pairingBars(report), tableOf(pairingTable(report, PAIRINGS_LISTED))])}
${section('Messages', '', [tableOf(messageTable(report))])}
${section('Experiments', '', [tableOf(experimentTable(report)), verdicts(report)])}
${section('What customers are worth', '', [tableOf(worthTable(report)), worthWarnings(report)])}
${rest.length === 0 ? '' : html`<section><h2>Also</h2>${adviceList(rest, report)}</section>`}
<section><h2>How these figures are made</h2><dl>${methodNotes(report).map(({ name, note }) => html`<div><dt>${name}</dt><dd>${note}</dd></div>`)}</dl></section>
<p class="soft" style="margin-top:2rem"><small>Made by Aftercart on ${isoDate(report.madeAtMs)}. Money is in ${report.currency}${report.otherCurrencyEntries > 0 ? `; ${report.otherCurrencyEntries} entries in other currencies are in no figure` : ''}.</small></p>
</main>
</body>
</html>`)
  return withoutDirections(page.toString())
}

/** A figure and its sign stay on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) %/g, '$1\u00a0%')
}

function section(title: string, lead: string, parts: readonly Markup[]): Markup {
  return toMarkup(
    html`<section><h2>${title}</h2>${lead === '' ? '' : html`<p class="soft">${lead}</p>`}${joinMarkup(parts)}</section>`,
  )
}

function tableOf({ caption, head, rows, empty }: ReportTable): Markup {
  if (rows.length === 0) return toMarkup(empty === '' ? html`` : html`<p class="empty">${empty}</p>`)
  return toMarkup(
    html`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell, at) => html`<td data-name="${head[at + 1] ?? ''}">${cell}</td>`)}</tr>`)}</tbody></table></div>`,
  )
}

function adviceList(advice: readonly Advice[], { currency }: Report): Markup {
  return toMarkup(
    html`<ol class="advice">${advice.map((one) => {
      const effect = effectWords(one, currency)
      return html`<li><div><h3>${one.sentence}</h3>${effect === null ? '' : html`<p class="effect">${effect.value} <small class="soft">(${effect.range})</small></p>`}<p class="soft">${unbroken(one.because)}</p>${one.command === null ? '' : html`<p><code>${one.command}</code></p>`}</div></li>`
    })}</ol>`,
  )
}

/** What was caused beside what is attributed, on one scale. */
function earned(report: Report): Markup {
  const { currency, caused, total } = report
  const money = (amount: number): string => roundMoney(Math.round(amount), currency)
  if (total.ordersExposed === 0)
    return toMarkup(
      html`<p class="empty">Two bars will stand here: what is attributed to offers, and what they caused. The first begins with the first offer that is taken, the second needs about 30 days and 150 held-out customers more.</p>`,
    )
  const known = caused.filter((one) => one.revenueMinor !== null && !one.sampleRatioAlarm)
  const bars: BarRow[] = known.flatMap(({ windowDays, attributedMinor, term, revenueMinor: told }) => [
    {
      name: 'Attributed',
      note: `of ${sayTerm(term)} who could be followed for ${windowDays} days`,
      figure: money(attributedMinor),
      value: attributedMinor,
      interval: null,
      look: 'plain',
    },
    {
      name: 'Caused',
      note:
        told === null
          ? ''
          : `within ${windowDays} days; 95 % sure between ${money(told.low)} and ${money(told.high)}`,
      figure: money(told?.value ?? 0),
      value: told?.value ?? 0,
      interval: told,
      look: 'strong',
    },
  ])
  const plain: BarRow = {
    name: 'Attributed',
    note: 'all of this period, net',
    figure: money(total.netMinor),
    value: total.netMinor,
    interval: null,
    look: 'plain',
  }
  const unknown =
    known.length > 0
      ? html``
      : html`<p class="empty">What was caused will stand beside it, once the hold-out has 150 customers on either side.</p>`
  return toMarkup(html`${intervalBars(bars.length === 0 ? [plain] : bars)}${unknown}`)
}

function placesNote({ ordersEligible, orders, holdOutShare }: Report): string {
  if (orders === 0) return ''
  return `${orders.toLocaleString('en')} orders came in; for ${ordersEligible.toLocaleString('en')} there was something to offer${holdOutShare > 0 ? `, and ${percent(holdOutShare)} of customers are held out` : ''}.`
}

function placementBars({ placements }: Report): Markup {
  return intervalBars(
    placements
      .filter(({ ordersExposed }) => ordersExposed > 0)
      .map(({ placement, attachRate }) => ({
        name: placementNames[placement],
        figure: rateText(attachRate),
        value: attachRate.estimate?.value ?? attachRate.part / Math.max(1, attachRate.whole),
        interval: attachRate.estimate,
        look: 'strong',
      })),
  )
}

function pairingBars({ pairings }: Report): Markup {
  return intervalBars(
    pairings
      .filter(({ ordersExposed }) => ordersExposed > 0)
      .slice(0, PAIRINGS_DRAWN)
      .map(({ anchorTitle, productTitle, placement, attachRate }) => ({
        name: productTitle,
        note: `with ${anchorTitle}, ${placementNames[placement].toLowerCase()}`,
        figure: rateText(attachRate),
        value: attachRate.estimate?.value ?? attachRate.part / Math.max(1, attachRate.whole),
        interval: attachRate.estimate,
        look: 'strong',
      })),
  )
}

function verdicts({ experiments }: Report): Markup {
  return toMarkup(html`${experiments.map(({ sentence }) => html`<p>${sentence}</p>`)}`)
}

function worthWarnings({ lifetimeValue: worth }: Report): Markup {
  if (worth.kind === 'unknown') return toMarkup(html``)
  return toMarkup(html`${worth.warnings.map((warning) => html`<p class="soft">${warning}</p>`)}`)
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** "23 November 2026", in UTC. */
export function longDate(atMs: number): string {
  const [year = '', month = '', day = ''] = isoDate(atMs).split('-')
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`
}

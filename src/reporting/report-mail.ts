// The weekly mail to the owner: what offers earned, what they caused, and the three best actions. Comes in: a report, and
// where this Aftercart is reached. Goes out: subject, HTML and text. It fetches nothing, and holds no figure of a customer.

import { html } from 'hono/html'
import { withoutDirections } from '../domain/without-directions.ts'
import { emailButton, emailFrame, emailSection } from '../emails/email-frame.ts'
import { joinMarkup, oneLine, toMarkup, webUrl } from '../emails/to-markup.ts'
import type { RenderedReport } from '../measuring/mail-weekly-report.ts'
import type { Report } from '../measuring/report.ts'
import { effectWords } from './advice-words.ts'
import { longDate } from './report-page.ts'

const NEXT = 3

export type MailPlace = {
  readonly shopName: string
  /** `null`: the page is not reached from outside. */
  readonly publicUrl: string | null
}

export function renderReportMail(report: Report, { shopName, publicUrl }: MailPlace): RenderedReport {
  const name = oneLine(shopName) || 'Aftercart'
  const [first = '', ...others] = report.headlines
  const next = report.advice.slice(0, NEXT)
  const subject = oneLine(`${name}: ${next[0]?.sentence ?? first}`).slice(0, 150)
  const period = `${longDate(report.period.fromMs)} to ${longDate(report.period.toMs - 1)}`
  const results = webUrl(publicUrl === null ? null : `${publicUrl}/#/results`)
  const paragraph = 'margin:0 0 12px;font-size:16px;line-height:25px;'
  const intro = toMarkup(
    html`<h1 class="ink" style="margin:0 0 14px;font-size:22px;line-height:29px;font-weight:600;color:#22302a;">${first}</h1>${others.map((line) => html`<p class="soft" style="${paragraph}color:#57534b;">${line}</p>`)}`,
  )
  const list = toMarkup(
    html`<h2 class="ink" style="margin:0 0 14px;font-size:18px;line-height:24px;font-weight:600;color:#22302a;">What to change next</h2>${next.map(
      (advice, at) => {
        const effect = effectWords(advice, report.currency)
        return html`<p class="ink" style="margin:0 0 4px;font-size:16px;line-height:24px;font-weight:600;color:#22302a;">${at + 1}. ${advice.sentence}</p>${effect === null ? '' : html`<p class="accent" style="margin:0 0 4px;font-size:15px;line-height:22px;color:#2d5544;">${effect.value} (${effect.range})</p>`}<p class="soft" style="margin:0 0 18px;font-size:14px;line-height:21px;color:#57534b;">${advice.because}</p>`
      },
    )}${emailButton('Open the results', results)}`,
  )
  const why = 'You get this once a week because measuring.reportTo in the settings names you.'
  return {
    subject,
    html: withoutDirections(
      emailFrame({
        shop: { ...noShop, name },
        subject,
        preview: first,
        content: joinMarkup([emailSection(intro, '32px 40px 12px'), emailSection(list, '8px 40px 32px')]),
        footer: toMarkup(html`${period}. ${why}`),
      }),
    ),
    text: [
      report.headlines.map(oneLine).join('\n'),
      'WHAT TO CHANGE NEXT',
      ...next.map((advice, at) => {
        const effect = effectWords(advice, report.currency)
        const lines = [
          `${at + 1}. ${advice.sentence}`,
          ...(effect === null ? [] : [`Effect: ${effect.value} (${effect.range})`]),
          advice.because,
          ...(advice.command === null ? [] : [advice.command]),
        ]
        return lines.map(oneLine).join('\n')
      }),
      ...(results === null ? [] : [results]),
      `${period}. ${why}`,
    ].join('\n\n'),
  }
}

const noShop = {
  locale: 'en',
  homeUrl: null,
  supportEmail: null,
  legalEntity: '',
  postalAddress: [],
  productUrl: () => null,
  orderUrl: () => null,
}

// The weekly report to the owner, over what a server or a worker has open. Goes out: a round that mails it where it is due;
// `null` where the settings name nobody, or no channel and sender.

import type { Logger } from 'pino'
import type { Settings } from '../domain/settings.ts'
import { mailWeeklyReport } from '../measuring/mail-weekly-report.ts'
import { type ReportEffects, readReport, reportPeriod } from '../measuring/read-report.ts'
import type { Channel } from '../ports/channel.ts'
import type { WeeklyReportStore } from '../ports/weekly-report-store.ts'
import { renderReportMail } from '../reporting/report-mail.ts'

/** A mail server that was away is asked again after so long. */
const LATER_MS = 15 * 60_000

type Place = {
  readonly settings: Settings
  readonly store: WeeklyReportStore
  readonly report: ReportEffects
  readonly email: Channel | null
}

export function openWeeklyReport(
  { settings, store, report, email }: Place,
  log: Pick<Logger, 'error' | 'info'>,
): (() => Promise<void>) | null {
  const { measuring, messaging } = settings
  const { reportTo, timeZone } = measuring
  const { sender, shopName, publicUrl } = messaging
  if (reportTo === null || email === null || sender === null) return null
  const { clock } = report
  let notBeforeMs = Number.NEGATIVE_INFINITY
  return async () => {
    const nowMs = clock.nowMs()
    if (nowMs < notBeforeMs) return
    const outcome = await mailWeeklyReport(
      { reportTo, timeZone, from: sender },
      {
        ...{ store, clock, email },
        readReport: () => readReport(reportPeriod({}, nowMs), report),
        render: (made) => renderReportMail(made, { shopName, publicUrl }),
      },
    )
    if (outcome.kind === 'sent') log.info({}, 'the weekly report was mailed')
    if (outcome.kind === 'try-later') notBeforeMs = nowMs + LATER_MS
    if ('reason' in outcome) log.error(outcome, 'the weekly report was not mailed, or may not have been')
  }
}

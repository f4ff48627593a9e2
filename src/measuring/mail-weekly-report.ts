// Mails the owner the week's report, once a week. Comes in: who gets it and when it is due; the effects: the store, which
// lets one worker a week do it, the channel, and how the report is made. Goes out: what became of it. The report is made
// before it is claimed, so that hardly anything lies between the claim and the mail; whoever dies there has not sent it
// twice. What the channel says was surely not taken is released, and tried again later; what is open is not repeated.

import type { MeasuringSettings } from '../domain/measuring-settings.ts'
import { reportWeekDue } from '../domain/report-week.ts'
import type { Channel, Mailbox } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { WeeklyReportStore } from '../ports/weekly-report-store.ts'
import type { Report } from './report.ts'

export type RenderedReport = { readonly subject: string; readonly html: string; readonly text: string }

export type WeeklyReportEffects = {
  readonly store: WeeklyReportStore
  readonly clock: Clock
  readonly email: Channel
  readonly readReport: () => Promise<Report>
  readonly render: (report: Report) => RenderedReport
}

export type WeeklyReportOutcome =
  | { readonly kind: 'not-due' | 'sent' | 'another-did' }
  | { readonly kind: 'try-later' | 'rejected' | 'ambiguous'; readonly reason: string }

export async function mailWeeklyReport(
  settings: Pick<MeasuringSettings, 'timeZone'> & { readonly reportTo: string; readonly from: Mailbox },
  { store, clock, email, readReport, render }: WeeklyReportEffects,
): Promise<WeeklyReportOutcome> {
  const nowMs = clock.nowMs()
  const week = reportWeekDue(nowMs, settings.timeZone)
  if (week === null) return { kind: 'not-due' }
  if (await store.isWeeklyReportClaimed(week)) return { kind: 'another-did' }
  const rendered = render(await readReport())
  if (!(await store.claimWeeklyReport(week, nowMs))) return { kind: 'another-did' }
  const outcome = await email.send({
    id: `weekly-report-${week}`,
    medium: 'email',
    class: 'transactional',
    to: { name: null, address: settings.reportTo },
    content: { kind: 'email', from: settings.from, replyTo: null, ...rendered, unsubscribeUrl: null },
    moment: { flow: 'weekly-report', orderId: '', atMs: nowMs, picks: [] },
  })
  if (outcome.kind === 'sent') return { kind: 'sent' }
  if (outcome.kind === 'try-later') await store.releaseWeeklyReport(week)
  return { kind: outcome.kind, reason: outcome.reason }
}

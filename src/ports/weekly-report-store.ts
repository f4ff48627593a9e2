// The part of the store that keeps the weekly report to one a week, however many workers there are.

export type WeeklyReportStore = {
  /** True for exactly one caller: that one mails it. The claim stays where that caller dies, so that no report goes twice. */
  claimWeeklyReport(week: string, atMs: number): Promise<boolean>
  /** Cheap: asked often. */
  isWeeklyReportClaimed(week: string): Promise<boolean>
  /** Surely nothing was sent: anybody may claim it again. */
  releaseWeeklyReport(week: string): Promise<void>
}

// Which share has not bought again after so many days, without assuming a shape: the check on the lognormal of
// renewal-interval.ts. Source: Kaplan & Meier 1958, "Nonparametric estimation from incomplete observations".

/** `intervals` ≥ 0 customers waited `days`; `closed`: then they bought, otherwise they are still waiting. */
export type WatchedInterval = { readonly days: number; readonly intervals: number; readonly closed: boolean }

/** From `days` on, until the next step, `survival` in [0, 1] have not bought. */
export type SurvivalStep = { readonly days: number; readonly survival: number }

/**
 * One step per distinct length of a closed interval, days ascending, survival falling; none without closed intervals.
 * Who is still waiting after exactly t days was there to buy on day t. Beyond the longest interval nothing is known.
 */
export function kaplanMeier(watched: readonly WatchedInterval[]): SurvivalStep[] {
  const sorted = watched.filter(({ intervals }) => intervals > 0).sort((a, b) => a.days - b.days)
  let atRisk = sorted.reduce((sum, { intervals }) => sum + intervals, 0)
  let survival = 1
  const steps: SurvivalStep[] = []
  for (const [days, ending] of Map.groupBy(sorted, (one) => one.days)) {
    let bought = 0
    let gone = 0
    for (const { intervals, closed } of ending) {
      gone += intervals
      if (closed) bought += intervals
    }
    if (bought > 0) {
      survival *= Math.max(0, 1 - bought / atRisk)
      steps.push({ days, survival })
    }
    atRisk -= gone
  }
  return steps
}

/** Share that has not bought after `days`. 1 before the first step. */
export function survivalAt(steps: readonly SurvivalStep[], days: number): number {
  return steps.findLast((step) => step.days <= days)?.survival ?? 1
}

// What comes next, when, in which order: gives each live `extend` pairing the days that customers really let pass from
// the first purchase of its anchor to that of its add-on. Comes in: a pairing, and customers by gap in days, both ways
// round. Goes out: the pairing with a follow-up window from the first to the third quartile of the gaps (within the days
// that the shop allows) and the order of the two in its evidence. Where customers buy the two the other way round more
// often than a fair coin would have it, the add-on is not what comes next, and the pairing is refused.

import type { Pairing } from '../domain/pairing.ts'
import type { Settings } from '../domain/settings.ts'
import { signTest } from '../stats/sign-test.ts'

/** Customers by days between the two first purchases; the index is the number of days. */
export type Gaps = { readonly later: ArrayLike<number>; readonly earlier: ArrayLike<number> }

/** Below this p-value the order of the two is no accident. */
const DIRECTION_SURE = 0.05

type FollowUpDays = Pick<Settings, 'followUpFromDay' | 'followUpToDay'>

export function isNextStep({ verdict }: Pairing): boolean {
  return verdict.status === 'live' && verdict.relation === 'extend'
}

export function timeNextStep(pairing: Pairing, gaps: Gaps, settings: FollowUpDays): Pairing {
  const later = total(gaps.later)
  const earlier = total(gaps.earlier)
  if (later === 0) return pairing
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => dayAt(gaps.later, share * later))
  const evidence = {
    ...pairing.evidence,
    customersEarlier: earlier,
    laterDaysLow: low ?? 0,
    laterDaysMedian: median ?? 0,
    laterDaysHigh: high ?? 0,
  }
  const sure = signTest(later, earlier) < DIRECTION_SURE
  if (sure && earlier > later) {
    const because = `${earlier} customers bought them the other way round, ${later} in this order`
    return {
      ...pairing,
      verdict: { status: 'refused', relation: 'too-little-evidence', because, decidedBy: 'orders-later' },
      evidence,
      need: '',
      windows: [],
    }
  }
  const order = sure
    ? `${earlier} the other way round`
    : `${earlier} the other way round, so the order is not sure`
  const because = `${pairing.verdict.because}; half of them after ${low} to ${high} days; ${order}`
  const within = (day: number): number =>
    Math.min(settings.followUpToDay, Math.max(settings.followUpFromDay, day))
  const windows = pairing.windows.map((window) =>
    window.placement === 'follow-up'
      ? { ...window, fromDay: within(evidence.laterDaysLow), toDay: within(evidence.laterDaysHigh) }
      : window,
  )
  return {
    ...pairing,
    verdict: { status: 'live', relation: 'extend', because, decidedBy: 'orders-later' },
    evidence,
    windows,
  }
}

function total(customersByDay: ArrayLike<number>): number {
  return Array.from(customersByDay).reduce((sum, customers) => sum + customers, 0)
}

/** The first day by which so many customers had bought it. */
function dayAt(customersByDay: ArrayLike<number>, customers: number): number {
  let sum = 0
  for (let day = 0; day < customersByDay.length; day++) {
    sum += customersByDay[day] ?? 0
    if (sum > 0 && sum >= customers) return day
  }
  return customersByDay.length - 1
}

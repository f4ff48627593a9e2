// What comes next, when, in which order: gives each live `extend` pairing the days that customers really let pass from
// the first purchase of its anchor to that of its add-on. Comes in: a pairing, and customers by gap in days, both ways
// round. Goes out: the pairing with a follow-up window from the first to the third quartile of the gaps (within the days
// that the shop allows) and the order of the two in its evidence. Refused is what has no order (taste brings two things of
// a department in either: sequence symmetry, Hallas 1996), what taste can explain, and what another product explains that
// these customers had just bought as well.

import type { Pairing } from '../domain/pairing.ts'
import type { Settings } from '../domain/settings.ts'
import { signTest } from '../stats/sign-test.ts'
import { boughtLater } from './label-relation.ts'

/** Customers by days between the two first purchases; the index is the number of days. */
export type Gaps = {
  readonly later: ArrayLike<number>
  readonly earlier: ArrayLike<number>
  /** Of `later`, customers who within the window had also first bought something that the add-on follows by a larger lift. */
  readonly explained: number
  /** What `later` would hold by the popularity of each week. */
  readonly expected: number
}

/** Below this p-value the order of the two is no accident. */
const DIRECTION_SURE = 0.05
/**
 * Who likes a department buys its things one after the other more often than popularity explains. In the simulated shop
 * with 400 orders a product, what nobody planted and nothing else explains goes up to three times as often in the middle.
 */
const TASTE_LIFT = 2

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
    customersLaterExpected: gaps.expected,
    customersEarlier: earlier,
    laterDaysLow: low ?? 0,
    laterDaysMedian: median ?? 0,
    laterDaysHigh: high ?? 0,
  }
  const counts = `${later} customers bought it later, ${gaps.expected.toFixed(1)} expected, and ${earlier} the other way round`
  const doubt = doubtOf(later, earlier, gaps)
  if (doubt !== null) return refuse({ ...pairing, evidence }, `${counts}: ${doubt}`)
  const because = `${counts}; half of them after ${low} to ${high} days`
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

/** Why it is no next step, or `null`. */
function doubtOf(later: number, earlier: number, { explained, expected }: Gaps): string | null {
  if (earlier >= later || signTest(later, earlier) >= DIRECTION_SURE) return 'neither comes first for sure'
  const most = TASTE_LIFT * expected
  if (!boughtLater({ customersLater: later, customersLaterExpected: most }))
    return 'what is new, in season or to their taste explains as much'
  return boughtLater({ customersLater: later - explained, customersLaterExpected: most })
    ? null
    : `${explained} of them had also just bought something that it follows more surely`
}

function refuse(pairing: Pairing, because: string): Pairing {
  return {
    ...pairing,
    verdict: { status: 'refused', relation: 'too-little-evidence', because, decidedBy: 'orders-later' },
    need: '',
    windows: [],
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

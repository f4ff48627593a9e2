// Has a pairing gone stale? Comes in: a pairing that its whole history makes live, and how it did of late. Goes out: why
// it is live no more, or null. Two ways to fade, both about what customers complete in one order:
//
//   evidence-decayed      the last order with both is more than a year old, although the anchor was bought since
//   bought-together-less  of the anchor's orders of the last 90 days surely (both 95 % Wilson intervals) less than half as
//                         many hold the add-on as of those before, and these days alone do not show it any more
//
// Both read the history; how often what is shown is taken, the attach rate, is judged by attach-rate-fallen.ts.
// What has a season is left to the season. What can go wrong: an add-on that was out of stock for months fades, and
// comes back with its orders.

import type { Evidence, Pairing } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { RetireReason } from '../domain/plan-change.ts'
import { shrunkLift } from '../stats/shrunk-lift.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import { SUREST_LIFT_MIN } from './label-relation.ts'

/** Days that count as "of late". */
export const LATELY_DAYS = 90
export const YEAR_DAYS = 365
const FALLEN_SHARE = 0.5

/** Orders of an anchor, and of these the ones that hold an add-on, in the last days of the history. */
export type Lately = {
  readonly orders: number
  readonly together: number
  readonly ordersInYear: number
  readonly togetherInYear: number
}

export type Faded = {
  readonly reason: Extract<RetireReason, 'evidence-decayed' | 'bought-together-less'>
  readonly because: string
}

export function fadedReason(
  { verdict, evidence }: Pick<Pairing, 'verdict' | 'evidence'>,
  lately: Lately | null,
  anchor: Pick<PlanProduct, 'season'>,
  addOn: Pick<PlanProduct, 'season'>,
): Faded | null {
  if (lately === null || verdict.status !== 'live' || verdict.relation !== 'complete') return null
  if (anchor.season !== undefined || addOn.season !== undefined) return null
  if (lately.togetherInYear === 0 && lately.ordersInYear > 0) {
    const because = `none of the ${lately.ordersInYear} orders of the last ${YEAR_DAYS} days with the anchor holds it; ${evidence.ordersTogether} did before`
    return { reason: 'evidence-decayed', because }
  }
  return fallen(evidence, lately)
}

function fallen(evidence: Evidence, { orders, together }: Lately): Faded | null {
  const [ordersBefore, togetherBefore] = [evidence.orders - orders, evidence.ordersTogether - together]
  const was = wilsonInterval(togetherBefore, ordersBefore)
  const is = wilsonInterval(together, orders)
  if (is.high >= was.low * FALLEN_SHARE) return null
  const expected = (evidence.expected * evidence.kindLift * orders) / evidence.orders
  if (shrunkLift(together, expected).low > SUREST_LIFT_MIN) return null
  const because =
    `of late ${share(together, orders)} of the orders with the anchor hold it (${together} of ${orders} in ${LATELY_DAYS} days), ` +
    `before that ${share(togetherBefore, ordersBefore)} did (${togetherBefore} of ${ordersBefore})`
  return { reason: 'bought-together-less', because }
}

function share(part: number, whole: number): string {
  return `${whole > 0 ? ((100 * part) / whole).toFixed(1) : '0.0'} %`
}

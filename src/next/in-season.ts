// Out of season a product is not offered: nobody wants Christmas crackers in January, whatever December's orders say.
// Comes in: candidates and the moment of the decision; what is shown later is judged by the month in which it is shown.
// Goes out: those that sell in that month, and the others with the figures. A pairing that the owner approved or pinned
// passes.

import { DAY_MS } from '../domain/instant.ts'
import type { Placement } from '../domain/placement.ts'
import type { Season } from '../domain/plan.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'
import { type OwnersHand, wordsOn } from './owner-guide.ts'
import { showAfterDays } from './time-window.ts'

const monthNames = [
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
]

export function inSeason(
  candidates: readonly Candidate[],
  placement: Placement,
  { guide, nowMs }: OwnersHand,
): Sifted {
  return sift(candidates, (candidate) => {
    const { product, anchor } = candidate
    if (product.season === undefined) return null
    const shownAtMs = nowMs + showAfterDays(candidate, placement) * DAY_MS
    const detail = whyOutOfSeason(product.season, shownAtMs)
    if (detail === null) return null
    const { standing } = wordsOn(guide, anchor.id, product.id)
    if (standing === 'approved' || standing === 'pinned') return null
    return { rule: 'out-of-season', detail }
  })
}

/** `null` while it is in season. */
export function whyOutOfSeason({ quiet, sells }: Season, atMs: number): string | null {
  const month = new Date(atMs).getUTCMonth() + 1
  const found = quiet.find((one) => one.month === month)
  if (found === undefined) return null
  const most = sells.length === 0 ? '' : `; it sells in ${nameMonths(sells)}`
  const usual = Math.round(found.usual)
  const evidence =
    usual < 1
      ? 'hardly bought then, like others of its kind'
      : `${found.orders} of its orders came then, where its rate in season would bring ${usual}`
  return `it is out of season in ${monthNames[month - 1]}: ${evidence}${most}`
}

/** "October to December", "March and June"; December is followed by January. */
export function nameMonths(months: readonly number[]): string {
  const held = new Set(months)
  const before = (month: number): number => (month === 1 ? 12 : month - 1)
  const after = (month: number): number => (month === 12 ? 1 : month + 1)
  if (held.size === 12) return 'all months'
  const runs = months
    .filter((month) => !held.has(before(month)))
    .map((first) => {
      let last = first
      while (held.has(after(last))) last = after(last)
      const name = (month: number): string => monthNames[month - 1] ?? ''
      return first === last ? name(first) : `${name(first)} to ${name(last)}`
    })
  return runs.length < 2 ? runs.join('') : `${runs.slice(0, -1).join(', ')} and ${runs.at(-1)}`
}

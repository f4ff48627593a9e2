// Whose figures the hold-out's are, in words. Comes in: a term (domain/hold-out-term.ts). Goes out: a phrase, and a cell of a table.

import { isoDate } from '../domain/instant.ts'
import { percent } from './advice/say-figures.ts'
import type { Caused } from './figures.ts'

type Term = Caused['term']

/** "all customers so far", "customers first met since 2026-11-03, when the hold-out became 20 %". */
export function sayTerm({ share, fromMs, untilMs }: Term): string {
  if (untilMs !== null)
    return `customers first met ${fromMs === null ? '' : `from ${isoDate(fromMs)} `}until ${isoDate(untilMs)}, while ${percent(share)} were held out,`
  if (fromMs === null) return 'all customers so far'
  return `customers first met since ${isoDate(fromMs)}, when the hold-out became ${percent(share)},`
}

/** "since 2026-11-03 (20 %)"; empty where it is of everybody. */
export function termCell({ share, fromMs, untilMs }: Term): string {
  const dates = [
    fromMs === null ? '' : `${untilMs === null ? 'since' : 'from'} ${isoDate(fromMs)}`,
    untilMs === null ? '' : `until ${isoDate(untilMs)}`,
  ].filter((part) => part !== '')
  return dates.length === 0 ? '' : `${dates.join(' ')} (${percent(share)})`
}

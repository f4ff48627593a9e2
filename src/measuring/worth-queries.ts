// The questions that the worth of customers asks of the order history. Comes in: the history and what is not goods. Goes
// out: rows, and customers as columns. Each statement stands in the .sql file of its name.

import type { History } from '../ports/history.ts'
import type { Query } from '../ports/query.ts'
import { number, numbers, text } from '../ports/read-fields.ts'
import type { Cohort } from './lifetime-value.ts'

/** One entry per customer in each; see `customer-worth.sql`. */
export type CustomerColumns = {
  readonly repeats: Int32Array
  readonly lastDays: Int32Array
  readonly watchedDays: Int32Array
  readonly firstMinor: Float64Array
  readonly repeatsMinor: Float64Array
  readonly later: Int32Array
  readonly laterMinor: Float64Array
  /** Of the hold-out, `SIDE`. */
  readonly sides: Int32Array
}

export const SIDE = { none: 0, offered: 1, heldOut: 2 } as const

/** Customer ids; no id in both. */
export type Sides = { readonly offered: readonly string[]; readonly heldOut: readonly string[] }

const noSides: Sides = { offered: [], heldOut: [] }

export type WorthSource = {
  readonly currency: string
  readonly firstDay: number
  readonly lastDay: number
  readonly revenueMinor: number
  readonly guestsMinor: number
  readonly unmatchedMinor: number
}

/** What every question leaves out. */
export type GoodsIn = { readonly notGoods: readonly string[]; readonly currency: string }

const customerWorth: Query<unknown> = {
  file: new URL('./customer-worth.sql', import.meta.url),
  row: (raw) => raw,
}

const worthSources: Query<WorthSource> = {
  file: new URL('./worth-sources.sql', import.meta.url),
  row: (raw) => ({
    currency: text(raw, 'currency'),
    firstDay: number(raw, 'first_day'),
    lastDay: number(raw, 'last_day'),
    revenueMinor: number(raw, 'revenue_minor'),
    guestsMinor: number(raw, 'guests_minor'),
    unmatchedMinor: number(raw, 'unmatched_minor'),
  }),
}

type CohortRow = {
  readonly month: string
  readonly lastDay: number
  readonly customers: number
  readonly minor: Readonly<Record<1 | 3 | 6 | 12, number>>
  readonly repeatsInYear: number
}

const cohortWorth: Query<CohortRow> = {
  file: new URL('./cohort-worth.sql', import.meta.url),
  row: (raw) => ({
    month: text(raw, 'month'),
    lastDay: number(raw, 'last_day'),
    customers: number(raw, 'customers'),
    minor: {
      1: number(raw, 'minor_1'),
      3: number(raw, 'minor_3'),
      6: number(raw, 'minor_6'),
      12: number(raw, 'minor_12'),
    },
    repeatsInYear: number(raw, 'repeats_12'),
  }),
}

/** By currency, the one that most was sold in first. */
export function readSources(
  history: Pick<History, 'rows'>,
  notGoods: readonly string[],
): Promise<WorthSource[]> {
  return history.rows(worthSources, { not_goods: notGoods })
}

/** A horizon is told of a month once it is over for the last customer of it, at the end of `lastDay`. */
export async function readCohorts(
  history: Pick<History, 'rows'>,
  { notGoods, currency }: GoodsIn,
  lastDay: number,
): Promise<Cohort[]> {
  const rows = await history.rows(cohortWorth, { not_goods: notGoods, currency })
  return rows.map((row) => {
    const { customers, minor } = row
    const isOver = (days: number): boolean => row.lastDay + days - 1 <= lastDay
    return {
      month: row.month,
      customers,
      revenueMinor: {
        1: isOver(30) ? minor[1] / customers : null,
        3: isOver(91) ? minor[3] / customers : null,
        6: isOver(182) ? minor[6] / customers : null,
        12: isOver(365) ? minor[12] / customers : null,
      },
      repeatsInYear: isOver(365) ? row.repeatsInYear / customers : null,
    }
  })
}

/** What was known of customers when the day began, and what they did within `days` from it on. */
export async function readCustomers(
  history: Pick<History, 'columns'>,
  { notGoods, currency }: GoodsIn,
  {
    fromDay,
    days,
    sides = noSides,
  }: { readonly fromDay: number; readonly days: number; readonly sides?: Sides },
): Promise<CustomerColumns> {
  const names = [
    'repeats',
    'last_days',
    'watched_days',
    'first_minor',
    'repeats_minor',
    'later',
    'later_minor',
    'side',
  ] as const
  const pieces = new Map<string, (Int32Array | Uint32Array | Float64Array)[]>(names.map((name) => [name, []]))
  const { offered, heldOut } = sides
  const parameters = { not_goods: notGoods, currency, from_day: fromDay, days, offered, held_out: heldOut }
  let size = 0
  for await (const chunk of history.columns(customerWorth, parameters)) {
    size += chunk.rows
    for (const name of names) pieces.get(name)?.push(numbers(chunk, name))
  }
  const joined = <Column extends Int32Array | Float64Array>(
    name: (typeof names)[number],
    into: Column,
  ): Column => {
    let at = 0
    for (const piece of pieces.get(name) ?? []) {
      into.set(piece, at)
      at += piece.length
    }
    return into
  }
  return {
    repeats: joined('repeats', new Int32Array(size)),
    lastDays: joined('last_days', new Int32Array(size)),
    watchedDays: joined('watched_days', new Int32Array(size)),
    firstMinor: joined('first_minor', new Float64Array(size)),
    repeatsMinor: joined('repeats_minor', new Float64Array(size)),
    later: joined('later', new Int32Array(size)),
    laterMinor: joined('later_minor', new Float64Array(size)),
    sides: joined('side', new Int32Array(size)),
  }
}

// May the owner trust the model? It is fitted to what was known a quarter or a year ago, and what it foretold is held
// against what came. Comes in: customers as they were known then, and what they did since. Goes out: both, with the bias;
// null where they were too few for a model then. Runs in another thread.

import type { Job } from '../ports/parallel.ts'
import { fitCustomers } from './fit-customers.ts'
import type { HoldBack } from './lifetime-value.ts'
import type { CustomerColumns } from './worth-queries.ts'

export type HoldBackRequest = { readonly customers: CustomerColumns; readonly days: number }

export const holdBackJob: Job<HoldBackRequest, HoldBack | null> = {
  module: new URL(import.meta.url),
  exportName: 'holdBack',
}

export function holdBack({ customers: columns, days }: HoldBackRequest): HoldBack | null {
  const fit = fitCustomers(columns)
  if (fit.kind === 'too-few') return null
  const { customers } = fit
  const expected = customers.ifThere((until) => until(days))
  const total = columns.repeats.length
  const values = new Float64Array(total)
  let [foretold, actual, foretoldMinor, actualMinor, squares, naiveSquares] = [0, 0, 0, 0, 0, 0]
  for (let customer = 0; customer < total; customer++) {
    const purchases = customers.alive(customer) * expected(customer)
    const later = columns.later[customer] ?? 0
    const repeats = columns.repeats[customer] ?? 0
    const naive = (repeats * days) / Math.max(1, columns.watchedDays[customer] ?? 1)
    foretold += purchases
    actual += later
    const value = purchases * customers.orderMinor(customer)
    values[customer] = value
    foretoldMinor += value
    actualMinor += columns.laterMinor[customer] ?? 0
    squares += (purchases - later) ** 2
    naiveSquares += (naive - later) ** 2
  }
  // A shop that stood still: there is nothing to divide by, and nothing to learn.
  if (actual === 0) return null
  return {
    days,
    customers: total,
    foretoldPurchases: foretold,
    actualPurchases: actual,
    bias: foretold / actual - 1,
    foretoldRevenueMinor: foretoldMinor,
    actualRevenueMinor: actualMinor,
    revenueBias: foretoldMinor / actualMinor - 1,
    bestTenthShare: broughtBy(bestTenth(values), columns.laterMinor) / actualMinor,
    error: Math.sqrt(squares / total),
    naiveError: Math.sqrt(naiveSquares / total),
  }
}

/** The customers of whom most is expected, a tenth of them; of equals the first. */
function bestTenth(values: Float64Array): number[] {
  const places = Array.from(values, (_, customer) => customer)
  places.sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other)
  return places.slice(0, Math.round(values.length / 10))
}

function broughtBy(customers: readonly number[], laterMinor: Float64Array): number {
  return customers.reduce((sum, customer) => sum + (laterMinor[customer] ?? 0), 0)
}
